"""The real AWS CLI, stopped before the wire.

Reads one JSON request a line, answers one JSON line each:

  {"kind": "script", "shell": "bash", "text": "...", "reads": {"DescribeServices": {...}}, "files": {"value.txt": "..."}}
      runs the text in the shell, in an empty folder, with `aws` led to this process
      -> {"calls": [...], "programs": [[...]], "stderr": "...", "code": 0}
  {"kind": "lines", "lines": [[...], ...], "reads": {}, "files": {}}
      the same for argument lists that no shell has to take apart -> {"calls": [...]}
  {"kind": "file", "path": "/…/fix.sh", "arguments": ["--yes"], "stdin": "", "kill": {"write": 2, "when": "before"}}
      runs a file where it stands, in bash. AWS is whoever asks: {"call": {...}} is printed for each call, and answered by a line of
      {"answer": {...}} or {"refused": "Code", "message": "..."}. With "kill" the process group of the script dies before or after AWS
      has made its n-th write -> {"calls", "programs", "stdout", "stderr", "code", "writes"}

A call is {"argv", "service", "operation", "params", "answer", "region"}, or {"argv", "error"} where the CLI refused the line.
What the CLI prints is what it would print of an answer made here: new things get ids, waits end at their second look.

With an address as its argument it stops nothing: the calls go there, and have no "answer".
"""

import contextlib
import copy
import datetime
import io
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_EC2_METADATA_DISABLED="true",
    AWS_CONFIG_FILE="/dev/null",
    AWS_SHARED_CREDENTIALS_FILE="/dev/null",
    AWS_PAGER="",
)
for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_PROFILE"):
    os.environ.pop(name, None)
ELSEWHERE = len(sys.argv) > 1
if ELSEWHERE:
    os.environ["AWS_ENDPOINT_URL"] = sys.argv[1]

import awscli.botocore.waiter  # noqa: E402
from awscli.clidriver import create_clidriver  # noqa: E402

# Nobody waits here: what a wait looks for is there at its second look.
awscli.botocore.waiter.time.sleep = lambda seconds: None

ASKED, ANSWERS = sys.stdin, sys.stdout
BIN = pathlib.Path(__file__).parent / "bin"
ACCOUNT = "123456789012"


class Answered:
    status_code = 200
    headers = {}


class NotFound:
    status_code = 400
    headers = {}


def error(code, message=None):
    return NotFound, {"Error": {"Code": code, "Message": message or code}, "ResponseMetadata": {"HTTPStatusCode": 400}}


# Ids of new things, in all scripts that AWS outlives.
MADE = itertools.count(1)


