/** The command `probe`: exit code 0 where every needed host answered, 1 where one did not, 3 where it could not be tried. */
import { openLive } from '../../aws/reader/live.ts'
import { openWriter } from '../../aws/writer/writer.ts'
import type { Values } from '../../inputs/table.ts'
import type { CommandContext, CommandResult } from '../command.ts'
import { ownerIn } from '../lease-owner.ts'
import { regionFor } from '../region.ts'
import { readerFor, serviceRequest } from '../service-request.ts'
import { toolIn } from '../tool.ts'
import { finishReport } from '../write-report.ts'
import { exitCodeOf, type ProbeDeps, probe } from './probe.ts'

/** A deployment lies between what is read first and what is read last. */
const LIMITS = { callMs: 25_000, runMs: Number.POSITIVE_INFINITY }

export async function runProbe(values: Values, context: CommandContext): Promise<CommandResult> {
  const { clock } = context
  const request = await serviceRequest(values)
  const readAt = clock.now()
  const asked = { ...request, container: values.container, failOn: values['fail-on'], ignore: [] }
  const report = { ...(await probe(asked, await depsFor(values, context))), readAt }
  return { exitCode: exitCodeOf(report.probe), ...(await finishReport(report, null, values, context)) }
}

async function depsFor(values: Values, context: CommandContext): Promise<ProbeDeps> {
  const { clock, aws, say, env } = context
  const region = regionFor(values, context)
  const signal = context.signal === undefined ? {} : { signal: context.signal }
  const tool = toolIn(env)
  const writer = openWriter({ region, clock, random: Math.random, ...aws })
  const deps = { writer, clock, tool, say, ...signal }
  if (!values['enable-exec']) return { ...deps, reader: await readerFor(values, context), exec: null }
  const place = { region, env, ...aws, limits: LIMITS }
  const patient = openLive({ ...place, ...signal })
  const exec = {
    // No signal: what was changed for a while is put back to its end.
    reader: openLive(place),
    writer,
    clock,
    say,
    owner: ownerIn(env),
    waitMinutes: values['wait-for-minutes'],
    polls: openLive({ ...place, maxAttempts: 3, ...signal }),
    patient,
    random: Math.random,
    tool,
    ...signal,
  }
  return { ...deps, reader: patient, exec }
}
