/** Would the revision start that a failed deployment returns to? */
import { type Answer, mapped } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import { couldNotTell, defineCheck, type Unseen } from '../../domain/check.ts'
import type { ConfigurationFacts, RollbackTarget } from '../../domain/configuration.ts'
import { isPullable } from '../../domain/image.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { joined, type Text } from '../../domain/text.ts'
import { writersNeeding } from './log-group-missing.ts'

interface Details {
  readonly name: string
  /** `web:7` */
  readonly revision: string
  readonly isAutomatic: boolean
  readonly faults: readonly Fault[]
}

interface Fault {
  readonly text: Text
  /** What mends it, where one change does. */
  readonly change: Change | null
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'configuration'>({
  id: 'rollback-target-broken',
  step: 'configuration',
  severity: 'advice',
  needs: ['service', 'taskDefinition', 'network', 'configuration'],
  permissions: [
    'ecs:DescribeServices',
    'ecs:DescribeTaskDefinition',
    'logs:DescribeLogGroups',
    'secretsmanager:DescribeSecret',
    'ssm:DescribeParameters',
    'iam:GetRole',
    'ecr:DescribeImages',
  ],

  title: { en: 'The revision to return to would not start', ko: '롤백할 개정이 시작되지 않습니다' },
  why: {
    en: 'A deployment that fails returns to the last one that was completed. Where what that revision needs is gone by now, the rollback fails as well, and nothing is left to return to.',
    ko: '배포가 실패하면 마지막으로 완료된 배포로 돌아갑니다. 그 개정에 필요한 리소스가 이미 없으면 롤백도 실패하며 더 이상 돌아갈 개정이 없습니다.',
  },

  evaluate({ service, taskDefinition, network, configuration }) {
    const { rollback } = configuration
    if (rollback === undefined) return []
    const revision = rollback.taskDefinitionArn.slice(rollback.taskDefinitionArn.lastIndexOf('/') + 1)
    const results = faultsOf(rollback, taskDefinition, configuration, network.region, revision)
    const faults = results.flatMap((one) => ('text' in one ? [one] : []))
    const unseen = results.flatMap((one) => ('text' in one ? [] : [one]))
    if (faults.length === 0) return unseen
    return [
      {
        subject: revision,
        evidence: faults.map(({ text }) => text),
        details: { name: service.name, revision, isAutomatic: returnsByItself(service), faults },
      },
      ...unseen,
    ]
  },

  explain({ name, revision, isAutomatic, faults }) {
    const { en, ko } = joined(faults.map(({ text }) => text))
    return isAutomatic
      ? {
          en: `If the deployment fails, ECS returns ${name} to ${revision}, whose tasks would not start: ${en}.`,
          ko: `배포가 실패하면 ECS가 이전 개정으로 되돌리지만 그 태스크가 시작되지 않습니다. 서비스: ${name}, 개정: ${revision}. ${ko}`,
        }
      : {
          en: `Whoever returns ${name} to ${revision} after a failed deployment finds that its tasks do not start: ${en}.`,
          ko: `배포가 실패한 뒤 이전 개정으로 되돌려도 그 태스크가 시작되지 않습니다. 서비스: ${name}, 개정: ${revision}. ${ko}`,
        }
  },

  remedy: ({ revision, faults }) => ({
    changes: faults.flatMap(({ change }) => change ?? []),
    after: [
      {
        en: `Have what ${revision} needs in place until the new revision has proved itself, or deploy in between a revision that can be returned to.`,
        ko: `새 개정이 검증될 때까지 이전 개정에 필요한 리소스를 유지하거나, 되돌아갈 수 있는 개정을 먼저 배포합니다. 이전 개정: ${revision}`,
      },
    ],
  }),
})

/** ECS API Reference, DeploymentConfiguration: `deploymentCircuitBreaker`, `alarms`; strategies with two sets of tasks shift back. */
function returnsByItself({ deploymentConfiguration: { circuitBreaker, strategy, raw } }: Service): boolean {
  const { alarms } = raw
  const onAlarm = typeof alarms === 'object' && alarms !== null && 'rollback' in alarms && alarms.rollback === true
  return (circuitBreaker?.enable === true && circuitBreaker.rollback) || onAlarm || strategy !== 'ROLLING'
}

type FaultOrUnseen = Fault | Unseen

/** What the revision that is judged needs as well, other checks tell. */
function faultsOf(
  rollback: RollbackTarget,
  next: TaskDefinition,
  { logGroups, secrets, parameters }: ConfigurationFacts,
  region: string,
  revision: string,
): readonly FaultOrUnseen[] {
  const { taskDefinition } = rollback
  if (!taskDefinition.known) {
    const gone = fault(`${revision} was deleted`, `삭제된 개정입니다: ${revision}`)
    return absent(
      taskDefinition,
      ['rollback-revision', revision],
      words('task definition', '태스크 정의', revision),
      gone,
    )
  }
  const own = taskDefinition.value
  const apart = <One extends { readonly region: string }>(
    mine: readonly One[],
    theirs: readonly One[],
    id: (one: One) => string,
  ) => mine.filter((one) => !theirs.some((other) => other.region === one.region && id(other) === id(one)))
  return [
    ...ofStatus(own, revision),
    ...apart(rollback.logGroups, logGroups, ({ name }) => name).flatMap(({ name, region: where, exists }) => {
      if (writersNeeding({ taskDefinition: own, service: null }, name, where, region).length === 0) return []
      const create: Change = { kind: 'create-log-group', logGroupName: name, region: where }
      const missing = fault(`log group ${name} is not there`, `로그 그룹이 없습니다: ${name}`, create)
      return ofList(exists, ['log-group', name], words('log group', '로그 그룹', name), missing)
    }),
    ...apart(rollback.secrets, secrets, ({ id }) => id).flatMap(({ id, region: where, secret }) => {
      if (secret.known && secret.value.deletedAt !== null) {
        const restore: Change = { kind: 'restore-secret', secretId: secret.value.arn, region: where }
        return [fault(`secret ${id} is being deleted`, `삭제가 예약된 보안 암호입니다: ${id}`, restore)]
      }
      const gone = fault(`secret ${id} is not there`, `보안 암호가 없습니다: ${id}`)
      return absent(secret, ['secret', id], words('secret', '보안 암호', id), gone)
    }),
    ...apart(rollback.parameters, parameters, ({ name }) => name).flatMap(({ name, exists }) => {
      const missing = fault(`parameter ${name} is not there`, `파라미터가 없습니다: ${name}`)
      return ofList(exists, ['parameter', name], words('parameter', '파라미터', name), missing)
    }),
    ...ofRoles(rollback, next),
    ...rollback.images.flatMap(({ image, found }) => {
      const missing = fault(
        `image ${image} cannot be pulled from its repository`,
        `리포지토리에서 가져올 수 없는 이미지입니다: ${image}`,
      )
      const there = mapped(found, (one) => one !== null && isPullable(one.status))
      return next.containers.some((one) => one.image === image)
        ? []
        : ofList(there, ['image-unread', image], words('the image', '이미지', image), missing)
    }),
  ]
}

/** Nobody can deploy it by name any more; whether ECS itself still does is said by no document. */
function ofStatus({ status }: TaskDefinition, revision: string): readonly Fault[] {
  return status === null || status === 'ACTIVE'
    ? []
    : [
        fault(
          `${revision} is ${status}, and UpdateService takes no service to it`,
          `UpdateService로 지정할 수 없는 개정입니다: ${revision} (상태 ${status})`,
        ),
      ]
}

function ofRoles({ roles }: RollbackTarget, next: TaskDefinition): readonly FaultOrUnseen[] {
  return roles
    .filter(({ arn }) => arn !== next.executionRoleArn && arn !== next.taskRoleArn)
    .flatMap(({ arn, role }) => {
      const gone = fault(`role ${arn} is not there`, `역할이 없습니다: ${arn}`)
      return absent(role, ['role', arn], words('role', '역할', arn), gone)
    })
}

/** Of what is asked for by name, AWS says that it is not there. */
function absent(answer: Answer<unknown>, reason: Unseen['reason'], what: Text, gone: Fault): readonly FaultOrUnseen[] {
  if (answer.known) return []
  return answer.because === 'not-found' ? [gone] : [couldNotTell(answer, reason, what, false)]
}

/** Of what is looked for in a list. */
function ofList(
  there: Answer<boolean>,
  reason: Unseen['reason'],
  what: Text,
  missing: Fault,
): readonly FaultOrUnseen[] {
  if (!there.known) return [couldNotTell(there, reason, what, false)]
  return there.value ? [] : [missing]
}

function fault(en: string, ko: string, change: Change | null = null): Fault {
  return { text: { en, ko }, change }
}

function words(en: string, ko: string, id: string): Text {
  return { en: `${en} ${id}`, ko: `${ko} ${id}` }
}
