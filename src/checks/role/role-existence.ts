/** What the checks of whether a role is there do alike: it is, under the very ARN that something names, or it is gone. */
import type { Remedy } from '../../domain/change.ts'
import { type Check, type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { isGone, type RoleCheckFacts } from './role-denials.ts'
import { roleName } from './role-statements.ts'
import { type AssumedRole, roleFor } from './role-trust.ts'

export interface Gone {
  readonly roleArn: string
  /** The role that has the name; null where none has. */
  readonly actualArn: string | null
  readonly by: string
  readonly service: Service
  readonly taskDefinition: TaskDefinition
}

interface ExistenceCheck<More> extends Pick<Check, 'id' | 'title' | 'why'> {
  /** Who names it: the task definition, or the service. */
  readonly namedBy: (gone: Gone) => Text
  /** What the remedy needs beside that. */
  readonly details: (facts: RoleCheckFacts) => More
  readonly remedy: (gone: Gone & More) => Remedy
}

export function defineExistenceCheck<More>(
  rolesOf: (facts: RoleCheckFacts) => readonly AssumedRole[],
  { namedBy, details, remedy, ...check }: ExistenceCheck<More>,
): Check {
  return defineCheck<Gone & More, 'service' | 'taskDefinition' | 'compute' | 'role'>({
    step: 'role',
    severity: 'blocker',
    needs: ['service', 'taskDefinition', 'compute', 'role'],
    permissions: ['iam:GetRole'],

    evaluate(facts) {
      const { service, taskDefinition } = facts
      return rolesOf(facts).flatMap(({ record, by, neededBy, severity }): CheckResults<Gone & More> => {
        const { arn, role, simulation } = record
        if (isGone(record)) {
          const actualArn = role.known ? role.value.arn : null
          return [
            {
              subject: arn,
              evidence: [nameText(arn, actualArn), ...neededBy.map(roleFor)],
              details: { roleArn: arn, actualArn, by, service, taskDefinition, ...details(facts) },
              ...(severity === undefined ? {} : { severity }),
            },
          ]
        }
        // What can be simulated is there.
        if (role.known || simulation.known) return []
        return [couldNotTell(role, ['role-unread', arn], { en: `the role ${arn}`, ko: `역할 ${arn}` }, true)]
      })
    },

    explain(gone) {
      const { roleArn, actualArn } = gone
      const { en, ko } = namedBy(gone)
      return actualArn === null
        ? {
            en: `${en} names the role ${roleArn}, which does not exist.`,
            ko: `지정된 역할이 존재하지 않습니다: ${roleArn} (${ko})`,
          }
        : {
            en: `${en} names the role ${roleArn}; the role of that name has another path: ${actualArn}.`,
            ko: `지정된 역할과 실제 역할의 경로가 다릅니다. 지정된 역할: ${roleArn}, 실제 역할: ${actualArn} (${ko})`,
          }
    },

    remedy,
    ...check,
  })
}

function nameText(arn: string, actualArn: string | null): Text {
  return actualArn === null
    ? { en: `IAM knows no role ${roleName(arn)}.`, ko: `IAM에 없는 역할: ${roleName(arn)}` }
    : { en: `The role of that name is ${actualArn}.`, ko: `같은 이름의 역할: ${actualArn}` }
}

export const ofTaskDefinition = ({ taskDefinition: { family } }: Gone): Text => ({
  en: `The task definition ${family}`,
  ko: `태스크 정의: ${family}`,
})

/** Where the role would be made again: of its ARN. */
export function placeInArn(roleArn: string): {
  readonly roleName: string
  readonly path: string
  readonly partition: string
} {
  const [partition = 'aws'] = roleArn.split(':').slice(1)
  const path = /:role(\/.*\/)[^/]+$/.exec(roleArn)?.[1] ?? '/'
  return { roleName: roleName(roleArn), path, partition }
}
