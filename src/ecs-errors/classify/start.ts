/** Why a container that has its image and its resources could not be started, or ended. */
import type { Label } from '../../domain/label.ts'
import { byRules, type Reading, type Rules } from '../reading.ts'

const STARTING =
  /cannot(start|create|inspect|stop|describe|remove|list)containers?error|cannot (start|create) container (error\b|\S{1,80}:)|oci runtime|starting container process|start container process|runc create|shim task|container ?runtime|container_linux\.go|runtime task|create new container|could not transition to|docker ?timeout ?error|docker ?state ?error|container ?vanished|error response from daemon|api error \(\d{3}\)|system error: exec|driver failed programming|failed to create endpoint|container init|exec user process|pause container|network namespace|container resource provisioning|dependent container|error transitioning container|bridge store for object|no container matching saved|cannot ?get ?docker ?client|network ?namespace ?error/

/** A Kubernetes node sets up its pods with the same plugins and the same daemon. */
const POD = /\bpod (sandbox|"|<name>)|networkplugin cni|sandbox (container )?<name>/

export function decideStart(reading: Reading): Label | null {
  if (POD.test(reading.prose) && !/container\S{0,8}error|\becs\b/.test(reading.prose)) return null
  return (
    byRules(ALONE, reading.prose) ?? (STARTING.test(reading.prose) ? whileStarting(reading) : null) ?? ended(reading)
  )
}

/** Told by itself, without a word of a start. */
const ALONE: Rules = [
  [
    'run/oom',
    /outofmemory ?error:? (the )?container|exited\W{1,3}outofmemory|^outofmemory ?error[.)\s]*$|container killed due to memory|oom[- ]?killed|killed due to (out of )?memory|process within container .{1,200} died due to oom|memory limit too low/,
  ],
  [
    'start/host-fault',
    /^"?(devmapper: thin pool has \d+ free data blocks|cni( setup)?: (setup the container|container) namespace)/,
  ],
  ['start/mount-failed', /^"?invalid mount config for type|host ?config ?error: .{0,60}volume mounts/],
  ['start/exec-format', /exec format error/],
  ['start/command-not-found', /^"?exec <path>:? no such file or directory/],
]

/** The instance's own plumbing for the task's network, as the agent logs it; not the network interface itself. */
export const HOST_NETWORK =
  /network ?namespace|cni (setup|add|invoke)|invoke \S{1,30} plugin|pause container|\bveth|\bipam\b|bridge docker\d|bridge store for object/

const HOST =
  /could not transition to|timed out after waiting|cannot connect to the docker daemon|docker daemon|docker\.sock|inactivity time|network ?namespace|\bcni\b|pause container|\bveth|\bipam\b|bridge docker\d|bridge store for object|netplugin|grpc|transport is closing|overlay|untar|cannot(inspect|stop|describe|remove|list)container|containerd\.sock|cgroup(s)?:|os thread/
/** Anybody's disk and sockets say so, too, and a pull's. */
const STRAINED =
  /thin pool|devmapper|devicemapper|deviceresume|input\/output error|too many open files|resource temporarily unavailable|device or resource busy|no space left|connection refused|i\/o timeout|context deadline|unexpected eof/
export const PORT =
  /port is already allocated|address already in use|\bbind for \S{1,60}|ports? are not available|port already in use|failed to bind (host )?port|listen tcp\S{0,3} \S{1,60}: bind/
const MOUNT =
  /error mounting|mounting ("|'|<path>)|rootfs_linux\.go|copy file info|failed to chown|mount config|bind source path|bind mount|mount denied|creating mount source|duplicate mount|invalid (volume|mount)|mount destination|volume specification|read-only file system|to rootfs|error while creating mount/
const COMMAND =
  /executable file not found|exec: "?[^:]{1,300}"?: (stat|no such file|not found|is a directory)|exec: .{0,300}(no such file or direct|not a directory)|exec failed: .{0,200}no such file|no such file or directory.{0,40}exec|container command .{1,200}(not found|could not be invoked)|exec user process.{0,40}no such file|no command specified|entrypoint .{0,100}not found/

function whileStarting({ plain, prose, answered }: Reading): Label {
  if (PORT.test(prose)) return 'start/port-conflict'
  if (COMMAND.test(prose) || COMMAND.test(plain)) return 'start/command-not-found'
  if (
    /minimum memory limit|invalid (cpu|memory)|range of cpus|no such (capability|runtime)|unknown runtime|invalid ulimit/.test(
      prose,
    )
  )
    return 'config-invalid'
  if (MOUNT.test(prose) && !/\/etc\/passwd|mount callback/.test(plain)) return 'start/mount-failed'
  const named = NAMED.test(prose) || /^[^:]{0,60}error:/.test(prose)
  if (HOST.test(prose) || /docker\.sock|containerd\.sock|\/unix\.sock\//.test(plain)) return 'start/host-fault'
  if (named && (STRAINED.test(prose) || answered('diskFull'))) return 'start/host-fault'
  if (
    /starting container process caused "?exec: |unable to start container process: exec: /.test(prose) &&
    !/permission denied/.test(prose)
  ) {
    return 'start/command-not-found'
  }
  return named ? 'start/runtime-error' : 'unknown'
}

/** An error of docker's without the ECS name in front must say at least that a container was concerned. */
const NAMED =
  /cannot(start|create)container|cannot start container|oci runtime|container process|shim task|container ?runtime ?error|runtime task|docker ?state ?error|vanished|saved id|device information|unable to find user|container init|dependent container|nvidia|prestart hook|create new container|exec user process|error transitioning container|createcomputesystem/

function ended({ prose }: Reading): Label | null {
  return /essential container .{0,30}exited|essentialcontainerexited/.test(prose) ? 'run/essential-exited' : null
}
