/**
 * What runs in a container: one command for `/bin/sh` that looks names up and connects, with whatever the image has, and prints a line a
 * host. It writes nothing, sends nothing but a request for `/`, and prints nothing of the image.
 *
 * The agent splits the command as a shell would (`shlex.Split` of amazon-ssm-agent, in container mode) and the service puts it into a
 * document, so that the script stands in single quotes and has no quote like them, no backslash, no line break and no `{{`.
 */

export interface ContainerTarget {
  readonly host: string
  readonly port: number
  /** Speaks TLS: a connection alone is half of an answer. */
  readonly tls: boolean
}

/** Connecting, and connecting with TLS. A pull by the container runtime waits longer; what comes at all comes within a second or two. */
const CONNECT_SECONDS = 5
const WHOLE_SECONDS = 8
/** The names first, then at most two tools where the first one cannot tell. */
const LONGEST_SECONDS_OF_A_HOST = 2 * WHOLE_SECONDS + CONNECT_SECONDS

/** A proxy would answer in the place of the host, and startup files of the image are none of ours. */
const UNSET = `unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY NODE_OPTIONS BASH_ENV ENV PYTHONSTARTUP PYTHONPATH CURL_HOME WGETRC`

/** `timeout` of busybox and of coreutils differ, and some images have neither. */
const LIMIT = `limit() { n=$1; shift; "$@" </dev/null & p=$!; { sleep "$n" && kill -9 $p; } >/dev/null 2>&1 & k=$!; wait $p 2>/dev/null; r=$?; kill $k >/dev/null 2>&1; return $r; }`

/** A: addresses, N: what told them. */
const NAMES = [
  `once() { L=; while read -r a; do case " $L " in *" $a "*) ;; *) L="$L $a" ;; esac; done; echo $L; }`,
  `first() { while read -r a b; do echo "$a"; done; }`,
  // Behind the name: what stands before it is the server that was asked.
  `answers() { s=; while read -r a b c d; do case "$a" in Name:) s=1 ;; Address:) [ -z "$s" ] || echo "$b" ;; Address) [ -z "$s" ] || echo "$c" ;; esac; done; }`,
  `by_getent() { A=$(limit ${CONNECT_SECONDS} getent ahosts "$1" 2>/dev/null | first | once); [ -n "$A" ] || A=$(limit ${CONNECT_SECONDS} getent hosts "$1" 2>/dev/null | first | once); }`,
  `by_nslookup() { A=$(limit ${CONNECT_SECONDS} nslookup "$1" 2>/dev/null | answers | once); }`,
  `by_python() { A=$(limit ${WHOLE_SECONDS} $N -c "import socket,sys;sys.stdout.write(chr(10).join(x[4][0] for x in socket.getaddrinfo(sys.argv[1],None,0,1))+chr(10))" "$1" 2>/dev/null | once); }`,
  `by_node() { A=$(limit ${WHOLE_SECONDS} node -e "dns.lookup(process.argv[1],{all:true},(e,a)=>e||a.map(x=>console.log(x.address)))" "$1" 2>/dev/null | once); }`,
  `names() { A=; N=none; for N in getent nslookup python3 python node none; do case $N in none) break ;; esac; has $N || continue; case $N in python*) by_python "$1" ;; *) by_$N "$1" ;; esac; break; done; }`,
]

/** What the texts of most tools have in common; C stays empty where they tell nothing. */
const WORDS = `words() { case "$R" in *efused*) C=refused ;; *"imed out"*|*"imeout"*) C=timed-out ;; *nreachable*|*"o route"*) C=refused ;; *) case $r in 137) C=timed-out ;; esac ;; esac; }`

