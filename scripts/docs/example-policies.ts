/** The policy of each workflow of examples/: what `--print-policy` prints for its steps, with the inputs that they are given there. */
import { execFileSync } from 'node:child_process'
import type { ReadPolicy, ReadStatement } from '../../src/iam/permission-statements.ts'

/** Workflows that have a policy in `examples/policies/`. */
export const WITH_POLICY = ['deploy', 'deploy-in-one-step', 'rehearse-nightly', 'matrix'] as const

/** JSON text. */
export function examplePolicy(workflow: string): string {
  const merged = new Map<string, ReadStatement>()
  for (const one of stepsIn(workflow).flatMap((given) => printed(given).Statement)) {
    const key = JSON.stringify({ ...one, Action: null })
    merged.set(key, { ...one, Action: [...new Set([...(merged.get(key)?.Action ?? []), ...one.Action])].sort() })
  }
  return `${JSON.stringify({ Version: '2012-10-17', Statement: [...merged.values()] }, null, 2)}\n`
}

/** Inputs of a step of ours, expressions of `env` filled in. */
type Given = ReadonlyMap<string, string>

const STEP = /uses: your-org\/ecs-pull-guard@v1\n(?: +id: .*\n)?( +)with:\n((?:\1 {2}.*\n?)+)/g

function stepsIn(workflow: string): readonly Given[] {
  const variables = [...workflow.matchAll(/^ {6}([A-Z]+): (\S+)$/gm)]
  const env = new Map(variables.map(([, name = '', value = '']) => [name, value]))
  return [...workflow.matchAll(STEP)].map(([, , block = '']) => {
    const inputs = [...block.matchAll(/^ +([\w-]+): (.*?)(?: +#.*)?$/gm)]
    return new Map(
      inputs.map(([, name = '', value = '']) => [
        name,
        value.replace(/\$\{\{ env\.(\w+) \}\}/g, (_, variable) => env.get(variable) ?? ''),
      ]),
    )
  })
}

function printed(given: Given): ReadPolicy {
  const { mode = 'preflight', service, ...inputs } = Object.fromEntries(given)
  // A service that the workflow names when it runs may be any; of another input only its form counts.
  const all = service === undefined || service.includes('${{') ? inputs : { service, ...inputs }
  const flags = Object.entries(all).map(([name, value]) => `--${name}=${value.replace(/\$\{\{.*?\}\}/g, 'later')}`)
  const argv = ['src/entry/cli-main.ts', mode, '--print-policy', ...flags]
  return JSON.parse(execFileSync(process.execPath, ['--no-warnings', ...argv], { encoding: 'utf8' }))
}
