/** What gives the tasks of a service another target group, container or port. */

import type { RegisteredGroup } from '../../deployment/target-fit.ts'
import type { Unread } from '../../domain/answer.ts'
import type { Change, ChangeOf, Remedy } from '../../domain/change.ts'
import { couldNotTell, type Unseen } from '../../domain/check.ts'
import { isExpress, type LoadBalancerEntry, type Service } from '../../domain/service.ts'
import type { ServiceLoadBalancer } from '../../domain/service-change.ts'
import type { Text } from '../../domain/text.ts'
import { MANAGED_BY_ECS, updateService } from '../service/service-changes.ts'

type CreateTargetGroup = ChangeOf<'create-target-group'>

export type GroupShape = Omit<CreateTargetGroup, 'kind' | 'makes'>

/** The others are said again, whole: UpdateService replaces them all. ECS API Reference. */
export function changeEntry(service: Service, old: LoadBalancerEntry, changes: ServiceLoadBalancer): Remedy {
  if (isExpress(service)) return { changes: [], after: [MANAGED_BY_ECS] }
  if (service.deploymentController !== 'ECS') return { changes: [], after: [NEXT_DEPLOYMENT] }
  const loadBalancers = service.loadBalancers.map((one) => (one === old ? { ...whole(one), ...changes } : whole(one)))
  return { changes: [updateService(service, { loadBalancers })] }
}

/** In one order, in whichever AWS or a recording has its members. */
function whole({ targetGroupArn, containerName, containerPort, raw }: LoadBalancerEntry): ServiceLoadBalancer {
  const own = {
    ...(targetGroupArn === null ? {} : { targetGroupArn }),
    ...(containerName === null ? {} : { containerName }),
    ...(containerPort === null ? {} : { containerPort }),
  }
  return { ...own, ...raw, ...own }
}

/** One that takes the place of a group that is gone or does not fit. */
export function anotherGroup(
  service: Service,
  { entry, isAlternate }: RegisteredGroup,
  shape: GroupShape,
  loadBalancerArn: string | null,
  changes: ServiceLoadBalancer = {},
): Remedy {
  if (!isAlternate) return newGroup(service, entry, shape, loadBalancerArn, changes)
  const alternateTargetGroupArn = { ref: 'targetGroupArn' }
  const { alternateTargetGroupArn: _, ...others } = entry.advancedConfiguration ?? { alternateTargetGroupArn: null }
  const kept = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null))
  const before = entry.raw['advancedConfiguration']
  const { changes: updates, after = [] } = changeEntry(service, entry, {
    advancedConfiguration: {
      ...kept,
      ...(typeof before === 'object' ? before : {}),
      alternateTargetGroupArn,
    },
  })
  return {
    changes: [{ kind: 'create-target-group', makes: alternateTargetGroupArn.ref, ...shape }, ...updates],
    after: [...after, ALTERNATE],
  }
}

/** ECS takes a target group only once a listener sends to it. */
function newGroup(
  service: Service,
  old: LoadBalancerEntry,
  shape: GroupShape,
  loadBalancerArn: string | null,
  changes: ServiceLoadBalancer = {},
): Remedy {
  if (isExpress(service)) return changeEntry(service, old, changes)
  const targetGroupArn = { ref: 'targetGroupArn' }
  const made: readonly Change[] = [
    { kind: 'create-target-group', makes: targetGroupArn.ref, ...shape },
    { kind: 'modify-listener', loadBalancerArn, replaces: old.targetGroupArn ?? '', targetGroupArn },
  ]
  const entry = changeEntry(service, old, { ...changes, targetGroupArn })
  return { changes: [...made, ...entry.changes], after: [...(entry.after ?? []), BY_A_RULE] }
}

const NEXT_DEPLOYMENT: Text = {
  en: 'The deployment controller of the service is not ECS: give target group, container and port to the deployment group of CodeDeploy, or to the next task set.',
  ko: '서비스의 배포 컨트롤러가 ECS가 아니므로 대상 그룹, 컨테이너, 포트를 CodeDeploy 배포 그룹 또는 다음 태스크 세트에 지정합니다.',
}

const BY_A_RULE: Text = {
  en: 'Where it is a rule of the listener that sends to the tasks, change that rule in the place of the default action (modify-rule). Attributes of the new group (stickiness, deregistration delay) are the defaults.',
  ko: '리스너의 규칙이 태스크로 트래픽을 보내면 기본 작업 대신 그 규칙을 변경합니다(modify-rule). 새 대상 그룹의 속성(고정 세션, 등록 취소 지연 시간)은 기본값입니다.',
}

const ALTERNATE: Text = {
  en: 'The production rule (and the test rule, where there is one) has to forward to both groups, to the new one with weight 0 until ECS moves the traffic.',
  ko: '운영 리스너 규칙(테스트 규칙이 있으면 그 규칙도)이 두 대상 그룹으로 전달해야 하며, ECS가 트래픽을 옮기기 전까지 새 그룹의 가중치는 0입니다.',
}

/** `…:targetgroup/web/73e2d6bc24d8a067` is called `web`. */
export function groupName(arn: string): string {
  return arn.split('/').at(-2) ?? arn
}

/** Whether the others fit does not hang on one that could not be read. */
export function unreadGroup(group: Unread, arn: string): Unseen {
  return couldNotTell(group, ['target-group', arn], { en: `target group ${arn}`, ko: `대상 그룹 ${arn}` }, false)
}
