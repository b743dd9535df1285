/** Is every secret named by its whole ARN, with the six characters that Secrets Manager adds? */
import { type CheckResults, defineCheck, type Found } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { joined, type Text } from '../../domain/text.ts'
import { secretUses } from '../../task-start/secrets/secret-users.ts'
import { needsOf } from '../role/role-denials.ts'
import { isRefusedByHalf } from '../role/secret-rights.ts'
import { newRevision } from '../service/service-changes.ts'
import { replacesMore } from './secret-references.ts'
import { usesText } from './secret-words.ts'

interface Details {
  readonly id: string
  readonly arn: string
  /** The role is allowed the whole ARN alone. */
  readonly refused: boolean
  readonly uses: readonly Text[]
  readonly service: Service
  readonly taskDefinition: TaskDefinition
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'compute' | 'role' | 'configuration'>({
  id: 'secret-arn-incomplete',
  step: 'configuration',
  severity: 'warning',
  needs: ['service', 'taskDefinition', 'network', 'compute', 'role', 'configuration'],
  permissions: ['ecs:DescribeTaskDefinition', 'secretsmanager:DescribeSecret'],

  title: { en: 'A secret is named without its six characters', ko: '보안 암호의 ARN에 마지막 6글자가 없습니다' },
  why: {
    en: 'The ARN of a secret ends in a hyphen and six characters that Secrets Manager chose. Task definitions that leave them out are reported to fail: the secret is not found, or the role is refused, because its policy holds the whole ARN.',
    ko: '보안 암호의 ARN은 하이픈과 Secrets Manager가 정한 6글자로 끝납니다. 이를 생략한 태스크 정의는 보안 암호를 찾지 못하거나, 역할의 정책에 전체 ARN이 있어 거부되는 것으로 보고되어 있습니다.',
  },

  evaluate(facts) {
    const { service, taskDefinition, network, configuration } = facts
    const uses = secretUses({ taskDefinition, service }, network.region)
    return configuration.secrets.flatMap(({ id, region, secret }): CheckResults<Details> => {
      if (!secret.known || !id.startsWith('arn:') || secret.value.arn === id) return []
      const { arn } = secret.value
      const own = usesText(uses.filter((use) => use.id === id && use.region === region))
      const refused = needsOf(facts).some((need) => need.resource === id && isRefusedByHalf(need, facts.role))
      const found: Found<Details> = {
        subject: id,
        evidence: [{ en: `The whole ARN is ${arn}.`, ko: `전체 ARN: ${arn}` }, ...own],
        details: { id, arn, refused, uses: own, service, taskDefinition },
      }
      return [refused ? { ...found, severity: 'blocker' } : found]
    })
  },

  explain: ({ id, arn, refused, uses }) => {
    const { en, ko } = joined(uses)
    const role = refused
      ? {
          en: ' The execution role is not allowed to read it by that name.',
          ko: ' 태스크 실행 역할은 이 이름으로 읽을 권한이 없습니다.',
        }
      : { en: '', ko: '' }
    return {
      en: `${id} leaves out the six characters at the end: the full ARN is ${arn} (${en}).${role.en}`,
      ko: `ARN 끝의 6글자가 빠져 있습니다: ${id}. 전체 ARN: ${arn} (사용하는 곳: ${ko}).${role.ko}`,
    }
  },

  /** Never a wider role: by its whole ARN the secret is what the policy means. */
  remedy({ id, arn, service, taskDefinition }) {
    if (replacesMore(id, { taskDefinition, service })) {
      return {
        changes: [],
        after: [
          {
            en: `In the next revision of the task definition, write ${arn} in the place of ${id}.`,
            ko: `태스크 정의의 다음 개정에서 값을 바꿉니다: ${id} → ${arn}`,
          },
        ],
      }
    }
    return newRevision(service, taskDefinition, { secrets: [{ from: id, to: arn }] })
  },
})
