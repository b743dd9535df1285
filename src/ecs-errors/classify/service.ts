/** What a service event, a deployment's reason or a task's stop reason says about the service as a whole. */
import type { Label } from '../../domain/label.ts'
import { byRules, type Reading, type Rules } from '../reading.ts'

const HEALTH: Rules = [
  ['health/target-group', /target ?(group)? is not found/],
  [
    'health/elb',
    /fail(ed|ing|s)? (the )?(elb|load balancer|alb|nlb)('s)? health|unhealthy in \(?(the )?(target-group|target group|elb|load balancer|vpc-lattice)/,
  ],
  ['health/container', /container health ?checks? failed/],
  [
    'health/elb',
    /health checks? failed( with|\)|$)|target\.failedhealthchecks|unhealthy ?threshold number of|is unhealthy .{1,200} due to \(reason /,
  ],
  [
    'health/container',
    /tasks? .{0,80}fail(ed|ing|s)? (the )?(container )?health ?checks?|fail(ed|ing)? (the )?container health|replaced \d+ tasks? due to|due to an unhealthy status|unhealthy in \(?service/,
  ],
]
const REGISTERING =
  /(register|describe|deregister)\S* (targets?|target health|instances?)|register with (the )?(target|load)/

export function decideHealth(reading: Reading): Label | null {
  const { prose } = reading
  const health = byRules(HEALTH, prose)
  if (health !== null) return health
  return REGISTERING.test(prose) && /with \(?error|unable to|failed to|could not/.test(prose)
    ? refusedRegistration(reading)
    : null
}

function refusedRegistration({ prose, answered }: Reading): Label {
  if (answered('throttled')) return 'throttled'
  return answered('denied') || /with \(error:? user: arn/.test(prose) ? 'iam/role' : 'health/target-group'
}

/** What a caller of ECS or CodeDeploy lacks. ECS's own roles launch instances and move traffic: theirs is no caller's fault. */
const CALLERS_ACTION = /not authorized to perform:? '?"?(ecs|codedeploy|iam:passrole)\b/
const BY_ECS =
  /unable to launch instance|was unable to place|ecsmanagedinstances|ecsfargatemanaged|infrastructure ?role/

const OWN_ACTION =
  /not authorized to perform: '?(elasticloadbalancing|ec2|iam:passrole|sts:assumerole|servicediscovery|autoscaling|vpc-lattice|cloudwatch|application-autoscaling)/
const ROLE =
  /(unable|failed|cannot|could not|not able) to assume|(trust relationship|permissions policies|trust policy) (has|have) been|proper trust relationship|permissions? (on|for) (the )?ecs infrastructure role|service[- ]linked role (does|please|exists|cannot)|verify that the (ecs )?(service linked )?role/

/** Other services have roles, hosts and deployments, too. */
const OF_ECS =
  /\b(ecs|fargate|tasks?|service deployment|service[- ]linked|capacity provider|container[- ]instance|target[- ]?group|load balancer)\b|\(service\b|service <name>/

export function decideRole({ plain, prose }: Reading): Label | null {
  // ECS Exec and the agent's calls are no deployment.
  if (
    CALLERS_ACTION.test(plain) &&
    !BY_ECS.test(plain) &&
    !/executecommand|ecs:(poll|submit|discover|register(container)?instance)/.test(plain)
  )
    return 'deploy/not-permitted'
  if (!OF_ECS.test(prose)) return null
  if (OWN_ACTION.test(prose)) return 'iam/role'
  if (/lifecycle hook|\bhook\b/.test(prose)) return null
  return ROLE.test(prose) ? 'iam/role' : null
}

/**
 * Who waits for a deployment says that it did not come to rest, and no more: the AWS CLI and the SDKs, Terraform and Pulumi,
 * CloudFormation and the CDK, CodeDeploy, the deploy actions.
 */
const WAITERS: readonly RegExp[] = [
  /waiter '?(services ?stable|tasks ?(running|stopped)|deployment ?successful)'? (failed|has timed out)|not in the state (services ?stable|tasks ?(running|stopped)|deployment ?successful)|time for (services ?stable|tasks ?running|deployment ?successful) waiter|"?state"?: ?"timeout", ?"reason": ?"waiter has timed out/,
  /waiting for state to become '?tfstable|(error|fail|unable|tim(ed?|ing) ?-?out|gave up).{0,160}\b(service|deployment)\b.{0,120}steady state|\b(service|deployment)\b.{0,120}steady state.{0,160}(error|fail|tim(ed?|ing) ?-?out|notready|gave up|exceeded)/,
  /aws::ecs::\w{1,30}.{0,300}(tim(ed?|ing) ?-?out|did not stabili|notstabilized|exceeded attempts to wait)|(tim(ed?|ing) ?-?out|did not stabili|notstabilized|exceeded attempts to wait).{0,300}aws::ecs::/,
  /waiting for the replacement task set|deployment failed due to timeout|task definition not running within \d|\b(ecs|fargate)\b.{0,120}(did not|failed to|(is|was) not) (stabili[sz]e|become|reach|stable|get)|wait service stable failed/,
]

const OF_DEPLOYMENT =
  /deploy|service|ecs|task|rollback candidate was|(provisioning|_scale_up|traffic_shift) lifecycle|listener|load ?balancers?|target ?group/
const DEPLOYMENT: Rules = [
  ['deploy/lifecycle-hook', /lifecycle hook|pause hook|hook target|hookstatus|\bhook\(s\)|hook execution failure/],
  [
    'deploy/lb-config',
    /invalid networking configuration|(production|test)( ?listener| traffic)|(production|test) listener ?rules?|listener ?rules? .{0,80}(target group|traffic|arn|required|serving)|rules not found|alternatetargetgroup|alternate target group|advancedconfiguration|(either )?elbv1|duplicate targetgrouparn|target group .{0,40}not associated/,
  ],
  [
    'deploy/config-blocked',
    /service deployment configuration|minimumhealthypercent|protected tasks|under protection|task protection|scale-in protection|deployment_blocked|unable to scale in/,
  ],
  ['deploy/crash-loop', /unable to consistently start/],
  [
    'deploy/failed',
    /service arn:ecs did not stabilize|(service|deployment) .{0,20}rolled back because|service deployment (failed|timed out)/,
  ],
  [
    'rollback',
    /rolling back|rollback (candidate|is|has|was|failed|in progress|completed|started|successful|triggered)|to run the rollback|rollback to .{1,60}(failed|completed|succeeded)|(service|deployment) .{0,60}rolled back|initiated a rollback/,
  ],
  [
    'deploy/failed',
    /deployment (has )?failed(:|\W*$)|^tasks failed to start|(ecs|deployment) .{0,30}circuit breaker|circuit breaker (was )?triggered|circuit breaker: tasks failed|(ecs deployment|\(deployment\)|service deployment) .{0,60}failed/,
  ],
]

export function decideDeployment({ plain, prose }: Reading): Label | null {
  const label = OF_DEPLOYMENT.test(prose) ? byRules(DEPLOYMENT, prose) : null
  return label ?? (FAILED_STATE.test(plain) ? 'deploy/failed' : null)
}

/** `rolloutState` of an answer, as JSON, YAML and tables print it. */
const FAILED_STATE = /rolloutstate['"]?\s?[:=|]\s?['"]?failed/

/** After everything that names a cause. */
export function decideWaiter({ prose }: Reading): Label | null {
  return WAITED.test(prose) && WAITERS.some((one) => one.test(prose)) ? 'deploy/failed' : null
}

/** What no waiter says it without: most texts have none of it, and the rules look far ahead. */
const WAITED = /steady|stab|waiter|task set|timeout|aws::ecs|not running|ecs .{0,120}not /

/** Said of a task that ran and was taken away. */
const STOP: Rules = [
  ['spot', /spot (task|instance|capacity)?.{0,20}(interrupt|reclaim|terminat)|spot ?interruption/],
  [
    'host/terminated',
    /host ec2|container instance .{0,40}(deregist|terminat|draining|stopped|unhealthy)|task .{0,40}instance draining|deregistration forced|(task|instance) .{0,60}draining state|(ecs|fargate|task) .{0,80}underlying (infrastructure|host|hardware)|task .{0,40}retirement|(task|fargate) .{0,60}scheduled for retirement|infrastructure ?health|terminationnotice/,
  ],
  [
    'scaling',
    /scaling activity initiated|service scheduler initiated|tasks? .{0,40}scaled? in by|scale-in (event|activity)|(task|service|deployment) .{0,60}(replaced by (a )?newer|superseded by|newer deployment)/,
  ],
  [
    'user-stopped',
    /(\btask .{0,40}(stopped|cancell?ed|terminated|aborted)|^stopped) (\S{1,20} \S{1,20} )?by (the |a )?(user|customer|operator|admin)\b|^user ?initiated|\btask\b.{0,40}(user ?initiated|stoptask)|^task (was )?stopped by |request stop task|task stopped (via|from|manually)|manually stopped/,
  ],
]

export function decideStop({ prose }: Reading): Label | null {
  return byRules(STOP, prose)
}

const COUNTED =
  /(has |have )?(started|stopped|registered|deregistered) (\d+|one|number|some|all) |draining connections|started \d+ tasks|registered \d+|stopped \d+ (pending|running)/
/** The service's name may be left out where tasks or targets are named as ECS names them. */
const COUNTED_ALONE =
  /has (started|stopped) \d+ tasks? (in|from) .{0,60}az rebalanc|^(has )?(started|stopped) \d+ ((running|pending) )?tasks?: \(task\)|^(has )?(de)?registered \d+ (targets?|instances?) in \((target-group|elb)\)/
const QUIET =
  /az balanced|az rebalanc|rebalancing|set (the )?desired count|desired ?count (to|was|has)|updated (computed)?desired|deployment .{0,80}in progress|deployment .{0,60}(started|is being)|deployment_in_progress/

export function decideProgress({ plain, prose }: Reading): Label | null {
  if (/rolloutstate['"]?\s?[:=|]\s?['"]?completed/.test(plain)) return 'steady'
  if (/rolloutstate['"]?\s?[:=|]\s?['"]?in_progress/.test(plain)) return 'progress'
  if (/reached (a |the )?steady[ _]state|steady_state/.test(prose) && !/unable|not |fail|error/.test(prose))
    return 'steady'
  if (
    /(ecs|\(deployment\)|\(service\)|service( <name>)?|primary) deployment .{0,80}(completed|successful)|deployment (has )?completed\W*$|deployment_completed/.test(
      prose,
    ) &&
    !/fail|roll/.test(prose)
  )
    return 'steady'
  if (/(fail|unable|error)/.test(prose)) return null
  if (COUNTED_ALONE.test(prose)) return 'progress'
  return /(service|taskset|task set|deployment|^message)/.test(prose) && (COUNTED.test(prose) || QUIET.test(prose))
    ? 'progress'
    : null
}

const SETTINGS =
  /not compatible with the (selected|specified)|no fargate configuration|invalid ['"]?(cpu|memory)['"]? (setting|value)|(invalidparameter|\bclient)exception.{0,200}\b(tasks?|desired count|task ?definition|containers?|fargate|clusters?|capacity provider|launch type|platform|target ?group|load ?balancer|log driver|volumes?|images?|services?|network ?configuration|subnets?|role|ecs|(create|update)service|(de)?registertaskdefinition|runtask)\b|taskdefinition is inactive|task definition .{0,60}(inactive|does not|is not|was not found|not found|invalid)|incompatible with the \S{1,20} network mode|does not have an associated load balancer|fargate (only|requires|resource requirements)|platform ?version .{0,60}(does not|not) support|unsupportedfeature|platformtaskdefinitionincompatib|platformunknown|specified platform does not|dependencies cannot be resolved|invalid request provided/

/** By the name in front, or as the whole of the text: anybody's program may speak of an internal error. */
const FAULTS =
  /(^|[\s(|])(internal|cgroup|agent)error: |server ?exception: |impossible ?state ?transition|task's platform resources|^(an )?internal error( occurred)?[.)\s]*$/

/** What is left: throttling of the scheduler, refused settings, faults of AWS's own. */
export function decideRest({ prose, answered }: Reading): Label | null {
  if (/execute ?command/.test(prose)) return null
  if (
    /operations are being throttled/.test(prose) ||
    (answered('throttled') && /\(service\b|service <name>|scheduler|\becs\b/.test(prose))
  )
    return 'throttled'
  if (SETTINGS.test(prose)) return 'config-invalid'
  if (
    (FAULTS.test(prose) ||
      (OF_ECS.test(prose) && /internal ?(service |server )?(error|failure|fault)\b/.test(prose))) &&
    !/http|status|500/.test(prose)
  )
    return 'internal-error'
  return null
}
