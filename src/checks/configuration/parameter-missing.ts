/** Is every Systems Manager parameter there that a container names? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import { joined, type Text } from '../../domain/text.ts'
import { isPublicParameter, secretUses } from '../../task-start/secrets/secret-users.ts'
import { usesText } from './secret-words.ts'

interface Details {
  readonly name: string
  readonly region: string
  readonly uses: readonly Text[]
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'configuration'>({
  id: 'parameter-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'network', 'configuration'],
  permissions: ['ecs:DescribeTaskDefinition', 'ssm:DescribeParameters'],

  title: { en: 'A parameter does not exist', ko: '파라미터가 존재하지 않습니다' },
  why: {
    en: 'ECS fetches every parameter before it starts a container. One that is not there ends the start with ResourceInitializationError: "invalid ssm parameters".',
    ko: 'ECS는 컨테이너를 시작하기 전에 모든 파라미터를 가져옵니다. 하나라도 없으면 ResourceInitializationError("invalid ssm parameters")로 시작이 실패합니다.',
  },

  evaluate({ service, taskDefinition, network, configuration }) {
    const uses = secretUses({ taskDefinition, service }, network.region).filter(({ service }) => service === 'ssm')
    return configuration.parameters.flatMap(({ name, region, exists }): CheckResults<Details> => {
      // AWS lists none of its own parameters: whether one of them is there, nobody can look up without its value.
      const matters = !isPublicParameter(name)
      if (!exists.known)
        return [couldNotTell(exists, ['parameter', name], { en: `parameter ${name}`, ko: `파라미터 ${name}` }, matters)]
      if (exists.value) return []
      const own = usesText(uses.filter((use) => use.id === name && use.region === region))
      return [
        {
          subject: name,
          evidence: [
            { en: `Parameter Store in ${region} lists no ${name}.`, ko: `파라미터 스토어에 없음: ${name} (${region})` },
            ...own,
          ],
          details: { name, region, uses: own },
        },
      ]
    })
  },

  explain: ({ name, region, uses }) => ({
    en: `Parameter Store in ${region} has no parameter ${name} (${joined(uses).en}).`,
    ko: `파라미터 스토어에 없는 파라미터입니다: ${name} (리전: ${region}). 사용하는 곳: ${joined(uses).ko}`,
  }),

  remedy: ({ name, region }) => ({ changes: [{ kind: 'put-parameter', name, type: 'SecureString', region }] }),
})
