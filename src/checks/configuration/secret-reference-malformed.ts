/** Is what follows the ARN of a secret written in full: key, stage and version, each behind a colon? */
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { newRevision } from '../service/service-changes.ts'
import { secretReferences } from './secret-references.ts'

interface Details {
  readonly written: string
  /** With the colons that are missing; null where there are too many. */
  readonly meant: string | null
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  /** Another reference begins so. */
  readonly isPrefix: boolean
}

/** `arn:…:secret:name`, and the same with `:key:stage:version`. */
const PLAIN = 7
const IN_FULL = 10

export default defineCheck<Details, 'service' | 'taskDefinition'>({
  id: 'secret-reference-malformed',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition'],
  permissions: ['ecs:DescribeTaskDefinition'],

  title: { en: 'The key of a secret lacks its colons', ko: '보안 암호의 키에 콜론이 빠져 있습니다' },
  why: {
    en: 'Behind the ARN of a secret stand JSON key, version stage and version id, and each colon has to be there even where nothing follows it: ARN:key::. With another number of parts the ECS agent reads none of it, and the task stops with ResourceInitializationError: unexpected ARN format with parameters.',
    ko: '보안 암호의 ARN 뒤에는 JSON 키, 버전 단계, 버전 ID가 이어지며 값이 없어도 콜론은 모두 있어야 합니다(ARN:key::). 개수가 다르면 ECS 에이전트가 해석하지 못하고 태스크가 ResourceInitializationError(unexpected ARN format with parameters)로 중지됩니다.',
  },

  // ECS Developer Guide, Pass Secrets Manager secrets; amazon-ecs-agent, agent/taskresource/asmsecret.
  evaluate({ service, taskDefinition }) {
    const start = { taskDefinition, service }
    const references = distinct(secretReferences(start))
    return references.filter(isMalformed).map((written) => {
      const { length } = written.split(':')
      return {
        subject: written,
        evidence: [
          {
            en: `${length - PLAIN} of 3 parts follow the name of the secret: ${written}`,
            ko: `보안 암호 이름 뒤에 있어야 하는 3개 항목 중 ${length - PLAIN}개만 있거나 더 많습니다: ${written}`,
          },
        ],
        details: {
          written,
          meant: length < IN_FULL ? written + ':'.repeat(IN_FULL - length) : null,
          service,
          taskDefinition,
          isPrefix: references.some((one) => one !== written && one.startsWith(written)),
        },
      }
    })
  },

  explain: ({ written, meant }) => ({
    en: `${written} lacks colons${meant === null ? ' in the right number' : `: ${meant} is meant`}.`,
    ko: `콜론의 개수가 맞지 않습니다: ${written}${meant === null ? '' : ` (올바른 형식: ${meant})`}`,
  }),

  remedy: ({ written, meant, isPrefix, service, taskDefinition }) =>
    meant === null || isPrefix
      ? {
          changes: [],
          after: [
            {
              en: `In the next revision of the task definition, write ${meant ?? 'ARN:key:stage:version'} in the place of ${written}.`,
              ko: `태스크 정의의 다음 개정에서 값을 바꿉니다: ${written} → ${meant ?? 'ARN:key:stage:version'}`,
            },
          ],
        }
      : newRevision(service, taskDefinition, { secrets: [{ from: written, to: meant }] }),
})

function isMalformed(written: string): boolean {
  const { length } = written.split(':')
  return /^arn:[^:]+:secretsmanager:/.test(written) && length > PLAIN && length !== IN_FULL
}
