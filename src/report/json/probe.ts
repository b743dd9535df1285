/** The members of a probe as the contract's JSON (section 10). */
import type { ProbeReport } from '../../domain/probe.ts'
import type { Language } from '../../domain/text.ts'
import type { ReportJson } from './shape.ts'

export function probeJson(
  { attempts, notProbed }: ProbeReport,
  language: Language,
): Required<Pick<ReportJson, 'probe' | 'notProbed'>> {
  return {
    probe: attempts.map((attempt) => ({
      taskId: attempt.taskId,
      subnetId: attempt.subnetId,
      destination: attempt.destination,
      host: attempt.host,
      port: attempt.port,
      resolvedTo: attempt.resolvedTo,
      is: attempt.is,
      connect: attempt.connect,
      by: attempt.by,
      predicted: attempt.predicted,
      agrees: attempt.agrees,
      required: attempt.required,
    })),
    notProbed: notProbed.map(({ subnetId, taskId, kind, because, detail, remedy, cli }) => ({
      subnetId,
      taskId,
      kind,
      because: because[language],
      detail,
      remedy: remedy.map((line) => line[language]),
      cli,
    })),
  }
}
