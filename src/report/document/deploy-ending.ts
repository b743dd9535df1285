/** Why a deploy has no rollout to tell of, in words, and what that makes of the head of its report. */
import type { DeployEnding, Deployment } from '../../domain/deployment.ts'
import type { Report } from '../../domain/report.ts'
import type { Text } from '../../domain/text.ts'
import type { Head } from './blocks.ts'

/** Preflight's head stays where its verdict is what stopped or what is left to say; elsewhere the ending is the news. */
export function withEnding(head: Head, { ending, deployment }: Report): Head {
  if (ending === undefined) return head
  const said = endingText(ending)
  const done = writtenText(deployment)
  if (OF_PREFLIGHT.has(ending.kind)) {
    const line = { en: `${head.line.en} ${said.en}`, ko: `${head.line.ko} ${said.ko}` }
    return { ...head, line, because: [said, ...head.because] }
  }
  const line = { en: `${said.en} ${done.en}`, ko: `${said.ko} ${done.ko}` }
  return { ...head, line, title: null, sentence: line, because: [], commands: [], left: null }
}

const OF_PREFLIGHT: ReadonlySet<DeployEnding['kind']> = new Set([
  'preflight',
  'rehearsal',
  'dry-run',
  'not-watched',
  'unchanged',
])

/** What AWS has taken, so that nobody has to guess. */
function writtenText(deployment: Deployment | undefined): Text {
  const { revision, registered, updated } = deployment ?? { revision: null, registered: false, updated: false }
  const name = (revision ?? '').slice((revision ?? '').lastIndexOf('/') + 1)
  if (updated) return { en: 'The service is updated.', ko: '서비스는 업데이트되었습니다.' }
  if (!registered)
    return { en: 'Nothing was registered and nothing was updated.', ko: '등록하거나 업데이트한 것은 없습니다.' }
  return {
    en: `${name} is registered, and nothing was updated.`,
    ko: `등록한 개정: ${name}. 업데이트한 것은 없습니다.`,
  }
}

function endingText(ending: DeployEnding): Text {
  switch (ending.kind) {
    case 'preflight':
    case 'rehearsal':
      return { en: 'Nothing was registered and nothing was updated.', ko: '등록하거나 업데이트한 것은 없습니다.' }
    case 'dry-run':
      return {
        en: 'A dry run: nothing was registered and nothing was updated.',
        ko: '시험 실행(dry-run)이므로 등록하거나 업데이트한 것은 없습니다.',
      }
    case 'registered':
      return {
        en: 'Without `service` the task definition is registered and no more.',
        ko: '`service` 입력이 없으므로 태스크 정의를 등록하기만 합니다.',
      }
    case 'task-done':
      return { en: 'The task ran to its end.', ko: '태스크가 끝까지 실행되었습니다.' }
    case 'task-started':
      return {
        en: 'The task was started, and is not waited for.',
        ko: '태스크를 시작했으며 끝나기를 기다리지 않습니다.',
      }
    case 'not-watched':
      return {
        en: 'ECS has taken the update; its rollout is not followed (`wait-for-service-stability: false`).',
        ko: 'ECS가 업데이트를 받아들였습니다. 롤아웃은 추적하지 않습니다(`wait-for-service-stability: false`).',
      }
    case 'unchanged':
      return {
        en: 'The service runs this very revision already: no deployment was started.',
        ko: '서비스가 이미 같은 개정을 실행하고 있어 배포를 시작하지 않았습니다.',
      }
    case 'cancelled':
      return { en: 'The deploy was cancelled before its update.', ko: '업데이트 전에 배포가 취소되었습니다.' }
    case 'emergency':
      return {
        en: `\`emergency\` cannot be done: ${ending.because.en}`,
        ko: `\`emergency\` 입력을 적용할 수 없습니다. ${ending.because.ko}`,
      }
    case 'busy':
      return {
        en: `Somebody else's deployment is in progress (${ending.deploymentId}), and \`on-busy\` is \`fail\`.`,
        ko: `다른 배포가 진행 중이며 \`on-busy\` 입력이 \`fail\`입니다: ${ending.deploymentId}.`,
      }
    case 'still-busy':
      return {
        en: `Somebody else's deployment is still in progress (${ending.deploymentId}), and the time is up.`,
        ko: `다른 배포가 아직 진행 중인데 대기 시간이 지났습니다: ${ending.deploymentId}.`,
      }
    case 'overtaken':
      return {
        en: `AWS did not answer the update, and meanwhile somebody else deployed (${ending.deploymentId}): it was not sent again.`,
        ko: `AWS가 업데이트에 응답하지 않는 동안 다른 배포가 시작되어 다시 보내지 않았습니다: ${ending.deploymentId}.`,
      }
    case 'not-permitted': {
      const listed = ending.missing.map(({ action, resource }) => `${action} (${resource})`).join(', ')
      return {
        en: `The caller may not do what is needed: ${listed}.`,
        ko: `호출자에게 필요한 권한이 없습니다: ${listed}.`,
      }
    }
    case 'refused':
      return {
        en: `AWS refused ${ending.permission}: ${sentence(ending.detail)}`,
        ko: `AWS가 거부했습니다(${ending.permission}): ${sentence(ending.detail)}`,
      }
    case 'unsure':
      return {
        en: `AWS did not say whether ${ending.permission} was done, and nobody could find out: ${sentence(ending.detail)}`,
        ko: `처리되었는지 AWS가 답하지 않았고 확인할 수도 없습니다(${ending.permission}): ${sentence(ending.detail)}`,
      }
    case 'task-failed':
      return {
        en: `The task that was run first failed (${ending.taskArn}): ${sentence(ending.detail)}`,
        ko: `먼저 실행한 태스크가 실패했습니다(${ending.taskArn}): ${sentence(ending.detail)}`,
      }
    case 'task-not-over':
      return {
        en: `The task that was run first has not stopped in time (${ending.taskArn}).`,
        ko: `먼저 실행한 태스크가 제시간에 중지되지 않았습니다: ${ending.taskArn}.`,
      }
    case 'code-deploy-failed':
      return {
        en: `CodeDeploy ended ${ending.deploymentId} with ${ending.status}: ${sentence(ending.detail)}`,
        ko: `CodeDeploy 배포가 끝났습니다(${ending.deploymentId}, ${ending.status}): ${sentence(ending.detail)}`,
      }
    case 'code-deploy-open':
      return {
        en: `The CodeDeploy deployment ${ending.deploymentId} is not over (${ending.status}).`,
        ko: `CodeDeploy 배포가 아직 끝나지 않았습니다: ${ending.deploymentId} (${ending.status}).`,
      }
  }
}

/** What somebody else wrote may be empty, or end without a full stop. */
function sentence(words: string): string {
  const text = words.trim()
  return text === '' ? '…' : /[.!?]$/.test(text) ? text : `${text}.`
}
