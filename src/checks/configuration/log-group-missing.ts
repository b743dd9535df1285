/** Is every log group there that a container writes to? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import { logGroupOf, partsOf, partText, type Start } from '../../domain/named-resources.ts'
import { joined, type Text } from '../../domain/text.ts'

interface Details {
  readonly name: string
  readonly region: string
  readonly writers: readonly Text[]
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'configuration'>({
  id: 'log-group-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'network', 'configuration'],
  permissions: ['ecs:DescribeTaskDefinition', 'logs:DescribeLogGroups'],

  title: { en: 'A log group does not exist', ko: '로그 그룹이 존재하지 않습니다' },
  why: {
    en: 'The log driver makes its stream before the container starts. Without the group it fails with ResourceNotFoundException, and the task stops before a line of the application has run.',
    ko: '로그 드라이버는 컨테이너를 시작하기 전에 로그 스트림을 만듭니다. 로그 그룹이 없으면 ResourceNotFoundException으로 실패하고, 애플리케이션이 실행되기 전에 태스크가 중지됩니다.',
  },

  evaluate: ({ service, taskDefinition, network, configuration }) =>
    configuration.logGroups.flatMap(({ name, region, exists }): CheckResults<Details> => {
      const writers = writersNeeding({ taskDefinition, service }, name, region, network.region)
      if (writers.length === 0) return []
      if (!exists.known)
        return [couldNotTell(exists, ['log-group', name], { en: `log group ${name}`, ko: `로그 그룹 ${name}` }, true)]
      if (exists.value) return []
      return [
        {
          subject: name,
          evidence: writers.map(({ en, ko }) => ({
            en: `${en}: awslogs-group ${name}, awslogs-region ${region}, awslogs-create-group not true`,
            ko: `${ko}: awslogs-group ${name}, awslogs-region ${region}, awslogs-create-group 값이 true가 아님`,
          })),
          details: { name, region, writers },
        },
      ]
    }),

  explain: ({ name, region, writers }) => ({
    en: `CloudWatch Logs in ${region} has no log group ${name}, and nothing makes it. Written to by ${joined(writers).en}.`,
    ko: `CloudWatch Logs에 없으며 자동으로 만들어지지도 않는 로그 그룹입니다: ${name} (리전: ${region}). 사용하는 곳: ${joined(writers).ko}`,
  }),

  remedy: ({ name, region }) => ({
    changes: [{ kind: 'create-log-group', logGroupName: name, region }],
    after: [
      {
        en: 'Or set the log option awslogs-create-group to "true", and let the execution role call logs:CreateLogGroup.',
        ko: '또는 로그 옵션 awslogs-create-group 값을 "true"로 지정하고, 태스크 실행 역할에 logs:CreateLogGroup 권한을 추가합니다.',
      },
    ],
  }),
})

/** Who writes to the group and does not make it: `awslogs-create-group` (ECS Developer Guide, awslogs log driver). */
export function writersNeeding(start: Start, name: string, region: string, own: string): readonly Text[] {
  return partsOf(start)
    .filter((part) => {
      const group = logGroupOf(part, own)
      return group?.name === name && group.region === region && !group.create
    })
    .map(partText)
}
