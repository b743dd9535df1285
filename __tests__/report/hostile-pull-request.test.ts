/** A pull request's own task-definition file, as hostile as ECS's rules let it be, in a hostile snapshot: what is printed to be pasted runs nothing of it. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { writeSeoul } from '../../simulator/seoul/files.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { taskDefinitionFromFile } from '../../src/aws/task-definition/file.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import type { Report } from '../../src/domain/report.ts'
import { UsageError } from '../../src/domain/usage-error.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { runsPlanted, SHELLS, shellAttack } from '../changes/prompt.ts'
import { draws } from '../draws.ts'

const folders: string[] = []
let seoul = ''

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pull-'))
  folders.push(folder)
  return folder
}

beforeAll(async () => {
  seoul = await scratch()
  await writeSeoul(seoul)
})

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

/** Names, not ids: of what AWS's accounts may call as they like. */
const FREE = new Set([
  'name',
  'value',
  'description',
  'groupname',
  'loggroupname',
  'rolename',
  'policydocument',
  'policytext',
  'values',
])

async function attacked(attack: (at: number) => string): Promise<string> {
  const folder = await scratch()
  await cp(seoul, folder, { recursive: true })
  let count = 0
  const spoil = (key: string, value: unknown): unknown => {
    if (typeof value !== 'string' || !FREE.has(key.toLowerCase())) return value
    count += 1
    return count % 2 === 0 ? value + attack(count) : value
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'meta.json') continue
    const file = join(entry.parentPath, entry.name)
    await writeFile(file, JSON.stringify(JSON.parse(await readFile(file, 'utf8')), spoil))
  }
  return folder
}

/** Everything that ECS does not hold to a pattern of its own. */
function hostileDefinition(attack: (at: number) => string): object {
  const unspaced = (at: number) => attack(at).replace(/\s/g, '')
  const arn = (service: string, rest: string) => `arn:aws:${service}:ap-northeast-2:406178923551:${rest}`
  return {
    family: 'nestjs-second',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::406178923551:role/nobody',
    taskRoleArn: 'arn:aws:iam::406178923551:role/no-one',
    containerDefinitions: [
      {
        name: 'web',
        image: `406178923551.dkr.ecr.ap-northeast-2.amazonaws.com/nestjs-second:${unspaced(1)}`,
        environmentFiles: [{ type: 's3', value: `arn:aws:s3:::bucket/${attack(2)}.txt` }],
        secrets: [
          { name: 'A', valueFrom: arn('secretsmanager', `secret:${attack(3)}`) },
          { name: 'B', valueFrom: `/app/${attack(4)}` },
          { name: 'C', valueFrom: ` ${arn('secretsmanager', `secret:x:${attack(5)}`)}` },
          { name: 'D', valueFrom: arn('ssm', `parameter/${attack(6)}`) },
        ],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': `/ecs/${attack(7)}`,
            'awslogs-region': 'ap-northeast-2',
            'awslogs-stream-prefix': attack(8),
          },
        },
        repositoryCredentials: { credentialsParameter: arn('secretsmanager', `secret:${attack(9)}`) },
        firelensConfiguration: {
          type: 'fluentbit',
          options: { 'config-file-type': 's3', 'config-file-value': attack(10) },
        },
      },
      { name: 'side', image: unspaced(11) || 'x', logConfiguration: { logDriver: 'awsfirelens' } },
    ],
    volumes: [
      {
        name: attack(12),
        efsVolumeConfiguration: { fileSystemId: attack(13), authorizationConfig: { accessPointId: attack(14) } },
      },
    ],
  }
}

async function reportOf(attack: (at: number) => string, failOn: readonly 'blocker'[]): Promise<Report | null> {
  const file = join(await scratch(), 'task.json')
  await writeFile(file, JSON.stringify(hostileDefinition(attack)))
  try {
    const taskDefinition = (await taskDefinitionFromFile(file)).definition
    const reader = await openFolder(await attacked(attack))
    const tool = { name: 'ecs-pull-guard', version: '0.0.0' }
    return await preflight({ taskDefinition, failOn, ignore: [] }, { reader, tool })
  } catch (error) {
    if (error instanceof UsageError) return null
    throw error
  }
}

/** Each of them in every name at once. */
const ATTACKS = [
  '\npwned\n',
  "'\npwned\n'",
  '"\npwned\n"',
  '$(pwned)',
  '`pwned`',
  '|pwned|e',
  '\u2028pwned\u2028',
  '\u1fefpwned\u1fef',
]

async function expectHarmless(attack: (at: number) => string, printed: Set<string>): Promise<void> {
  const report = await reportOf(attack, ['blocker'])
  if (report === null) return
  for (const { check, remedy } of report.findings) if (remedy.cli.length > 0) printed.add(check)
  const texts = [report.findings.flatMap(({ remedy }) => remedy.cli).join('\n'), outputsOf(report, 'en')['fix'] ?? '']
  for (const shell of SHELLS) for (const text of texts) expect([runsPlanted(shell, text), text]).toEqual([false, text])
}

test('nothing of it runs at the prompt of whoever pastes a finding or the output "fix"', async () => {
  const printed = new Set<string>()
  for (const attack of ATTACKS) await expectHarmless((at) => `${attack}${at}`, printed)
  // What is printed for nothing proves nothing.
  expect([...printed]).toEqual(
    expect.arrayContaining(['environment-file-unusable', 'log-group-missing', 'parameter-missing']),
  )
}, 120_000)

test('nor in whatever mixture', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(shellAttack, { minLength: 40, maxLength: 40 }), (attacks) =>
      expectHarmless((at) => `${attacks[at % attacks.length]}${at}`, new Set()),
    ),
    { numRuns: draws(3), endOnFailure: true },
  )
}, 120_000)
