/** The commands that mend several findings, in the order of the report, each once. */
import type { Finding } from '../../domain/report.ts'

export function fixAll(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ remedy }) => remedy.cli))]
}
