"""moto, serving on a free port of loopback, and a maker of VPCs in it.

Prints {"url": "..."}; then reads one JSON request a line, answers one JSON line each:

  {"folder": "__tests__/fixtures/vpc/1"}
      empties moto and makes by AWS's API what the folder's answers describe
      -> {"ids": {"<id in the folder>": "<id in moto>"}}, or {"missing": "<operation>", "because": "..."}
  {"recording": true}
      -> all that moto holds of EC2 and ECS, list by list

What moto leaves out of AWS's answers, and no fix of an endpoint could be seen without, is put in here, and nothing else:

  - the interfaces of endpoints and NAT gateways have addresses of their subnets (moto: any of 10.0.0.0/8)
  - the interfaces of an endpoint have its security groups, and come and go with its subnets
  - ModifyVpcEndpoint turns private DNS on and off, and adds and removes the routes of a gateway endpoint
  - a deleted endpoint is no longer described, nor is a deleted NAT gateway, whose routes are black holes
"""

import json
import logging
import pathlib
import sys
import urllib.request

import boto3
import botocore.exceptions
from moto.ec2.models import EC2Backend, nat_gateways, vpcs
from moto.ec2.models.route_tables import Route
from moto.ec2.responses.vpcs import VPCs
from moto.server import ThreadedMotoServer

REGION = "ap-northeast-2"


# What moto leaves out.

# Without an address an interface takes one of its subnet.
vpcs.random_private_ip = nat_gateways.random_private_ip = lambda: None


def interfaces_follow(backend, endpoint):
    if endpoint.vpc_endpoint_type != "Interface":
        return
    present = {id: backend.enis[id] for id in endpoint.network_interface_ids}
    for id in [id for id, eni in present.items() if eni.subnet.id not in endpoint.subnet_ids]:
        del backend.enis[id]
        del present[id]
    taken = {eni.subnet.id for eni in present.values()}
    for subnet_id in [id for id in endpoint.subnet_ids if id not in taken]:
        eni = backend.create_network_interface(subnet_id, None)
        present[eni.id] = eni
    endpoint.network_interface_ids = list(present)
    for eni in present.values():
        eni.interface_type, eni.status, eni.requester_managed = "vpc_endpoint", "in-use", True
        eni.description = f"VPC Endpoint Interface {endpoint.id}"
        eni._group_set = [backend.get_security_group_from_id(id) for id in endpoint.security_group_ids]


def created(original):
    def create_vpc_endpoint(self, *args, **kwargs):
        endpoint = original(self, *args, **kwargs)
        interfaces_follow(self, endpoint)
        return endpoint

    return create_vpc_endpoint


def modified(original):
    def modify_vpc_endpoint(self):
        backend = self.ec2_backend
        endpoint = backend.describe_vpc_endpoints([self._get_param("VpcEndpointId")])[0]
        before = set(endpoint.route_table_ids)
        answer = original(self)
        private_dns = self._get_bool_param("PrivateDnsEnabled")
        if private_dns is not None:
            endpoint.private_dns_enabled = private_dns
        prefix_list = endpoint.destination_prefix_list_id
        for table in set(endpoint.route_table_ids) - before:
            backend.create_route(table, None, gateway_id=endpoint.id, destination_prefix_list_id=prefix_list)
        for table in before - set(endpoint.route_table_ids):
            backend.delete_route(table, prefix_list)
        interfaces_follow(backend, endpoint)
        return answer

    return modify_vpc_endpoint


def deleted(original):
    def delete_vpc_endpoints(self, vpce_ids=None):
        original(self, vpce_ids)
        for id in vpce_ids or []:
            self.vpc_end_points.pop(id, None)

    return delete_vpc_endpoints


def nat_gateway_deleted(original):
    def delete_nat_gateway(self, nat_gateway_id):
        original(self, nat_gateway_id)
        return self.nat_gateways.pop(nat_gateway_id)

    return delete_nat_gateway


def route_state(route):
    return "blackhole" if route.nat_gateway and route.nat_gateway.state == "deleted" else "active"


Route.state = property(route_state)
EC2Backend.delete_nat_gateway = nat_gateway_deleted(EC2Backend.delete_nat_gateway)
EC2Backend.create_vpc_endpoint = created(EC2Backend.create_vpc_endpoint)
EC2Backend.delete_vpc_endpoints = deleted(EC2Backend.delete_vpc_endpoints)
VPCs.modify_vpc_endpoint = modified(VPCs.modify_vpc_endpoint)


# The maker.


class Missing(Exception):
    """What the folder holds and no operation of moto makes."""

    def __init__(self, operation, because):
        super().__init__(operation)
        self.operation, self.because = operation, because