/** C: what came of it, empty where the tool cannot tell. T is 1 where TLS is wanted. */
const CONNECTING = [
  WORDS,
  `nonzero() { case "$1" in *[1-9]*) return 0 ;; esac; return 1; }`,
  // curl says of a handshake that failed that it never connected: did the connection alone stand?
  `silent() { R=$(curl -q -s -g -o /dev/null --noproxy "*" --connect-timeout 2 -m 3 -w "%{time_connect}" "telnet://$1:$2" </dev/null 2>/dev/null); nonzero "$R"; }`,
  `with_curl() { case $T in 1) u=https ;; *) u=telnet ;; esac; R=$(curl -q -s -k -g -o /dev/null --noproxy "*" --connect-timeout ${CONNECT_SECONDS} -m ${WHOLE_SECONDS} -w "%{time_connect} %{time_appconnect}" "$u://$1:$2" </dev/null 2>/dev/null); r=$?; set -- $R; if nonzero "$2"; then C=connected; elif nonzero "$1"; then case $T in 1) C=tls-failed ;; *) C=connected ;; esac; else case $r in 7) C=refused ;; 35) C=tls-failed ;; 28) C=timed-out; case $T in 1) silent "$h" "$q" && C=tls-failed ;; esac ;; esac; fi; }`,
  // The states go to standard error, which nothing holds back when it is ended.
  `with_openssl() { R=$(limit ${WHOLE_SECONDS} openssl s_client -state -connect "$1:$2" -servername "$1" 2>&1); r=$?; case "$R" in *CONNECTED*|*SSL_connect:*) case "$R" in *"Cipher is (NONE)"*) C=tls-failed ;; *"Cipher is"*) C=connected ;; *) C=tls-failed ;; esac ;; *) words ;; esac; }`,
  `with_wget() { R=$(limit ${WHOLE_SECONDS} wget -O /dev/null -T ${CONNECT_SECONDS} -t 1 --no-check-certificate "https://$1:$2/" 2>&1); r=$?; case "$R" in *nrecognized*|*"not an http"*|*"nvalid option"*|*"nsupported scheme"*) ;; *"HTTP request sent"*|*"server returned error"*) C=connected ;; *" connected."*|*SSL*|*ssl*|*TLS*) C=tls-failed ;; *) case $r in 0) C=connected ;; *) words ;; esac ;; esac; }`,
  // 1000 behind a connection: the handshake went through.
  `with_python() { R=$(limit ${WHOLE_SECONDS} $X -c "import socket,ssl,sys;h,p,t=sys.argv[1:4];o=lambda n:(sys.stdout.write(str(n)+chr(32)),sys.stdout.flush());a=socket.getaddrinfo(h,int(p),0,1)[0];s=socket.socket(a[0],1);s.settimeout(${CONNECT_SECONDS});r=s.connect_ex(a[4]);o(r);r==0 and t==str(1) and (ssl._create_unverified_context().wrap_socket(s,server_hostname=h),o(1000))" "$1" "$2" "$T" 2>/dev/null); r=$?; case "$R" in "0 1000 ") C=connected ;; "0 ") case $T in 1) C=tls-failed ;; *) C=connected ;; esac ;; "11 "|"110 ") C=timed-out ;; [1-9]*) C=refused ;; *) words ;; esac; }`,
  // 1: connected, 2: with TLS, 3: without, 4: neither.
  `with_node() { R=$(limit ${WHOLE_SECONDS} node -e "const w=process,v=w.argv,d=x=>{console.log(x);w.exit()},s=net.connect(v[2],v[1],()=>{if(v[3]!=1)return d(1);tls.connect({socket:s,servername:v[1],rejectUnauthorized:false},()=>d(2)).on(v[4],()=>d(3))});s.on(v[4],e=>d(e.code));setTimeout(()=>d(s.connecting?4:3),${CONNECT_SECONDS}000)" "$1" "$2" "$T" error 2>/dev/null); r=$?; case "$R" in 1|2) C=connected ;; 3|ECONNRESET|EPIPE) C=tls-failed ;; 4|ETIMEDOUT) C=timed-out ;; ECONNREFUSED|EHOSTUNREACH|ENETUNREACH) C=refused ;; *) words ;; esac; }`,
  `with_bash() { R=$(limit ${CONNECT_SECONDS} bash --norc --noprofile -c "exec 3<>/dev/tcp/$1/$2" 2>&1); r=$?; case $r in 0) C=connected ;; *) words ;; esac; }`,
  // Of BSD, of Debian, of busybox.
  `with_nc() { for z in bsd old busybox; do case $z in bsd) set -- "$h" "$q" -v -z ;; old) set -- "$h" "$q" -v ;; busybox) set -- "$h" "$q" -e true ;; esac; R=$(limit ${CONNECT_SECONDS} nc -w ${CONNECT_SECONDS} "$@" 2>&1); r=$?; case "$R" in *nvalid*|*sage*|*nrecognized*) continue ;; *open*|*ucceeded*|*onnected*) C=connected ;; *) case $r in 0) C=connected ;; *) words ;; esac ;; esac; break; done; }`,
  // Light ones first: a container may have little memory to spare. With TLS, those that do not speak it come last.
  `connect() { C=; X=none; case $T in 1) set -- "$1" "$2" curl openssl wget python3 python node bash nc ;; *) set -- "$1" "$2" bash nc curl python3 python node ;; esac; h=$1; q=$2; shift 2; for X in "$@"; do has $X || continue; case $X in python*) with_python "$h" "$q" ;; *) with_$X "$h" "$q" ;; esac; [ -z "$C" ] || break; done; [ -n "$C" ] || { C=not-tried; X=none; }; }`,
]

const PRELUDE = [
  UNSET,
  'LC_ALL=C; export LC_ALL',
  `has() { command -v "$1" >/dev/null 2>&1; }`,
  LIMIT,
  ...NAMES,
  ...CONNECTING,
]

/** Nothing that a shell would take for more than a name. Names of registries are anybody's text. */
export function canBeTried({ host, port }: ContainerTarget): boolean {
  return /^[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?$/i.test(host) && Number.isInteger(port) && port > 0 && port < 65_536
}

/** `mark` is a word that nothing else prints. Throws for a target that cannot be tried. */
export function containerCommand(targets: readonly ContainerTarget[], mark: string): string {
  if (!targets.every(canBeTried) || !/^\w+$/.test(mark)) throw new Error('not to be put into a command')
  const one = `try() { T=$4; names "$2"; case "$N$A" in getent) C=not-tried; X=none ;; *) connect "$2" "$3" ;; esac; echo "${mark} $1 $N $X $C" $A; }`
  const tries = targets.map(({ host, port, tls }, at) => `try ${at} ${host} ${port} ${tls ? 1 : 0}`)
  return `/bin/sh -c '${[...PRELUDE, one, `echo "${mark} begin"`, ...tries, `echo "${mark} end"`].join('; ')}'`
}

/** How long it may take, whatever does not answer. */
export function longestSeconds(targets: readonly ContainerTarget[]): number {
  return targets.length * LONGEST_SECONDS_OF_A_HOST
}
