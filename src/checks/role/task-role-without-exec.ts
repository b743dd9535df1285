/** With ECS Exec on: may the task role open a session, and use what the cluster encrypts and logs it with? */
import { defineCheck, type Found } from '../../domain/check.ts'
import type { Service } from '../../domain/service.ts'
import { EXEC, execNeeds } from '../../iam/exec-needs.ts'
import { judgeNeed } from '../../iam/role-judgement.ts'
import { denialsOf, explainDenial, isGone, placeOf, ROLE_PERMISSIONS, usersOf } from './role-denials.ts'
import { closeGap, type Denial } from './role-statements.ts'

type Details = Denial | { readonly withoutRole: Service }

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute' | 'role'>({
  id: 'task-role-without-exec',
  step: 'role',
  severity: 'advice',
  needs: ['service', 'taskDefinition', 'compute', 'role'],
  permissions: [...ROLE_PERMISSIONS, 'ecs:DescribeClusters'],

  title: { en: 'ECS Exec cannot open a session', ko: 'ECS Exec 세션을 열 수 없습니다' },
  why: {
    en: 'Tasks start without it, but ECS Exec is on for the service and works as the task role: four actions of ssmmessages, kms:Decrypt where the cluster encrypts sessions with a key, and writing where it logs them.',
    ko: '태스크 시작에는 필요하지 않지만, 서비스에 ECS Exec가 켜져 있고 ECS Exec는 태스크 역할로 동작합니다. ssmmessages의 네 가지 작업, 클러스터가 세션을 키로 암호화하는 경우 kms:Decrypt, 세션 로그를 남기는 경우 쓰기 권한이 필요합니다.',
  },

  evaluate(facts): readonly (Found<Details> | ReturnType<typeof denialsOf>[number])[] {
    const { service, compute, role, taskDefinition } = facts
    const needs = execNeeds(service, compute, placeOf(service))
    if (needs.length === 0) return []
    if (role.task === null) {
      // On EC2 the instance's role may do instead.
      if (!usersOf(facts).execution || taskDefinition.taskRoleArn !== null) return []
      const evidence = [{ en: 'taskRoleArn is not set.', ko: '설정되지 않은 항목: taskRoleArn' }, EXEC.why]
      return [{ subject: taskDefinition.arn ?? taskDefinition.family, evidence, details: { withoutRole: service } }]
    }
    if (isGone(role.task)) return []
    const { task } = role
    const outcomes = needs.map((need) => judgeNeed(task, need, role))
    return denialsOf(task, outcomes, false).map((one) => ('matters' in one ? one : { ...one, severity: 'advice' }))
  },

  explain: (details) =>
    'withoutRole' in details
      ? {
          en: `ECS Exec is on for ${details.withoutRole.name}, and the task definition names no task role.`,
          ko: `서비스에 ECS Exec가 켜져 있지만 태스크 정의에 태스크 역할이 없습니다: ${details.withoutRole.name}`,
        }
      : explainDenial(details),

  remedy: (details) =>
    'withoutRole' in details
      ? {
          changes: [],
          after: [
            {
              en: 'Name a task role that is allowed ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel, or turn ECS Exec off.',
              ko: 'ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel, OpenDataChannel 권한이 있는 태스크 역할을 지정하거나 ECS Exec를 끕니다.',
            },
          ],
        }
      : closeGap({ ...details, topic: 'exec' }),
})
