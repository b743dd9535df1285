/** `registry-check` and `read-secrets` from the input to the report: what is asked, what is said, and that no value gets out. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { type Simulator, startSimulator } from '../../../simulator/start.ts'
import { runCommand } from '../../../src/commands/index.ts'
import type { Finding, Unknown } from '../../../src/domain/report.ts'
import { readArguments, readValues } from '../../../src/inputs/parse-arguments.ts'
import { scratch } from '../../aws/scratch.ts'
import { CONTEXT } from '../../entry/context.ts'
import { awsAt } from '../../entry/program.ts'
import { type LoopbackRegistry, registry } from '../../registry/registry.ts'

const SERVICE = 'preflight --cluster cluster-nestjs-second --service role-nestjs-second-service --format json'
const DEFINITION = 'ecs/describe-task-definition/role-nestjs-second-41.json'
const SECRET = 'arn:aws:secretsmanager:ap-northeast-2:406178923551:secret:prod/db-a1B2c3'
const HIDDEN = 'hunter2-c0rrect-h0rse'
const INDEX = 'application/vnd.oci.image.index.v1+json'

let simulator: Simulator | undefined
let hub: LoopbackRegistry
const before = { ...process.env }
beforeEach(async () => {
  hub = await registry((response, { method, path }) => {
    const platform = { os: 'linux', architecture: path.includes('arm') ? 'arm64' : 'amd64' }
    if (path.includes('gone')) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': INDEX })
    response.end(method === 'GET' ? JSON.stringify({ manifests: [{ platform }] }) : undefined)
  })
})
afterEach(async () => {
  process.env = { ...before }
  jest.restoreAllMocks()
  await simulator?.stop()
  await hub.close()
  simulator = undefined
})

interface Told {
  readonly exitCode: number
  readonly output: string
  readonly findings: readonly Finding[]
  readonly unknowns: readonly Unknown[]
}

/** The service of Seoul with one image elsewhere, and one secret of which it takes a key. */
function filesFor(image: string, key: string, credentials: boolean) {
  const all = structuredClone(seoulFiles({ healthy: true })) as Record<string, Record<string, never>>
  const definition = all[DEFINITION]?.['taskDefinition'] as unknown as { containerDefinitions: object[] }
  const [container] = definition.containerDefinitions
  const credentialsParameter = SECRET
  definition.containerDefinitions = [
    {
      ...container,
      image: `${hub.host}/${image}`,
      secrets: [{ name: 'DB', valueFrom: `${SECRET}:${key}::` }],
      ...(credentials ? { repositoryCredentials: { credentialsParameter } } : {}),
    },
  ]
  return {
    ...all,
    'secretsmanager/describe-secret/db.json': { ARN: SECRET, Name: 'prod/db' },
    'secretsmanager/get-secret-value/db.json': {
      ARN: SECRET,
      Name: 'prod/db',
      VersionStages: ['AWSCURRENT'],
      SecretString: JSON.stringify({ password: HIDDEN }),
    },
  }
}

async function told(flags: string, image = 'team/app:1', key = 'password', credentials = false): Promise<Told> {
  simulator = await startSimulator({ files: filesFor(image, key, credentials) })
  const env = awsAt(simulator.url)
  Object.assign(process.env, env, { AWS_EC2_METADATA_DISABLED: 'true' })
  const { exitCode, output } = await run(`${SERVICE} ${flags}`.trim(), env)
  return { exitCode, output, ...JSON.parse(output) }
}

async function run(line: string, env: NodeJS.ProcessEnv) {
  const asked = readArguments(line.split(' '))
  if (asked.kind !== 'run' || asked.command === 'simulate' || asked.command === 'demo') throw new Error(line)
  const values = readValues(asked.command, asked.given, 'cli')
  return runCommand(asked.command, values, { ...CONTEXT, env })
}

