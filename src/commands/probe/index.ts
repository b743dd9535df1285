/** The command `probe`: exit code 0 where every needed host answered, 1 where one did not, 3 where it could not be tried. */
import type { Values } from '../../inputs/table.ts'
import type { CommandContext, CommandResult } from '../command.ts'
import { regionFor } from '../region.ts'
import { readerFor, serviceRequest } from '../service-request.ts'
import { toolIn } from '../tool.ts'
import { finishReport } from '../write-report.ts'

export async function runProbe(values: Values, context: CommandContext): Promise<CommandResult> {
  const { clock, aws, say, env, signal } = context
  const [request, reader] = await Promise.all([serviceRequest(values), readerFor(values, context)])
  const [{ openWriter }, { exitCodeOf, probe }] = await Promise.all([
    import('../../aws/writer/writer.ts'),
    import('./probe.ts'),
  ])
  const readAt = clock.now()
  const writer = openWriter({ region: regionFor(values, context), clock, random: Math.random, ...aws })
  const asked = { ...request, container: values.container, failOn: values['fail-on'], ignore: [] }
  const deps = { reader, writer, clock, tool: toolIn(env), say, ...(signal === undefined ? {} : { signal }) }
  const report = { ...(await probe(asked, deps)), readAt }
  return { exitCode: exitCodeOf(report.probe), ...(await finishReport(report, null, values, context)) }
}
