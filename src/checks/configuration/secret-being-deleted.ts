/** Is a secret that a container names waiting to be deleted? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import { joined, type Text } from '../../domain/text.ts'
import { secretUses } from '../../task-start/secrets/secret-users.ts'
import { usesText } from './secret-words.ts'

interface Details {
  readonly arn: string
  readonly region: string
  /** ISO 8601. */
  readonly deletedAt: string
  readonly uses: readonly Text[]
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'configuration'>({
  id: 'secret-being-deleted',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'network', 'configuration'],
  permissions: ['ecs:DescribeTaskDefinition', 'secretsmanager:DescribeSecret'],

  title: { en: 'A secret is scheduled for deletion', ko: '삭제가 예약된 보안 암호입니다' },
  why: {
    en: 'From the moment its deletion is asked for, a secret gives its value to nobody, although it is still there for days. Tasks that run keep what they have; no new one starts.',
    ko: '삭제를 요청하는 순간부터 보안 암호는 며칠 동안 남아 있더라도 값을 내주지 않습니다. 실행 중인 태스크는 계속 실행되지만 새 태스크는 시작되지 않습니다.',
  },

  evaluate({ service, taskDefinition, network, configuration }) {
    const uses = secretUses({ taskDefinition, service }, network.region).filter(
      ({ service }) => service === 'secretsmanager',
    )
    return configuration.secrets.flatMap(({ id, region, secret }): CheckResults<Details> => {
      // One that is not there is another check's matter.
      if (!secret.known && secret.because === 'not-found') return []
      if (!secret.known)
        return [couldNotTell(secret, ['secret', id], { en: `secret ${id}`, ko: `보안 암호 ${id}` }, true)]
      const { arn, deletedAt } = secret.value
      if (deletedAt === null) return []
      const own = usesText(uses.filter((use) => use.id === id && use.region === region))
      const since = new Date(deletedAt).toISOString()
      return [
        {
          subject: arn,
          evidence: [{ en: `DeletedDate: ${since}`, ko: `DeletedDate: ${since}` }, ...own],
          details: { arn, region, deletedAt: since, uses: own },
        },
      ]
    })
  },

  explain: ({ arn, deletedAt, uses }) => ({
    en: `The deletion of secret ${arn} was asked for at ${deletedAt} (${joined(uses).en}).`,
    ko: `삭제가 요청된 보안 암호입니다: ${arn} (요청 시각: ${deletedAt}). 사용하는 곳: ${joined(uses).ko}`,
  }),

  remedy: ({ arn, region }) => ({ changes: [{ kind: 'restore-secret', secretId: arn, region }] }),
})