class Sequence:
    """What AWS would answer to the calls of one script, as far as its lines look at it."""

    def __init__(self, reads):
        self.reads = reads
        self.made = itertools.count(1)
        self.deleted = set()
        self.looks = {}

    def new(self, prefix):
        return f"{prefix}-0new{next(self.made):013d}"

    def second_look(self, key):
        self.looks[key] = self.looks.get(key, 0) + 1
        return self.looks[key] > 1

    def answer(self, service, operation, params, region):
        method = getattr(self, f"on_{operation}", None)
        if method is not None:
            return method(params, region)
        if operation in self.reads:
            return copy.deepcopy(self.reads[operation])
        return {}

    # What lines make, and whose id a shell variable takes.

    def on_CreateNatGateway(self, params, region):
        return {"NatGateway": {"NatGatewayId": self.new("nat"), "State": "pending"}}

    def on_AllocateAddress(self, params, region):
        return {"AllocationId": self.new("eipalloc"), "PublicIp": "203.0.113.200", "Domain": "vpc"}

    def on_CreateInternetGateway(self, params, region):
        return {"InternetGateway": {"InternetGatewayId": self.new("igw"), "Attachments": []}}

    def on_CreateEgressOnlyInternetGateway(self, params, region):
        return {"EgressOnlyInternetGateway": {"EgressOnlyInternetGatewayId": self.new("eigw")}}

    def on_CreateSecurityGroup(self, params, region):
        return {"GroupId": self.new("sg")}

    def on_CreateRouteTable(self, params, region):
        return {"RouteTable": {"RouteTableId": self.new("rtb")}}

    def on_CreateSubnet(self, params, region):
        return {"Subnet": {"SubnetId": self.new("subnet")}}

    def on_CreateVpcEndpoint(self, params, region):
        return {"VpcEndpoint": {"VpcEndpointId": self.new("vpce"), "State": "pending"}}

    def on_CreateVpcBlockPublicAccessExclusion(self, params, region):
        return {"VpcBlockPublicAccessExclusion": {"ExclusionId": self.new("vpcbpa-exclude"), "State": "create-in-progress"}}

    def on_CreateVpcPeeringConnection(self, params, region):
        return {"VpcPeeringConnection": {"VpcPeeringConnectionId": self.new("pcx")}}

    def on_CreateResolverRule(self, params, region):
        return {"ResolverRule": {"Id": self.new("rslvr-rr")}}

    def on_CreateSecret(self, params, region):
        name = params["Name"]
        return {"ARN": f"arn:aws:secretsmanager:{region}:{ACCOUNT}:secret:{name}-NewOne", "Name": name}

    def on_CreateTargetGroup(self, params, region):
        name = params["Name"]
        arn = f"arn:aws:elasticloadbalancing:{region}:{ACCOUNT}:targetgroup/{name}/{self.new('tg')[-16:]}"
        return {"TargetGroups": [{"TargetGroupArn": arn, "TargetGroupName": name}]}

    def on_CreateRole(self, params, region):
        return self.on_GetRole(params, region)

    def on_GetRole(self, params, region):
        name = params["RoleName"]
        return {"Role": {"RoleName": name, "Arn": f"arn:aws:iam::{ACCOUNT}:role/{name}"}}

    def on_RegisterTaskDefinition(self, params, region):
        family = params["family"]
        revision = self.reads.get("DescribeTaskDefinition", {}).get("taskDefinition", {}).get("revision", 0) + 1
        arn = f"arn:aws:ecs:{region}:{ACCOUNT}:task-definition/{family}:{revision}"
        return {"taskDefinition": {**params, "taskDefinitionArn": arn, "revision": revision, "status": "ACTIVE"}}

    def on_DescribeMountTargetSecurityGroups(self, params, region):
        return {"SecurityGroups": ["sg-0a1b2c3d4e5f60aaa"]}

    def on_GetSecretValue(self, params, region):
        return {"SecretString": "{\"username\":\"a\",\"password\":\"b\"}"}

    def on_GetAuthorizationToken(self, params, region):
        return {"authorizationData": [{"authorizationToken": "QVdTOnRva2Vu", "proxyEndpoint": f"https://{ACCOUNT}.dkr.ecr"}]}

    # Looks that a wait or a loop ends on.

    def on_DescribeNatGateways(self, params, region):
        return {"NatGateways": [{"NatGatewayId": id, "State": "available"} for id in params.get("NatGatewayIds", [])]}

    def on_DeleteVpcEndpoints(self, params, region):
        self.deleted.update(params["VpcEndpointIds"])
        return {"Unsuccessful": []}

    def on_DescribeVpcEndpoints(self, params, region):
        by_filter = [v for f in params.get("Filters", []) if f["Name"] == "vpc-endpoint-id" for v in f["Values"]]
        found = []
        for id in [*params.get("VpcEndpointIds", []), *by_filter]:
            again = self.second_look(id)
            if id in self.deleted and again:
                if id in by_filter:
                    continue
                return error("InvalidVpcEndpointId.NotFound")
            state = "deleting" if id in self.deleted else "available" if again else "pending"
            found.append({"VpcEndpointId": id, "State": state})
        return {"VpcEndpoints": found}

    def on_DescribeServices(self, params, region):
        services = copy.deepcopy(self.reads.get("DescribeServices", {}).get("services", []))
        asked = [service for service in services if service["serviceName"] in params["services"]]
        for service in asked:
            if service["status"] == "DRAINING" and self.second_look(service["serviceName"]):
                service["status"] = "INACTIVE"
        return {"services": asked, "failures": []}