const reasons = ({ unknowns }: Told, check: string) =>
  unknowns.filter((one) => one.check === check).map(({ because, matters }) => [because, matters])
const ids = ({ findings }: Told) => findings.map(({ check }) => check)
const values = () => simulator?.requests().filter(({ operation }) => operation === 'GetSecretValue') ?? []

describe('without the inputs', () => {
  test('no registry and no value is asked for, and both are said', async () => {
    const report = await told('', 'team/gone:1', 'absent')
    expect([hub.asked, values()]).toEqual([[], []])
    expect([ids(report).includes('image-not-found'), ids(report).includes('secret-key-missing')]).toEqual([
      false,
      false,
    ])
    expect(reasons(report, 'image-not-found')).toEqual([[expect.stringContaining('the input registry-check'), false]])
    expect(reasons(report, 'secret-key-missing')).toEqual([[expect.stringContaining('the input read-secrets'), false]])
  })
})

describe('--registry-check', () => {
  test('asks the registry, and finds a tag that is not there', async () => {
    const report = await told('--registry-check', 'team/gone:1')
    expect(hub.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['HEAD /v2/team/gone/manifests/1'])
    expect([ids(report).includes('image-not-found'), report.exitCode]).toEqual([true, 1])
    expect(values()).toEqual([])
  })

  test('reads the platforms of the index', async () => {
    const report = await told('--registry-check', 'team/arm:1')
    expect(hub.asked.map(({ method }) => method)).toEqual(['HEAD', 'GET'])
    expect(ids(report)).toContain('image-platform-mismatch')
  })

  test('is content with what is there', async () => {
    const report = await told('--registry-check')
    expect(report.findings.filter(({ step }) => step === 'image')).toEqual([])
    expect(reasons(report, 'image-not-found')).toEqual([])
  })

  test('does not ask for what is pulled with credentials', async () => {
    const report = await told('--registry-check', 'team/gone:1', 'password', true)
    expect(hub.asked).toEqual([])
    expect(reasons(report, 'image-not-found')).toEqual([[expect.stringContaining('repositoryCredentials'), false]])
  })
})

describe('--read-secrets', () => {
  test('finds a key that is not there', async () => {
    const report = await told('--read-secrets', 'team/app:1', 'absent')
    expect([ids(report).includes('secret-key-missing'), report.exitCode]).toEqual([true, 1])
    expect(values().map(({ params }) => params)).toEqual([{ SecretId: SECRET }])
  })

  test('writes and prints nothing of the value', async () => {
    const said: string[] = []
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((chunk) => said.push(String(chunk)) > 0)
    }
    const folder = scratch({})
    const { output } = await told(`--read-secrets --output ${folder}`, 'team/app:1', 'absent')
    jest.restoreAllMocks()
    const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(written.length).toBeGreaterThan(3)
    expect(output).toContain('secret-key-missing')
    for (const text of [output, ...written, ...said]) expect(text).not.toContain(HIDDEN)
  })

  test('a snapshot never reads a value, and has no such input', async () => {
    await told('')
    const folder = scratch({})
    const line = `snapshot --cluster cluster-nestjs-second --service role-nestjs-second-service --output ${folder}`
    await run(line, awsAt(simulator?.url ?? ''))
    expect(values()).toEqual([])
    expect(readdirSync(join(folder, 'secretsmanager'))).toEqual(['describe-secret'])
    await expect(async () => run(`${line} --read-secrets`, {})).rejects.toThrow('read-secrets')
  })

  test('of a snapshot is a contradiction, as a configuration of an image is', async () => {
    await expect(run('preflight --snapshot x --read-image-config', {})).rejects.toThrow(
      'A snapshot holds no configurations of images: give `--read-image-config` or `--snapshot`, not both.',
    )
    await expect(run('preflight --snapshot x --read-secrets', {})).rejects.toThrow(
      'A snapshot holds no values of secrets: give `--read-secrets` or `--snapshot`, not both.',
    )
  })
})
