/** The command `deploy`: opens AWS for reading and for writing, and hands the report on. */
import { randomUUID } from 'node:crypto'
import type { AwsService } from '../../aws/calls/call.ts'
import { openLive } from '../../aws/reader/live.ts'
import { openWriter } from '../../aws/writer/writer.ts'
import type { Text } from '../../domain/text.ts'
import type { Values } from '../../inputs/table.ts'
import type { CommandContext, CommandResult } from '../command.ts'
import { ownerIn } from '../lease-owner.ts'
import { sourceOf } from '../preflight/index.ts'
import { regionFor } from '../region.ts'
import { slowAnswer } from '../service-request.ts'
import { toolIn } from '../tool.ts'
import { openTapes, POLLS, stamped, TIMEOUTS } from '../watch/index.ts'
import { finishReport } from '../write-report.ts'
import { exitCodeOfDeploy } from './conclusion.ts'
import { deploy } from './deploy.ts'
import type { DeployDeps, DeployRequest } from './request.ts'
import { requestFrom } from './typed-request.ts'

/** What a step of a pipeline can wait for at a single call. */
const PATIENT = { ...TIMEOUTS, limits: { callMs: 25_000, runMs: Number.POSITIVE_INFINITY } }
/** A job that is being cancelled is killed ten seconds later. */
const LAST_WORDS = { ...TIMEOUTS, maxAttempts: 2, limits: { callMs: 3_000, runMs: 6_000 } }

/** Throws `UsageError` for input that cannot be used; whatever AWS refuses is a report. */
export async function runDeploy(values: Values, context: CommandContext): Promise<CommandResult> {
  const [request, source] = await Promise.all([requestFrom(values, context), sourceOf(values, context)])
  const deps = depsFor(request, values, context)
  const { output, service } = values
  const tapes = output === null || service === null ? null : await openTapes(output, [{ service: service[0] }], context)
  try {
    const report = await deploy(request, { ...deps, ...(tapes === null ? {} : { tape: tapes.of(null) }) })
    if (values.metrics !== null) {
      const { writeMetrics } = await import('../../aws/rollout/metrics.ts')
      const missing = await writeMetrics(report, values.metrics, deps)
      if (missing !== null) deps.say(missing)
    }
    return { exitCode: exitCodeOfDeploy(report), ...(await finishReport(report, source, values, context)) }
  } finally {
    tapes?.close()
  }
}

function depsFor({ onCancel }: Pick<DeployRequest, 'onCancel'>, values: Values, context: CommandContext): DeployDeps {
  const { clock, env, aws } = context
  const region = regionFor(values, context)
  const beganAt = clock.now()
  const say = (line: Text) => context.say(stamped(line, clock.now() - beganAt))
  const slow = (service: AwsService) => say(slowAnswer(service))
  const signal = context.signal === undefined ? {} : { signal: context.signal }
  const place = { region, env, ...aws }
  const writer = openWriter({ ...place, clock, random: Math.random })
  return {
    polls: openLive({ ...place, ...POLLS, ...signal }),
    reader: openLive({ ...place, ...PATIENT, slow, ...signal }),
    writer,
    // No signal: what was changed for a while is put back to its end.
    settings: { reader: openLive({ ...place, ...PATIENT, slow }), writer, clock, say, owner: ownerIn(env) },
    token: randomUUID,
    cancelReader: onCancel === 'rollback' ? openLive({ ...place, ...LAST_WORDS }) : null,
    clock,
    random: Math.random,
    tool: toolIn(env),
    say,
    ...signal,
  }
}