class Maker:
    def __init__(self, folder, ec2, ecs, ecr, iam, logs):
        self.folder, self.ec2, self.ecs = pathlib.Path(folder), ec2, ecs
        self.ecr, self.iam, self.logs = ecr, iam, logs
        self.ids = {}

    def read(self, path):
        return json.loads((self.folder / path).read_text())

    def now(self, id):
        return self.ids[id]

    def make(self):
        self.vpc()
        self.subnets()
        self.security_groups()
        self.gateways()
        self.route_tables()
        self.network_acls()
        self.endpoints()
        self.nat_gateways()
        self.routes()
        self.service()
        self.what_a_start_needs()
        return self.ids

    def vpc(self):
        (vpc,) = self.read("ec2/describe-vpcs.json")["Vpcs"]
        self.old_vpc = vpc["VpcId"]
        self.vpc_id = self.ec2.create_vpc(CidrBlock=vpc["CidrBlock"])["Vpc"]["VpcId"]
        self.ids[vpc["VpcId"]] = self.vpc_id
        for name in ("EnableDnsSupport", "EnableDnsHostnames"):
            path = f"ec2/describe-vpc-attribute/{vpc['VpcId']}.{name[0].lower()}{name[1:]}.json"
            answer = self.read(path)
            value = answer.get(name, answer.get(name[0].lower() + name[1:]))
            self.ec2.modify_vpc_attribute(VpcId=self.vpc_id, **{name: {"Value": value["Value"]}})
        lists = self.ec2.describe_managed_prefix_lists()["PrefixLists"]
        by_name = {one["PrefixListName"]: one["PrefixListId"] for one in lists}
        for one in self.read("ec2/describe-managed-prefix-lists.json")["PrefixLists"]:
            self.ids[one["PrefixListId"]] = by_name[one["PrefixListName"]]

    def subnets(self):
        for subnet in self.read("ec2/describe-subnets.json")["Subnets"]:
            made = self.ec2.create_subnet(
                VpcId=self.vpc_id, CidrBlock=subnet["CidrBlock"], AvailabilityZone=subnet["AvailabilityZone"]
            )["Subnet"]["SubnetId"]
            self.ids[subnet["SubnetId"]] = made
            if subnet["MapPublicIpOnLaunch"]:
                self.ec2.modify_subnet_attribute(SubnetId=made, MapPublicIpOnLaunch={"Value": True})

    def security_groups(self):
        groups = self.read("ec2/describe-security-groups.json")["SecurityGroups"]
        for group in groups:
            made = self.ec2.create_security_group(
                VpcId=self.vpc_id, GroupName=group["GroupName"], Description=group["Description"]
            )["GroupId"]
            self.ids[group["GroupId"]] = made
        everywhere = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
        for group in groups:
            id = self.now(group["GroupId"])
            self.ec2.revoke_security_group_egress(GroupId=id, IpPermissions=everywhere)
            for permission in group["IpPermissions"]:
                self.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=[self.permission(permission)])
            for permission in group["IpPermissionsEgress"]:
                self.ec2.authorize_security_group_egress(GroupId=id, IpPermissions=[self.permission(permission)])

    def permission(self, permission):
        own = {key: value for key, value in permission.items() if value != []}
        for pair in own.get("UserIdGroupPairs", []):
            pair["GroupId"] = self.now(pair["GroupId"])
        for prefix_list in own.get("PrefixListIds", []):
            prefix_list["PrefixListId"] = self.now(prefix_list["PrefixListId"])
        return own

    def gateways(self):
        for gateway in self.read("ec2/describe-internet-gateways.json")["InternetGateways"]:
            made = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
            self.ids[gateway["InternetGatewayId"]] = made
            if gateway["Attachments"]:
                self.ec2.attach_internet_gateway(InternetGatewayId=made, VpcId=self.vpc_id)

    def own(self, operation, key, old):
        """What a VPC has from the start."""
        found = operation(Filters=[{"Name": "vpc-id", "Values": [self.vpc_id]}])[key]
        return next(one for one in found if old(one))

    def route_tables(self):
        for table in self.read("ec2/describe-route-tables.json")["RouteTables"]:
            if any(association["Main"] for association in table["Associations"]):
                made = self.own(
                    self.ec2.describe_route_tables, "RouteTables", lambda one: any(a["Main"] for a in one["Associations"])
                )
            else:
                made = self.ec2.create_route_table(VpcId=self.vpc_id)["RouteTable"]
            self.ids[table["RouteTableId"]] = made["RouteTableId"]
            for association in table["Associations"]:
                if "SubnetId" in association:
                    self.ec2.associate_route_table(
                        RouteTableId=made["RouteTableId"], SubnetId=self.now(association["SubnetId"])
                    )

    def network_acls(self):
        for acl in self.read("ec2/describe-network-acls.json")["NetworkAcls"]:
            if acl["IsDefault"]:
                made = self.own(self.ec2.describe_network_acls, "NetworkAcls", lambda one: one["IsDefault"])
            else:
                made = self.ec2.create_network_acl(VpcId=self.vpc_id)["NetworkAcl"]
            id = made["NetworkAclId"]
            self.ids[acl["NetworkAclId"]] = id
            for entry in made["Entries"]:
                if entry["RuleNumber"] != 32767:
                    self.ec2.delete_network_acl_entry(
                        NetworkAclId=id, RuleNumber=entry["RuleNumber"], Egress=entry["Egress"]
                    )
            for entry in acl["Entries"]:
                if entry["RuleNumber"] != 32767:
                    self.ec2.create_network_acl_entry(NetworkAclId=id, **entry)
        for acl in self.read("ec2/describe-network-acls.json")["NetworkAcls"]:
            for association in acl["Associations"]:
                self.associate_acl(self.now(association["SubnetId"]), self.now(acl["NetworkAclId"]))

    def associate_acl(self, subnet_id, acl_id):
        filters = [{"Name": "association.subnet-id", "Values": [subnet_id]}]
        (present,) = self.ec2.describe_network_acls(Filters=filters)["NetworkAcls"]
        if present["NetworkAclId"] == acl_id:
            return
        association = next(one for one in present["Associations"] if one["SubnetId"] == subnet_id)
        self.ec2.replace_network_acl_association(
            AssociationId=association["NetworkAclAssociationId"], NetworkAclId=acl_id
        )

    def endpoints(self):
        for endpoint in self.read("ec2/describe-vpc-endpoints.json")["VpcEndpoints"]:
            if endpoint["State"] != "available":
                raise Missing("CreateVpcEndpoint", f"an endpoint is always available, never {endpoint['State']}")
            shared = {
                "VpcId": self.vpc_id,
                "VpcEndpointType": endpoint["VpcEndpointType"],
                "ServiceName": endpoint["ServiceName"],
                "PolicyDocument": endpoint["PolicyDocument"],
            }
            if endpoint["VpcEndpointType"] == "Gateway":
                own = {"RouteTableIds": [self.now(id) for id in endpoint["RouteTableIds"]]}
            else:
                own = {
                    "SubnetIds": [self.now(id) for id in endpoint["SubnetIds"]],
                    "SecurityGroupIds": [self.now(group["GroupId"]) for group in endpoint["Groups"]],
                    "PrivateDnsEnabled": endpoint["PrivateDnsEnabled"],
                }
            made = self.ec2.create_vpc_endpoint(**shared, **own)["VpcEndpoint"]["VpcEndpointId"]
            self.ids[endpoint["VpcEndpointId"]] = made

    def nat_gateways(self):
        for gateway in self.read("ec2/describe-nat-gateways.json")["NatGateways"]:
            if gateway["State"] != "available":
                raise Missing("CreateNatGateway", f"a NAT gateway is always available, never {gateway['State']}")
            self.ids[gateway["NatGatewayId"]] = self.nat_gateway(
                self.now(gateway["SubnetId"]), gateway["ConnectivityType"]
            )

    def nat_gateway(self, subnet_id, connectivity):
        address = {"AllocationId": self.ec2.allocate_address(Domain="vpc")["AllocationId"]} if connectivity == "public" else {}
        made = self.ec2.create_nat_gateway(SubnetId=subnet_id, ConnectivityType=connectivity, **address)
        return made["NatGateway"]["NatGatewayId"]

    def any_subnet(self):
        return next(made for id, made in self.ids.items() if id.startswith("subnet-"))

    def routes(self):
        gone = set()
        for table in self.read("ec2/describe-route-tables.json")["RouteTables"]:
            for route in table["Routes"]:
                target = route.get("NatGatewayId")
                if target is not None and target not in self.ids:
                    # A route turns into a black hole when its NAT gateway goes.
                    self.ids[target] = self.nat_gateway(self.any_subnet(), "private")
                    gone.add(self.ids[target])
                self.route(self.now(table["RouteTableId"]), route)
        for id in gone:
            self.ec2.delete_nat_gateway(NatGatewayId=id)

    def route(self, table_id, route):
        if route["Origin"] != "CreateRoute" or route.get("GatewayId", "").startswith("vpce-"):
            return  # made with the VPC and with the endpoint
        target = {key: self.now(route[key]) for key in ("GatewayId", "NatGatewayId") if key in route}
        if not target:
            raise Missing("CreateRoute", f"a route to {sorted(route)}")
        self.ec2.create_route(RouteTableId=table_id, DestinationCidrBlock=route["DestinationCidrBlock"], **target)

    def service(self):
        (service,) = self.read("ecs/describe-services.json")["services"]
        (path,) = (self.folder / "ecs/describe-task-definition").iterdir()
        definition = json.loads(path.read_text())["taskDefinition"]
        made_by_ecs = ("taskDefinitionArn", "revision", "status")
        self.ecs.create_cluster(clusterName=service["clusterArn"].split("/")[-1])
        self.ecs.register_task_definition(**{key: value for key, value in definition.items() if key not in made_by_ecs})
        network = service["networkConfiguration"]["awsvpcConfiguration"]
        self.ecs.create_service(
            cluster=service["clusterArn"].split("/")[-1],
            serviceName=service["serviceName"],
            taskDefinition=definition["family"],
            desiredCount=service["desiredCount"],
            launchType=service["launchType"],
            networkConfiguration={
                "awsvpcConfiguration": {
                    **network,
                    "subnets": [self.now(id) for id in network["subnets"]],
                    "securityGroups": [self.now(id) for id in network["securityGroups"]],
                }
            },
        )

    def what_a_start_needs(self):
        """Beside the network: the execution role, and of each container its image and its log group."""
        (path,) = (self.folder / "ecs/describe-task-definition").iterdir()
        definition = json.loads(path.read_text())["taskDefinition"]
        allowed = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
        role = definition["executionRoleArn"].split("/")[-1]
        self.iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps({"Statement": [allowed]}))
        pulls = {"Effect": "Allow", "Action": ["ecr:*", "logs:*"], "Resource": "*"}
        self.iam.put_role_policy(RoleName=role, PolicyName="pulls", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [pulls]}))
        kind = "application/vnd.docker.distribution.manifest.v2+json"
        config = {"digest": f"sha256:{'0' * 64}", "size": 1}
        manifest = {"schemaVersion": 2, "mediaType": kind, "config": config, "layers": []}
        for container in definition["containerDefinitions"]:
            name, _, tag = container["image"].split("/", 1)[1].partition(":")
            self.ecr.create_repository(repositoryName=name)
            self.ecr.put_image(repositoryName=name, imageManifest=json.dumps(manifest), imageTag=tag)
            self.logs.create_log_group(logGroupName=container["logConfiguration"]["options"]["awslogs-group"])


