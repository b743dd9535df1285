/** Why a task found no place: capacity, instances, attributes, network interface, quota. */

import type { Label } from '../../domain/label.ts'
import { byRules, type Reading, type Rules } from '../reading.ts'
import { HOST_NETWORK, PORT } from './start.ts'

const ENI =
  /network interface|\beni\b|insufficientfreeaddresses|(free|available) (ipv?[46]? )?addresses|resource:eni|\benis\b|device index|trunk|available ip|eniinformation/
const ENI_SET_UP =
  /provision|create|attach|tag |tagging|prepar|configure|set ?up|insufficient|expired|timeout|limit|unable|failed|resource:eni|enough|unexpected ec2 error/
const AGENT =
  /agent connected|agent (is )?(disconnected|not connected)|(error|reasons?)\W{0,4}["'[]{1,2}agent\b|encountered error agent\b|^(taskfailedtostart: ?)?agent[.)\s]*$|amazon ecs agent to start|connecting to (acs|tcs|tacs)|connection to (acs|tcs|the ecs)|register as a container instance|ecs agent .{0,40}(disconnect|not running|lost)/
const AGENT_CALL = /discoverpollendpoint|poll endpoint|submit ?(task|container) ?state ?change/
const AGENT_HOST = /(lookup |https:\/\/)ecs(-[at]-\d+)?(-fips)?\.[a-z0-9-]+\.(amazonaws\.com|api\.aws)/
const CONSTRAINT =
  /missing an attribute|attribute .{0,20}required by (your|the) task|(error|reasons?)\W{0,4}["'[]{1,2}(attribute|location)["'\]]|^(taskfailedtostart: ?)?(attribute|location)[.)\s]*$|placement[ _]constraints? ?_?(.{0,30}(unsatisfied|not|violat))|not .{0,60}placement constraint|(memberof|distinctinstance) .{0,20}(unsatisfied|not (met|satisfied))|not supported in your requested availability zone/
const NO_INSTANCES =
  /no container instances? (were|was) found|no (active )?(container )?instances? (are )?(registered|found|available|in (your|the) (cluster|capacity))|empty capacity provider|no active instances|does not have any container instances/
const RESOURCES =
  /(instance|task|place)\b.{0,160}(insufficient|(not|n't) (have )?enough) (cpu|memory|gpu|resources|ports?|inference)|resource:(cpu|memory|gpu|port|ports|disk|inference)|closest matching .{0,120}\bhas .{1,60}\bavailable\b|already using a port|port required by your task|too many (host )?ports|(cpu|memory) units? .{0,20}not available|resources could not be found/
const QUOTA =
  /reached the limit|limit on the number|above your limit|limit was exceeded|limit ?exceeded|quota|currently (blocked|being verified)|more vcpu capacity than|account .{0,30}(blocked|suspended|limited)|vcpulimit|countexceeded|count exceeded|exceeds? the (limit|maximum)|provisioning capacity limit/
const CAPACITY =
  /capacity is unavailable|capacity .{0,20}(is |was )?(unavailable|not available)|unavailable capacity|(no|insufficient|not (have )?(enough|sufficient)|lack of) .{0,30}capacity|insufficient ?(instance|host|cluster|spot)? ?capacity|unfulfillable ?capacity|unable to fulfill|try again later or in a different availability zone|is unable to place a task in \S{1,60}(\s\d)?[.)\s]*$/

export function decidePlacement(reading: Reading): Label | null {
  const { plain, prose } = reading
  if (AGENT_HOST.test(plain) && unreachable(reading)) return 'placement/agent-disconnected'
  if (CONSTRAINT.test(prose)) return 'placement/constraint'
  if (AGENT.test(prose) || (AGENT_CALL.test(prose) && /error|fail|time|denied|refused|unable/.test(prose)))
    return 'placement/agent-disconnected'
  if (ENI.test(prose) && ENI_SET_UP.test(prose) && !HOST_NETWORK.test(prose)) return 'placement/eni'
  if (NO_INSTANCES.test(prose)) return 'placement/no-instances'
  if (RESOURCES.test(prose)) return 'placement/resources'
  return PLACING.test(prose) ? scarcity(prose) : byRules(BARE_CODES, prose)
}

function unreachable({ answered }: Reading): boolean {
  return answered('silent') || answered('unresolved') || answered('refused') || answered('tls')
}

const PLACING =
  /(unable to|could not|cannot|can't|failed to) (place|launch|start|run)|place (a )?tasks?|taskfailedtostart|run(ning)? concurrently|^capacity|container instance met|launch instance|availability zone/

const SCARCITY: Rules = [
  ['internal-error', /internal ?error/],
  ['start/port-conflict', PORT],
  ['placement/quota', QUOTA],
  ['placement/capacity', CAPACITY],
  [
    'config-invalid',
    /not compatible with|is inactive|invalid|does not exist|not supported|must (be|not)\b|\brequires\b/,
  ],
]
const NOT_PLACED = /(unable to|could not) (place|launch) (\S{1,30} )?(tasks?|instance)|failed to launch a task/

function scarcity(prose: string): Label | null {
  const known = byRules(SCARCITY, prose)
  if (known !== null) return known
  if (/resource ?initialization ?error/.test(prose) && !/launch instance/.test(prose)) return null
  return NOT_PLACED.test(prose) ? 'placement/unspecified' : null
}

/** Codes that say it all, wherever they stand. */
const BARE_CODES: Rules = [
  ['placement/capacity', /capacity is unavailable at this time|unfulfillablecapacity|insufficientinstancecapacity/],
  [
    'placement/quota',
    /vcpulimitexceeded|maxspotinstancecountexceeded|reached the limit on the number of (tasks|vcpus)|requested cpu configuration is above your limit/,
  ],
]
