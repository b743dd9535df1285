/** Why there is no comment, and what would make one: a sentence or two each. */
import type { Text } from '../domain/text.ts'
import type { Refusal } from './api.ts'
import type { GitHubJob } from './github-job.ts'

const STILL: Text = { en: 'The job summary has the whole report.', ko: '전체 보고서는 작업 요약에 있습니다.' }

export function noToken(): Text {
  return sentences({
    en: 'No comment was written, because the input `github-token` is empty.',
    ko: '`github-token` 입력이 비어 있어 댓글을 쓰지 않았습니다.',
  })
}

export function noPullRequest(event: string): Text {
  return sentences({
    en: `No comment was written, because this run (event: ${event}) belongs to no pull request.`,
    ko: `이 실행(이벤트: ${event})에 해당하는 풀 리퀘스트가 없어 댓글을 쓰지 않았습니다.`,
  })
}

/** What was asked may differ from call to call; what helps does not. */
export function notWritten(refusal: Refusal, job: Pick<GitHubJob, 'readOnly'>): Text {
  const said = refusal.status === null ? refusal.detail : `${refusal.status}: ${refusal.detail}`
  const { en, ko } = adviceFor(refusal, job)
  return sentences({
    en: `The comment on the pull request could not be written (${said}). ${en}`,
    ko: `풀 리퀘스트에 댓글을 쓰지 못했습니다(${said}). ${ko}`,
  })
}

function adviceFor({ because }: Refusal, { readOnly }: Pick<GitHubJob, 'readOnly'>): Text {
  switch (because) {
    case 'forbidden':
      return readOnly ? READ_ONLY : PERMISSION
    case 'absent':
      return {
        en: 'The token cannot see the repository or the pull request: give the job the permission `pull-requests: write`.',
        ko: '토큰으로 리포지토리 또는 풀 리퀘스트를 볼 수 없습니다. 작업에 `pull-requests: write` 권한을 부여해야 합니다.',
      }
    case 'invalid':
      return {
        en: 'GitHub does not take a comment there: the conversation may be locked.',
        ko: 'GitHub가 댓글을 받지 않았습니다. 대화가 잠겨 있을 수 있습니다.',
      }
    case 'rate-limited':
      return {
        en: "GitHub's rate limit is reached; the next run writes the comment.",
        ko: 'GitHub의 속도 제한에 도달했습니다. 다음 실행에서 댓글을 씁니다.',
      }
    case 'unreachable':
    case 'failed':
      return { en: 'The next run tries again.', ko: '다음 실행에서 다시 시도합니다.' }
  }
}

const READ_ONLY: Text = {
  en: 'GitHub gives runs from forks and from Dependabot a token that only reads.',
  ko: 'GitHub는 포크 및 Dependabot의 실행에 읽기 전용 토큰을 제공합니다.',
}
const PERMISSION: Text = {
  en: 'Give the job the permission `pull-requests: write`.',
  ko: '작업에 `pull-requests: write` 권한을 부여해야 합니다.',
}

function sentences(first: Text): Text {
  return { en: `${first.en} ${STILL.en}`, ko: `${first.ko} ${STILL.ko}` }
}