LISTS = (
    "addresses",
    "egress_only_internet_gateways",
    "internet_gateways",
    "nat_gateways",
    "network_acls",
    "network_interfaces",
    "route_tables",
    "security_groups",
    "subnets",
    "vpc_endpoints",
    "vpcs",
)


def recording(ec2, ecs, *_):
    held = {name: getattr(ec2, f"describe_{name}")() for name in LISTS}
    vpcs = [vpc["VpcId"] for vpc in held["vpcs"]["Vpcs"]]
    attributes = [
        ec2.describe_vpc_attribute(VpcId=id, Attribute=name) for id in vpcs for name in ("enableDnsSupport", "enableDnsHostnames")
    ]
    services = [
        service["networkConfiguration"]
        for cluster in ecs.list_clusters()["clusterArns"]
        for service in ecs.describe_services(cluster=cluster, services=ecs.list_services(cluster=cluster)["serviceArns"])["services"]
    ]
    for answer in (*held.values(), *attributes):
        answer.pop("ResponseMetadata")
    return {**held, "attributes": attributes, "services": services}


def answer_to(request, url, clients):
    if "recording" in request:
        return recording(*clients)
    for path in ("reset", "seed?a=1"):
        urllib.request.urlopen(urllib.request.Request(f"{url}/moto-api/{path}", method="POST")).read()
    try:
        return {"ids": Maker(request["folder"], *clients).make()}
    except Missing as missing:
        return {"missing": missing.operation, "because": missing.because}
    except botocore.exceptions.ClientError as refused:
        return {"missing": refused.operation_name, "because": refused.response["Error"]["Message"]}


def main():
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    url = "http://{}:{}".format(*server.get_host_and_port())
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    clients = [boto3.client(name, region_name=REGION, endpoint_url=url, **keys) for name in ("ec2", "ecs", "ecr", "iam", "logs")]
    print(json.dumps({"url": url}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer_to(json.loads(line), url, clients), default=str), flush=True)
    server.stop()


main()
