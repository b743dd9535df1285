/** `rehearse`: preflight, and then one throw-away task a subnet that shows whether it is right. */

import { isLoose, type Loose } from '../../aws/calls/call.ts'
import { describeTaskDefinition } from '../../aws/calls/ecs.ts'
import { gatherService, type ServiceGathering } from '../../aws/gather/index.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import type { Values } from '../../inputs/table.ts'
import type { CommandContext, CommandResult } from '../command.ts'
import { ownerIn } from '../lease-owner.ts'
import { judgeGathered } from '../preflight/judge-gathered.ts'
import { refuseUnknownIgnores } from '../preflight/preflight.ts'
import { regionFor } from '../region.ts'
import { ignoresIn, imagesIn, readerFor, serviceRequest } from '../service-request.ts'
import { toolIn } from '../tool.ts'
import { finishReport } from '../write-report.ts'
import { concludeRehearsal, exitCodeOfRehearsal } from './conclusion.ts'
import { rehearse } from './rehearse.ts'

/** Throws `UsageError` like preflight; a rehearsal that was interrupted answers with what it saw. */
export async function runRehearse(values: Values, context: CommandContext): Promise<CommandResult> {
  const { clock, say, env, signal } = context
  const [request, patient] = await Promise.all([serviceRequest(values), readerFor(values, context)])
  const ignore = ignoresIn(values)
  refuseUnknownIgnores(ignore)
  const gathering = await gatherService(patient, request)
  const preflight = judgeGathered(gathering, { failOn: [], ignore }, toolIn(env))
  const { openLive } = await import('../../aws/reader/live.ts')
  const { openWriter } = await import('../../aws/writer/writer.ts')
  const region = regionFor(values, context)
  const { limits: _, ...aws } = context.aws ?? {}
  const reader = openLive({ region, env, limits: LIMITS, ...aws })
  const rehearsal = await rehearse(
    {
      facts: gathering.facts,
      definition: await definitionOf(values, gathering, reader),
      images: imagesIn(values),
      subnets: values['rehearse-subnets'],
      paths: preflight.paths,
      minutes: values['wait-for-minutes'],
      owner: ownerIn(env),
    },
    {
      reader,
      writer: openWriter({ region, clock, random: Math.random, ...aws }),
      clock,
      random: Math.random,
      say,
      ...(signal === undefined ? {} : { signal }),
    },
  )
  const report = { ...concludeRehearsal(preflight, rehearsal), readAt: clock.now() }
  return { exitCode: exitCodeOfRehearsal(rehearsal), ...(await finishReport(report, null, values, context)) }
}

/** A rehearsal lasts longer than a preflight may. */
const LIMITS = { callMs: 20_000, runMs: Number.POSITIVE_INFINITY }

/** As it is registered, or would be; null where it could not be read, which preflight has said by then. */
async function definitionOf(values: Values, { facts }: ServiceGathering, reader: Reader): Promise<Loose | null> {
  const named = values['task-definition']?.[0] ?? (facts.service.known ? facts.service.value.taskDefinitionArn : '')
  if (named === '') return null
  const { namesTaskDefinition } = await import('../../aws/task-definition/file.ts')
  if (!namesTaskDefinition(named)) {
    const { registrationFromFile } = await import('../../aws/task-definition/registration.ts')
    return (await registrationFromFile(named, { images: {} })).input
  }
  const answer = await reader.read(describeTaskDefinition, { id: [named] })
  const found: unknown = answer.known ? answer.value[0]?.taskDefinition : undefined
  return isLoose(found) ? found : null
}
