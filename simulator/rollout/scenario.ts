/** What a rollout scenario is: a JSON file that says how subnets behave, how ECS is configured, and what happens when. */
import * as v from 'valibot'
import { FAULT_KINDS } from '../fault.ts'

const Seconds = v.pipe(v.number(), v.minValue(0))
const Count = v.pipe(v.number(), v.integer(), v.minValue(0))
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** `[180, 300]`, or one number for exactly that. */
const SpanOfSeconds = v.union([
  v.pipe(
    Seconds,
    v.transform((one): readonly [number, number] => [one, one]),
  ),
  v.pipe(
    v.tuple([Seconds, Seconds]),
    v.check(([low, high]) => low <= high, 'the smaller number first'),
    v.readonly(),
  ),
])

function span(low: number, high = low) {
  return v.optional(SpanOfSeconds, [low, high])
}

export const BEHAVIOURS = [
  'ok',
  's3-timeout',
  'registry-timeout',
  'token-timeout',
  'dns',
  'denied',
  'image-not-found',
  'platform',
  'log-group-missing',
  'text',
  'exits',
  'unhealthy',
  'no-capacity',
  'stuck',
] as const

/** How the start of a task goes. */
const BehaviourSchema = v.strictObject({
  kind: v.picklist(BEHAVIOURS),
  /** From the beginning of the pull to the end of the start; of `exits` and `unhealthy` from RUNNING to the stop. */
  seconds: v.optional(SpanOfSeconds),
  /** The address that does not answer; of `dns`, the server that is asked. */
  address: v.optional(v.string()),
  /** `text`: the stopped reason, word for word. `unhealthy`: the load balancer's reason. */
  text: v.optional(v.string()),
  exitCode: v.optional(v.pipe(v.number(), v.integer())),
  /** Lines that the container writes before it exits. */
  logs: v.optional(v.array(v.string()), []),
  /** How likely it is; a task that escapes it starts well. */
  chance: v.optional(Share, 1),
})
export type Behaviour = v.InferOutput<typeof BehaviourSchema>

const OK = { kind: 'ok' } as const

const SubnetSchema = v.strictObject({
  id: v.string(),
  /** Both are taken from the folder where it describes the subnet. */
  zone: v.optional(v.string()),
  cidr: v.optional(v.string()),
  behaviour: v.optional(BehaviourSchema, OK),
})

const BreakerSchema = v.strictObject({
  enable: v.boolean(),
  rollback: v.boolean(),
  resetOnHealthyTask: v.optional(v.boolean()),
  thresholdConfiguration: v.optional(
    v.strictObject({ type: v.picklist(['COUNT', 'BOUNDED_PERCENT', 'UNBOUNDED_PERCENT']), value: Count }),
  ),
})

/** AWS's names: what is here is shown as the service's deployment configuration. */
const ConfigurationSchema = v.strictObject({
  minimumHealthyPercent: v.optional(Count, 100),
  maximumPercent: v.optional(Count, 200),
  strategy: v.optional(v.picklist(['ROLLING', 'BLUE_GREEN']), 'ROLLING'),
  bakeTimeInMinutes: v.optional(Seconds, 0),
  deploymentCircuitBreaker: v.optional(BreakerSchema, { enable: false, rollback: false }),
  earlySuccessCriteria: v.optional(
    v.strictObject({
      enable: v.boolean(),
      healthyPercent: v.optional(Count, 100),
      sourceServiceRevisionCleanup: v.optional(v.picklist(['BLOCKING', 'DEFERRED']), 'BLOCKING'),
    }),
  ),
})

/** Seconds; the figures of recorded Fargate tasks. */
const TimingSchema = v.strictObject({
  /** How often the scheduler looks. */
  every: v.optional(v.pipe(v.number(), v.minValue(1)), 5),
  /** From a new deployment to its first start. */
  react: v.optional(Seconds, 10),
  /** From a task's creation until its network interface is attached. */
  provision: span(9, 13),
  pull: span(16, 24),
  /** From the end of the pull to RUNNING. */
  start: span(3, 8),
  /** A service without health checks counts a task after 40 s of RUNNING (Amazon ECS API Reference, DeploymentConfiguration). */
  healthy: v.optional(Seconds, 40),
  /** From SIGTERM to the end of the container. */
  exit: span(3, 12),
  deprovision: span(12, 15),
  /** From the last thing that moved to "has reached a steady state". */
  steady: v.optional(Seconds, 15),
  /** "At least one hour" (Amazon ECS API Reference, DescribeTasks). */
  forgotten: v.optional(Seconds, 3600),
})

const LoadBalancerSchema = v.strictObject({
  targetGroupArn: v.optional(v.string()),
  containerPort: v.optional(Count, 3000),
  /** From the end of the pull to RUNNING takes so much longer. */
  register: span(5, 15),
  /** From RUNNING to a healthy target: threshold × interval. */
  healthy: span(60, 75),
  deregistration: v.optional(Seconds, 300),
})

/** Starts that fail one after another wait longer and longer: up to 27 minutes (Developer Guide, Service throttle logic). */
const BackOffSchema = v.strictObject({
  after: v.optional(Count, 2),
  first: v.optional(Seconds, 180),
  factor: v.optional(v.pipe(v.number(), v.minValue(1)), 2),
  most: v.optional(Seconds, 27 * 60),
})