class Elsewhere(Sequence):
    """AWS is whoever asked for the script: what a call makes gets its id here, all else is answered there."""

    def __init__(self, reads):
        super().__init__(reads)
        self.made = MADE

    def answer(self, service, operation, params, region):
        call = {"service": service, "operation": operation, "params": params, "region": region}
        makes = operation.startswith(("Allocate", "Create", "Register"))
        made = super().answer(service, operation, params, region) if makes else {}
        say({"call": {**call, "answer": made}})
        given = json.loads(ASKED.readline())
        return error(given["refused"], given["message"]) if "refused" in given else given["answer"]


class Cli:
    """A driver for each command: a customized command leaves handlers behind that trip over others."""

    def __init__(self):
        self.drivers = {}
        self.loader = None
        self.sequence = Sequence({})
        self.seen = []

    def driver_of(self, argv):
        key = tuple(argv[:2])
        if key in self.drivers:
            return self.drivers[key]
        driver = create_clidriver()
        session = driver.session
        # The models and the clients are what costs time.
        if self.loader is None:
            self.loader = session.get_component("data_loader")
        else:
            session.register_component("data_loader", self.loader)
        session.create_client = remembered(session.create_client)
        session.register("provide-client-params", self.on_params)
        if not ELSEWHERE:
            session.register("before-call", self.on_call)
        self.drivers[key] = driver
        return driver

    def on_params(self, params, model, **_):
        self.seen.append({"service": model.service_model.service_name, "operation": model.name, "params": copy.deepcopy(params)})

    def on_call(self, model, params, context, **_):
        call = self.seen[-1]
        region = context.get("client_region")
        answer = self.sequence.answer(call["service"], call["operation"], call["params"], region)
        call["region"] = region
        if isinstance(answer, tuple):
            call["answer"] = {"refused": answer[1]["Error"]["Code"], "message": answer[1]["Error"]["Message"]}
            return answer
        call["answer"] = copy.deepcopy(answer)
        answer.setdefault("ResponseMetadata", {"HTTPStatusCode": 200})
        return Answered, answer

    def run(self, argv):
        """-> exit code, standard output, standard error, calls"""
        self.seen = []
        driver = self.driver_of(argv)
        # A Region that an earlier line named would stay.
        driver.session.set_config_variable("region", None)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = driver.main(list(argv))
            except SystemExit as leaving:
                code = leaving.code
        calls = [{"argv": argv, **call} for call in self.seen if ELSEWHERE or "answer" in call]
        if not calls or (ELSEWHERE and code):
            calls = [{"argv": argv, "error": last_words(err.getvalue()) or f"exit code {code}"}]
        return code, out.getvalue(), err.getvalue(), calls


def remembered(create_client):
    """A client a service and Region; the other arguments are the same for every line."""
    clients = {}

    def create(service_name, region_name=None, **others):
        key = service_name, region_name
        if key not in clients:
            clients[key] = create_client(service_name, region_name=region_name, **others)
        return clients[key]

    return create


def last_words(text):
    return "\n".join([line for line in text.strip().splitlines() if line.strip()][-2:])


def lay_out(folder, files):
    for name, content in files.items():
        (folder / name).write_text(content)


def run_script(cli, request):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ecs-pull-guard-proof-"))
    try:
        work = folder / "work"
        work.mkdir()
        lay_out(work, request.get("files", {}))
        cli.sequence = Sequence(request.get("reads", {}))
        shell = [request["shell"], "--norc"] if request["shell"] == "bash" else [request["shell"], "-f"]
        ran = run_shell(cli, [*shell, "-c", request["text"]], work)
        return {**ran, "files": sorted(path.name for path in work.iterdir())}
    finally:
        shutil.rmtree(folder)


