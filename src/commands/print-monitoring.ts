/** `--print-monitoring`: the alarm and the dashboard of a service, as text. Asks AWS nothing. */
import { needed } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import { type MonitoringForm, monitoringText } from '../report/metrics/monitoring.ts'
import { type CommandContext, type CommandResult, NOTHING_MORE } from './command.ts'
import { regionFor } from './region.ts'

/** Throws `UsageError` without a service, and where no Region is known. */
export function printMonitoring(form: MonitoringForm, values: Values, context: CommandContext): CommandResult {
  const [service] = values.service ?? []
  if (service === undefined) throw needed(['service'], context.frontend)
  const arn = /:service\/([^/]+)\/([^/]+)$/.exec(service)
  const cluster = (values.cluster ?? arn?.[1] ?? 'default').replace(/^arn:.*\//, '')
  const monitored = { region: regionFor(values, context), cluster, service: arn?.[2] ?? service }
  return { ...NOTHING_MORE, exitCode: 0, output: monitoringText(form, monitored, values.language) }
}
