/** What is said of a situation, for as long as it has lasted at a given moment. */
import type { RunningDigest } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { durationText } from '../timing/duration.ts'
import { digestText } from './running-images.ts'
import type { Situation } from './situation.ts'

/** Less is hardly a time that something lasts. */
const TOLD_MS = 10_000

/** `now` by the clock of ECS. */
export function situationText(situation: Situation, now: number): Text {
  const { kind, since, until } = situation
  switch (kind) {
    case 'not-appeared': {
      const { wanted, primary, runs, waitsMs } = situation
      const most = durationText(waitsMs / 1_000)
      return {
        en: `No deployment of ${wanted} has appeared yet; the primary deployment is ${primary}, which runs ${runs}. It is waited for, for up to ${most.en} (wait-for-deployment).`,
        ko: `찾는 배포가 아직 나타나지 않았습니다: ${wanted}. 기본 배포: ${primary}, 실행 중인 개정: ${runs}. 최대 ${most.ko} 동안 기다립니다(wait-for-deployment).`,
      }
    }
    case 'same-revision': {
      const { id, times } = situation
      const [often, oftenKo] = times === 1 ? ['once more', '한 번 더'] : [`${times} times more`, `${times}회 더`]
      return {
        en: `The same revision was deployed ${often} while the rollout went on; the watch follows ${id}.`,
        ko: `롤아웃이 진행되는 동안 같은 개정이 ${oftenKo} 배포되었습니다. 추적하는 배포: ${id}`,
      }
    }
    case 'deadlock': {
      const { old, minimumHealthyPercent, maximumPercent } = situation
      return {
        en: `Deadlock: with minimumHealthyPercent ${minimumHealthyPercent} and maximumPercent ${maximumPercent}, none of the ${old} old tasks may stop and no new one may start beside them. One of the two has to be changed.`,
        ko: `교착 상태: minimumHealthyPercent ${minimumHealthyPercent}, maximumPercent ${maximumPercent} 설정에서는 이전 태스크(${old}개)를 중지할 수도 새 태스크를 시작할 수도 없습니다. 두 값 중 하나를 바꿔야 합니다.`,
      }
    }
    case 'capacity-missing':
      return capacityText(situation, lasting(since, until ?? now))
    case 'instances-late':
      return instancesText(situation, lasting(since, until ?? now))
    case 'crash-loop': {
      const { tasks, container, exitCode } = situation
      const what = [container ?? '', exitCode === null ? '' : `exit code ${exitCode}`].filter((part) => part !== '')
      const [by, byKo] =
        what.length === 0
          ? ['', '']
          : [` (${what.join(', ')})`, ` (${what.join(', ').replace('exit code', '종료 코드')})`]
      return {
        en: `Crash loop: ${tasks} tasks started, and their container ended again${by}. The image was pulled; what the container wrote last tells why.`,
        ko: `크래시 루프: 태스크 ${tasks}개가 시작된 뒤 컨테이너가 다시 종료되었습니다${byKo}. 이미지 풀은 성공했으며 원인은 컨테이너의 마지막 로그에서 확인합니다.`,
      }
    }
    case 'other-image':
      return otherImageText(situation)
  }
}

type OtherImage = Extract<Situation, { readonly kind: 'other-image' }>

function otherImageText({ images, tasks }: OtherImage): Text {
  const lines = images.map((one) => otherImageLine(one, tasks))
  return {
    en: `Not the image that was wanted. ${lines.map(({ en }) => en).join(' ')}`,
    ko: `의도한 이미지가 아닙니다. ${lines.map(({ ko }) => ko).join(' ')}`,
  }
}

function otherImageLine({ container, image, wanted, running, tasks }: RunningDigest, all: number): Text {
  const what = digestText(running ?? '')
  const runs = {
    en: `Container ${container} runs ${what} in ${tasks} of ${all} tasks`,
    ko: `컨테이너 ${container}의 이미지: ${what} (태스크 ${all}개 중 ${tasks}개)`,
  }
  if (image.includes('@')) {
    return {
      en: `${runs.en}; the task definition names ${digestText(wanted ?? '')}.`,
      ko: `${runs.ko}, 태스크 정의에 지정된 이미지: ${digestText(wanted ?? '')}.`,
    }
  }
  if (wanted === null) {
    return {
      en: `${runs.en}: the tag moved during the rollout (${image}).`,
      ko: `${runs.ko}. 롤아웃 중에 태그가 다른 이미지로 옮겨졌습니다(${image}).`,
    }
  }
  return {
    en: `${runs.en}; the tag led to ${digestText(wanted)} when it was read: it has moved (${image}).`,
    ko: `${runs.ko}, 태그를 조회했을 때의 이미지: ${digestText(wanted)}. 태그가 다른 이미지로 옮겨졌습니다(${image}).`,
  }
}

function lasting(since: number | null, to: number): Text | null {
  const ms = since === null ? 0 : to - since
  return ms < TOLD_MS ? null : durationText(ms / 1_000)
}

type Waiting = Extract<Situation, { readonly kind: 'capacity-missing' | 'instances-late' }>

function capacityText({ capacityProviders, until }: Waiting, time: Text | null): Text {
  const spot = capacityProviders.find((name) => name.endsWith('_SPOT'))
  const of = namesOf(spot === undefined ? capacityProviders : [spot])
  const [what, whatKo] = spot === undefined ? ['Capacity', '용량이'] : ['Spot capacity', '스팟 용량이']
  if (until !== null) {
    return {
      en: `${what} came late${of}: ECS could place a task again${time === null ? '' : ` after ${time.en}`}.`,
      ko: `${whatKo} 늦게 확보되었습니다${of}. ECS가 태스크를 다시 배치하기까지 걸린 시간: ${time?.ko ?? '10초 미만'}`,
    }
  }
  const [more, moreKo] =
    spot === undefined
      ? ['', '']
      : [
          ' A base of on-demand tasks (FARGATE) does not depend on it.',
          ' 온디맨드 태스크(FARGATE의 base)는 스팟 용량에 의존하지 않습니다.',
        ]
  return {
    en: `${what} does not come${of}: ECS has placed no further task${time === null ? '' : ` for ${time.en}`} and goes on trying.${more}`,
    ko: `${whatKo} 확보되지 않습니다${of}. ECS가 태스크를 배치하지 못하고 계속 시도하고 있습니다${time === null ? '' : `(${time.ko})`}.${moreKo}`,
  }
}

function instancesText({ capacityProviders, until }: Waiting, time: Text | null): Text {
  const of = namesOf(capacityProviders)
  return until === null
    ? {
        en: `Instances are awaited${of}: no container instance has room for a task yet${time === null ? '' : `, for ${time.en} now`}.`,
        ko: `컨테이너 인스턴스를 기다립니다${of}. 아직 태스크를 실행할 여유가 있는 인스턴스가 없습니다${time === null ? '' : `(${time.ko})`}.`,
      }
    : {
        en: `Instances came late${of}: a task found room${time === null ? '' : ` only after ${time.en}`}. It passed by itself.`,
        ko: `컨테이너 인스턴스가 늦게 준비되었습니다${of}. 태스크가 배치되기까지 걸린 시간: ${time?.ko ?? '10초 미만'}. 저절로 해결되었습니다.`,
      }
}

function namesOf(capacityProviders: readonly string[]): string {
  return capacityProviders.length === 0 ? '' : ` (${capacityProviders.join(', ')})`
}
