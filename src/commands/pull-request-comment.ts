/** Brings the report to the pull request of the job, where the input `comment` says so. Never throws; a notice says what was in the way. */

import type { AnyReport } from '../domain/services-report.ts'
import type { Text } from '../domain/text.ts'
import { TOOL } from '../domain/version.ts'
import { JOB_TOKEN } from '../inputs/input.ts'
import type { Values } from '../inputs/table.ts'
import { systemClock } from './clock.ts'

export async function commentOn(report: AnyReport, values: Values, env: NodeJS.ProcessEnv): Promise<Text | null> {
  const { comment: when, language } = values
  if (when === 'never') return null
  try {
    const { readJob } = await import('../github/github-job.ts')
    const job = await readJob(env)
    if (job === null) return null
    const [{ writeComment }, { renderComment, speaksUp }, { markerOfReport }] = await Promise.all([
      import('../github/comment.ts'),
      import('../report/comment/comment.ts'),
      import('../report/comment/memory.ts'),
    ])
    const request = {
      when,
      token: values['github-token'] === JOB_TOKEN ? '' : values['github-token'],
      job,
      marker: markerOfReport(report),
      hasFindings: speaksUp(report),
      draw: (earlier: string | null) => renderComment(report, { language, earlier, commit: job.commit, run: job.run }),
      userAgent: `${TOOL.name}/${TOOL.version}`,
    }
    return (await writeComment(request, systemClock)).notice
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return {
      en: `The comment on the pull request could not be written (${said}). The job summary has the whole report.`,
      ko: `풀 리퀘스트에 댓글을 쓰지 못했습니다(${said}). 전체 보고서는 작업 요약에 있습니다.`,
    }
  }
}
