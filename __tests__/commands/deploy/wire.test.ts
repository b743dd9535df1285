/** Who writes to AWS: `deploy`, and nobody else of these. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { runCommand } from '../../../src/commands/index.ts'
import { MODES, type Mode } from '../../../src/inputs/commands.ts'
import { readArguments, readValues } from '../../../src/inputs/parse-arguments.ts'
import { CONTEXT } from '../../entry/context.ts'
import { fileOf, SERVICE, sceneWith, writesIn } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const SENDER = ['--from-subnet', 'subnet-0e17c5b8a3d94f602', '--security-groups', 'sg-0a4e8c15d7f3b9621', '--to', 's3']
const WORDS: Readonly<Record<string, readonly string[]>> = {
  preflight: SERVICE,
  watch: SERVICE,
  trace: SENDER,
  explain: ['CannotPullContainerError: i/o timeout'],
  snapshot: SERVICE,
}
/** Not to be taken for those that write by what they are. */
const WRITING: readonly string[] = ['deploy', 'rehearse', 'probe']

test.each(MODES.filter((mode) => !WRITING.includes(mode)))(
  '%s sends no request that changes something',
  async (mode: Mode) => {
    const { simulator, clock } = await sceneWith({
      script: [{ does: 'deploy', at: 0, behaviour: { kind: 'image-not-found' } }],
    })
    const folder = await mkdtemp(join(tmpdir(), 'wire-'))
    const more = mode === 'trace' || mode === 'explain' ? [] : ['--output', folder]
    const where = mode === 'explain' ? [] : ['--region', simulator.region]
    const asked = readArguments([mode, ...where, ...more, ...(WORDS[mode] ?? [])])
    if (asked.kind !== 'run') throw new Error(mode)
    await runCommand(mode, readValues(asked.command, asked.given, 'cli'), {
      ...CONTEXT,
      clock,
      aws: { endpoint: simulator.url },
    })
    const requests = simulator.requests()
    expect(requests.length > 0).toBe(mode !== 'explain')
    expect(writesIn(requests)).toEqual([])
  },
)

test('what is written is seen on the wire', async () => {
  const { simulator, clock } = await sceneWith()
  const words = [
    'deploy',
    '--region',
    simulator.region,
    ...SERVICE,
    '--task-definition',
    await fileOf({ cpu: '1024', memory: '2048' }),
  ]
  const asked = readArguments(words)
  if (asked.kind !== 'run') throw new Error('deploy')
  await runCommand('deploy', readValues('deploy', asked.given, 'cli'), {
    ...CONTEXT,
    clock,
    aws: { endpoint: simulator.url },
  })
  expect(writesIn(simulator.requests())).toEqual(['RegisterTaskDefinition', 'UpdateService'])
})