def run_file(cli, request):
    cli.sequence = Elsewhere(request.get("reads", {}))
    path = pathlib.Path(request["path"])
    kill = request.get("kill") or {"write": 0, "when": None}
    return run_shell(cli, ["bash", str(path), *request["arguments"]], path.parent, request.get("stdin", ""), **kill)


def run_shell(cli, argv, work, stdin="", write=0, when=None):
    """`write`: dies at that one, counted from 1; 0 for none."""
    wires = pathlib.Path(tempfile.mkdtemp(prefix="ecs-pull-guard-proof-"))
    try:
        os.mkfifo(wires / "ask")
        # Read and write, so that it never ends while the script is silent.
        ask = os.fdopen(os.open(wires / "ask", os.O_RDWR), "r+b", buffering=0)
        environment = {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HOME": str(work),
            "LANG": "C.UTF-8",
            "WIRES": str(wires),
            "DOCKER_USER": "somebody",
            "DOCKER_TOKEN": "token",
        }
        child = subprocess.Popen(
            argv,
            cwd=work,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        said = []

        def until_end():
            said.extend(text.decode() for text in child.communicate(stdin.encode()))
            os.write(ask.fileno(), b"\0")

        ending = threading.Thread(target=until_end)
        ending.start()
        calls, programs, writes = [], [], 0
        home = os.getcwd()
        os.chdir(work)
        lines = io.BufferedReader(ask)
        while True:
            process = text_until_nul(lines)
            if process == "":
                break
            wire = wires / process
            program, *argv = [text_until_nul(lines) for _ in range(int(text_until_nul(lines)))]
            if program == "aws":
                writes += is_write(argv)
                dies = is_write(argv) and writes == write
                if dies and when == "before":
                    os.killpg(child.pid, signal.SIGKILL)
                    continue
                code, out, err, made = cli.run(argv)
                calls.extend(made)
                if dies:
                    os.killpg(child.pid, signal.SIGKILL)
                    continue
            else:
                programs.append([program, *argv])
                code, out, err = 0, "", ""
                if program == "sleep" and len([p for p in programs if p[0] == "sleep"]) > 50:
                    child.kill()
            wire.with_suffix(".out").write_text(out)
            wire.with_suffix(".err").write_text(err)
            wire.write_text(f"{code or 0}\n")
        os.chdir(home)
        ending.join()
        lines.close()
        stdout, stderr = said
        return {"calls": calls, "programs": programs, "stdout": stdout, "stderr": stderr, "code": child.returncode, "writes": writes}
    finally:
        shutil.rmtree(wires)


def is_write(argv):
    return len(argv) > 1 and re.match(r"(describe|get|list|head|wait)\b", argv[1]) is None


def text_until_nul(stream):
    text = bytearray()
    while (byte := stream.read(1)) != b"\0":
        text += byte
    return text.decode()


def run_lines(cli, request):
    with tempfile.TemporaryDirectory(prefix="ecs-pull-guard-proof-") as folder:
        lay_out(pathlib.Path(folder), request.get("files", {}))
        home = os.getcwd()
        os.chdir(folder)
        cli.sequence = Sequence(request.get("reads", {}))
        calls = [call for argv in request["lines"] for call in cli.run(argv)[3]]
        os.chdir(home)
    return {"calls": calls}


def plain(value):
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)


def say(answer):
    ANSWERS.write(json.dumps(answer, default=plain) + "\n")
    ANSWERS.flush()


RUN = {"script": run_script, "file": run_file, "lines": run_lines}


def main():
    cli = Cli()
    while line := ASKED.readline():
        request = json.loads(line)
        say(RUN[request["kind"]](cli, request))


main()
