/** Does what was asked, whichever door it came through: loads the run and the renderers that it needs, and nothing else. */

import type { Asking } from '../aws/permissions.ts'
import type { Mode } from '../inputs/commands.ts'
import type { Values } from '../inputs/table.ts'
import { NOTHING_MORE, type Performed, type Setting } from './command.ts'

/** Throws `UsageError` for input that cannot be used, and when nothing could be read at all. */
export function perform(command: Mode, values: Values, setting: Setting): Promise<Performed> {
  if (values['print-policy'] && command !== 'explain') return performPolicy(command, values, setting)
  return PERFORM[command](values, setting)
}

/** What the command may ask, before it asks anything. The partition is the Region's; `aws` where none is known. */
async function performPolicy(command: Asking, values: Values, { env }: Setting): Promise<Performed> {
  const { policyFor } = await import('../aws/permissions.ts')
  const { partitionOf } = await import('../domain/partition.ts')
  const region = values.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? ''
  const options = {
    readSecrets: command === 'preflight' && values['read-secrets'],
    flowLogs: command === 'watch' && values['flow-logs'] !== null,
    rollback: command === 'watch' && values['on-failure'] === 'rollback',
  }
  const policy = policyFor(command, partitionOf(region).id, options)
  return { ...NOTHING_MORE, exitCode: 0, output: `${JSON.stringify(policy, null, 2)}\n` }
}

type Perform = (values: Values, setting: Setting) => Promise<Performed>

const PERFORM: Readonly<Record<Mode, Perform>> = {
  preflight: async (values, setting) => (await import('./preflight/index.ts')).performPreflight(values, setting),
  watch: async (values, setting) => (await import('./watch/index.ts')).performWatch(values, setting),
  trace: async (values, setting) => (await import('./trace.ts')).performTrace(values, setting),
  explain: async (values, setting) => (await import('./explain.ts')).performExplain(values, setting),
  snapshot: async (values, setting) => (await import('./snapshot.ts')).performSnapshot(values, setting),
}
