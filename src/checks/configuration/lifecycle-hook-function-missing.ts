/** Is every Lambda function there that a lifecycle hook of the deployment calls? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { Text } from '../../domain/text.ts'

interface Details {
  readonly arn: string
  /** Null where there is no such function. */
  readonly state: string | null
  readonly stages: readonly string[]
}

export default defineCheck<Details, 'service' | 'configuration'>({
  id: 'lifecycle-hook-function-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'configuration'],
  permissions: ['ecs:DescribeServices', 'lambda:GetFunctionConfiguration'],

  title: { en: 'A lifecycle hook has no function to call', ko: '수명 주기 후크가 호출할 함수가 없습니다' },
  why: {
    en: 'At each stage that the hook names, ECS calls its Lambda function and waits for the answer. A call that fails ends the deployment, and ECS rolls it back.',
    ko: 'ECS는 후크에 지정된 단계마다 Lambda 함수를 호출하고 응답을 기다립니다. 호출이 실패하면 배포가 끝나고 ECS가 롤백합니다.',
  },

  evaluate: ({ service, configuration }) =>
    (configuration.hookFunctions ?? []).flatMap(({ arn, state }): CheckResults<Details> => {
      const hooks = service.deploymentConfiguration.lifecycleHooks.filter(({ hookTargetArn }) => hookTargetArn === arn)
      if (hooks.length === 0) return []
      if (!state.known && state.because !== 'not-found') {
        return [couldNotTell(state, ['hook-function', arn], { en: `function ${arn}`, ko: `함수 ${arn}` }, true)]
      }
      // A function that was not called for weeks is Inactive, and becomes active by the call.
      const now = state.known ? state.value : null
      if (now !== null && now !== 'Failed') return []
      const stages = hooks.flatMap(({ lifecycleStages }) => lifecycleStages)
      return [{ subject: arn, evidence: [stateText(arn, now)], details: { arn, state: now, stages } }]
    }),

  explain: ({ arn, state, stages }) =>
    state === null
      ? {
          en: `The lifecycle hook (${stages.join(', ')}) calls ${arn}, which does not exist.`,
          ko: `수명 주기 후크가 호출하는 함수가 존재하지 않습니다: ${arn} (단계: ${stages.join(', ')})`,
        }
      : {
          en: `The lifecycle hook (${stages.join(', ')}) calls ${arn}, which is in the state ${state} and cannot be called.`,
          ko: `수명 주기 후크가 호출하는 함수를 사용할 수 없습니다: ${arn} (상태: ${state}, 단계: ${stages.join(', ')})`,
        },

  remedy: ({ arn }) => ({
    changes: [],
    after: [
      {
        en: `Deploy the function ${arn} again, or take the hook out of the service's deployment configuration.`,
        ko: `함수를 다시 배포하거나 서비스의 배포 구성에서 후크를 제거합니다: ${arn}`,
      },
    ],
  }),
})

function stateText(arn: string, state: string | null): Text {
  return state === null
    ? { en: `Lambda knows no ${arn}.`, ko: `Lambda에 없음: ${arn}` }
    : { en: `State of ${arn}: ${state}`, ko: `${arn}의 상태: ${state}` }
}
