/** Runs a command, whichever frontend asks for it. Nothing is loaded but that one. */
import type { Asking } from '../aws/permissions.ts'
import type { Mode } from '../inputs/commands.ts'
import type { Values } from '../inputs/table.ts'
import { type CommandContext, type CommandResult, NOTHING_MORE } from './command.ts'

/** Throws `UsageError` for input that cannot be used, and when nothing could be read at all. */
export async function runCommand(command: Mode, values: Values, context: CommandContext): Promise<CommandResult> {
  if (values['print-policy'] && command !== 'explain') return printPolicy(command, values, context)
  if (command === 'deploy' && values['print-monitoring'] !== null) {
    return (await import('./print-monitoring.ts')).printMonitoring(values['print-monitoring'], values, context)
  }
  switch (command) {
    case 'preflight':
      return (await import('./preflight/index.ts')).runPreflight(values, context)
    case 'deploy':
      return (await import('./deploy/index.ts')).runDeploy(values, context)
    case 'watch':
      return (await import('./watch/index.ts')).runWatch(values, context)
    case 'rehearse':
      return (await import('./rehearse/index.ts')).runRehearse(values, context)
    case 'probe':
      return (await import('./probe/index.ts')).runProbe(values, context)
    case 'trace':
      return (await import('./trace.ts')).runTrace(values, context)
    case 'explain':
      return (await import('./explain.ts')).runExplain(values, context)
    case 'snapshot':
      return (await import('./snapshot.ts')).runSnapshot(values, context)
  }
}

/** What the command may ask, before it asks anything. The partition is the Region's; `aws` where none is known. */
async function printPolicy(command: Asking, values: Values, { env }: CommandContext): Promise<CommandResult> {
  const { policyFor } = await import('../aws/permissions.ts')
  const { partitionOf } = await import('../domain/partition.ts')
  const region = values.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? ''
  const options = {
    readSecrets: values['read-secrets'],
    readImageConfig: values['read-image-config'],
    flowLogs: values['flow-logs'] !== null,
    rollback: command === 'watch' && values['on-failure'] === 'rollback',
    metrics: command === 'deploy' ? values.metrics : null,
    ...(command === 'deploy' ? { writes: (await import('./deploy/writes.ts')).writesOf(values) } : {}),
    rehearsal: command === 'rehearse' || (command === 'deploy' && values.rehearse === 'on'),
    enablesExec:
      command === 'probe' && values['enable-exec'] ? (await import('./deploy/writes.ts')).serviceIn(values) : null,
  }
  const policy = policyFor(command, partitionOf(region).id, options)
  return { ...NOTHING_MORE, exitCode: 0, output: `${JSON.stringify(policy, null, 2)}\n` }
}