const STAGES = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
] as const
export type LifecycleStage = (typeof STAGES)[number]
export const LIFECYCLE_STAGES: readonly LifecycleStage[] = STAGES

/** A pause hook of a blue/green deployment. */
const PauseSchema = v.strictObject({
  stage: v.picklist(STAGES),
  /** Somebody continues it after so many seconds; without it, it waits for ContinueServiceDeployment or for its end. */
  continuedAfter: v.optional(Seconds),
  timeoutMinutes: v.optional(Seconds, 1440),
  action: v.optional(v.picklist(['CONTINUE', 'ROLLBACK']), 'ROLLBACK'),
})

const at = Seconds
/** What somebody does to the service, `at` seconds after the beginning. */
const DeedSchema = v.variant('does', [
  v.strictObject({
    does: v.literal('deploy'),
    at,
    /** The same task definition once more (`forceNewDeployment`). */
    same: v.optional(v.boolean(), false),
    image: v.optional(v.string()),
    behaviour: v.optional(BehaviourSchema),
  }),
  v.strictObject({ does: v.literal('scale'), at, desiredCount: Count }),
  v.strictObject({ does: v.literal('stop'), at }),
])
export type Deed = v.InferOutput<typeof DeedSchema>

/** Faults of the wire; `after` and `until` are simulated seconds since the beginning. */
const FaultSchema = v.strictObject({
  on: v.string(),
  kind: v.picklist(FAULT_KINDS),
  share: v.optional(Share),
  from: v.optional(Count),
  after: v.optional(Seconds),
  until: v.optional(Seconds),
  ms: v.optional(Count),
  bytes: v.optional(Count),
})

/** A fault drawn for every call. */
const ChaosSchema = v.strictObject({
  seed: v.number(),
  share: Share,
  kinds: v.optional(v.array(v.picklist(FAULT_KINDS))),
  slowMs: v.optional(Count),
})

const EarlierSchema = v.strictObject({
  status: v.optional(v.picklist(['SUCCESSFUL', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED', 'STOPPED']), 'SUCCESSFUL'),
  seconds: Seconds,
  /** Before the beginning. */
  endedHoursAgo: Seconds,
})

const ActionLogsSchema = v.strictObject({
  /** AWS's words: CloudWatch Logs, S3, Firehose. */
  to: v.optional(v.picklist(['CWL', 'S3', 'FH']), 'CWL'),
  /** Seconds until a record can be read. */
  late: v.optional(Seconds, 5),
  /** Beside what the rollout writes itself: a line as it is, or members of a record over its usual ones. */
  writes: v.optional(
    v.array(
      v.strictObject({
        at: Seconds,
        message: v.union([v.string(), v.record(v.string(), v.unknown())]),
        stream: v.optional(v.string()),
      }),
    ),
    [],
  ),
})

export const ScenarioSchema = v.strictObject({
  name: v.string(),
  about: v.optional(v.string(), ''),
  seed: v.optional(v.number(), 1),
  /** Where no folder says otherwise. */
  region: v.optional(v.string(), 'ap-northeast-2'),
  accountId: v.optional(v.string(), '123456789012'),
  cluster: v.optional(v.string(), 'demo'),
  service: v.optional(v.string(), 'web'),
  /** When it begins; now, where nothing is said. */
  startsAt: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  desiredCount: v.optional(Count, 2),
  subnets: v.pipe(v.array(SubnetSchema), v.minLength(1)),
  /** Of new revisions, in any subnet. */
  behaviour: v.optional(BehaviourSchema, OK),
  /** Subnets of the first starts of the first deployment, in order. */
  placements: v.optional(v.array(v.string()), []),
  /** Afterwards: the zone with the fewest tasks of the deployment first, or any. */
  balance: v.optional(v.picklist(['fewest', 'random']), 'fewest'),
  configuration: v.optional(ConfigurationSchema, {}),
  timing: v.optional(TimingSchema, {}),
  loadBalancer: v.optional(LoadBalancerSchema),
  backOff: v.optional(BackOffSchema, {}),
  pause: v.optional(PauseSchema),
  /** Recorded Fargate tasks tell of a pull only when it is over; some say at once when it began. */
  showsPullAtOnce: v.optional(v.boolean(), false),
  /** Says the stopped reason of a failed pull at the container, too, as the EC2 agent does. */
  showsContainerReason: v.optional(v.boolean(), false),
  /** A rollback is a new deployment of the old revision; it may also come back under the id that it had. */
  rollbackKeepsId: v.optional(v.boolean(), false),
  script: v.optional(v.array(DeedSchema), [{ does: 'deploy', at: 0 }]),
  earlier: v.optional(v.array(EarlierSchema), [
    { seconds: 152, endedHoursAgo: 29 },
    { seconds: 141, endedHoursAgo: 77 },
    { seconds: 160, endedHoursAgo: 140 },
  ]),
  faults: v.optional(v.array(FaultSchema), []),
  chaos: v.optional(ChaosSchema),
  /** A log group of VPC Flow Logs, in which a filter is recorded to reject what a start dials in vain. */
  flowLogs: v.optional(v.string()),
  /** The cluster delivers ECS Action Logs; without it, it does not. */
  actionLogs: v.optional(ActionLogsSchema),
})
export type Scenario = v.InferOutput<typeof ScenarioSchema>
/** A scenario as somebody writes it: everything with a default may be missing. */
export type ScenarioText = v.InferInput<typeof ScenarioSchema>
