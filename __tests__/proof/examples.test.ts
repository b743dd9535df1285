/** Every workflow of examples/, played from its first step to its last: where all is well, where the rollout fails, where it must not begin. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { ScenarioText } from '../../simulator/rollout/scenario.ts'
import { type Simulator, startSimulator } from '../../simulator/start.ts'
import type { Files } from '../../simulator/world.ts'
import { awsAt } from '../entry/program.ts'
import { type Moto, startMoto } from '../second-aws/moto-server.ts'
import { type JobRun, runJob } from './examples/job.ts'
import { PROD_ACCOUNT, prodWeb, REGION, rolloutOfWeb, TAG, taskDefinition } from './examples/prod-web.ts'
import { isDue, jobOf } from './examples/workflow.ts'
import { requireTools } from './tools.ts'

requireTools()
jest.setTimeout(120_000)

/** Simulated seconds a second. */
const SPEED = 60
const REGISTRY = `${PROD_ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`

let simulator: Simulator | undefined
afterEach(() => simulator?.stop())

interface World {
  readonly healthy?: boolean
  readonly rollout?: Partial<ScenarioText>
  readonly env?: NodeJS.ProcessEnv
  readonly files?: Readonly<Record<string, string>>
  readonly webhook?: string
  /** That are there beside those of the tasks. */
  readonly logGroups?: readonly string[]
}

function withGroups(files: Files, names: readonly string[]): Files {
  const { logGroups = [] } = files['logs/describe-log-groups.json'] as { readonly logGroups?: readonly object[] }
  const groups = [...logGroups, ...names.map((logGroupName) => ({ logGroupName }))]
  return { ...files, 'logs/describe-log-groups.json': { logGroups: groups } }
}

async function played(
  name: string,
  { healthy = true, rollout = {}, env = {}, files = {}, webhook = '', logGroups = [] }: World = {},
) {
  simulator = await startSimulator({
    files: withGroups(prodWeb(healthy), logGroups),
    scenario: rolloutOfWeb(rollout),
    speed: SPEED,
  })
  const repository = { 'task-definition.json': JSON.stringify(taskDefinition()), ...files }
  return runJob(jobOf(readFileSync(`examples/${name}.yml`, 'utf8')), repository, {
    secrets: { SLACK_WEBHOOK_URL: webhook },
    github: {
      sha: TAG,
      repository: 'acme/web',
      event: { pull_request: { head: { repo: { full_name: 'acme/web' } } } },
    },
    matrix: { service: 'web' },
    env: { ...awsAt(simulator.url), ...env },
    registry: REGISTRY,
  })
}

function outcomes({ steps }: JobRun): Readonly<Record<string, string>> {
  return Object.fromEntries(steps.map(({ step, outcome }) => [step.split('@')[0], outcome]))
}

const notDone = ({ steps }: JobRun) => steps.filter(({ outcome }) => outcome !== 'success')
const deployments = () => simulator?.requests().filter(({ operation }) => operation === 'UpdateService').length

describe('deploy.yml', () => {
  test('builds, checks, deploys and sees the end of it', async () => {
    const job = await played('deploy')
    expect(notDone(job).map(({ step, said }) => [step, said])).toEqual([['Tell the team', '']])
    expect(job.programs).toEqual([`docker build --tag ${REGISTRY}/web:${TAG} .`, `docker push ${REGISTRY}/web:${TAG}`])
    expect(job.steps.at(-2)?.said).toContain('web:2')
  })

  test('does not deploy what cannot start', async () => {
    const job = await played('deploy', { healthy: false })
    expect(outcomes(job)).toMatchObject({
      'your-org/ecs-pull-guard': 'skipped',
      'aws-actions/amazon-ecs-deploy-task-definition': 'skipped',
      'Tell the team': 'skipped',
    })
    expect(job.steps.find(({ outcome }) => outcome === 'failure')?.said).toContain('s3-route-missing')
    expect(deployments()).toBe(0)
  })

  describe('where the rollout fails', () => {
    let server: Server
    const heard: string[] = []
    beforeEach(async () => {
      server = createServer(async (request, response) => {
        let body = ''
        for await (const chunk of request) body += chunk
        heard.push(`${request.method} ${request.headers['content-type']} ${body}`)
        response.end('ok')
      })
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    })
    afterEach(() => {
      server.close()
    })

    test('the team is told in one sentence', async () => {
      const { port } = server.address() as AddressInfo
      const rollout: Partial<ScenarioText> = { behaviour: { kind: 'exits', exitCode: 1 } }
      const job = await played('deploy', { rollout, webhook: `http://127.0.0.1:${port}` })
      expect(job.steps.slice(-2).map(({ outcome }) => outcome)).toEqual(['failure', 'success'])
      expect(heard).toHaveLength(1)
      const [, text = ''] = /^POST application\/json (.*)$/s.exec(heard[0] ?? '') ?? []
      expect(JSON.parse(text)).toEqual({ text: expect.stringMatching(/\S{3}/) })
    })
  })
})

describe('deploy-in-one-step.yml', () => {
  const CHANGED = { 'task-definition.json': JSON.stringify({ ...taskDefinition(), memory: '2048' }) }
  const writes = () =>
    simulator
      ?.requests()
      .flatMap(({ operation }) => (/^(Register|Update|Put|Create)/.test(operation) ? [operation] : []))

  test('registers, updates, sees the end of it, and writes its metrics', async () => {
    const job = await played('deploy-in-one-step', { files: CHANGED, logGroups: ['/ecs/rollouts'] })
    expect(notDone(job)).toEqual([])
    expect(job.steps.at(-1)?.said).toContain('web:2')
    expect(writes()).toEqual(['RegisterTaskDefinition', 'UpdateService', 'CreateLogStream', 'PutLogEvents'])
    const streams = simulator?.rollout?.state().logStreams
    expect(streams?.map(({ group, events }) => [group, events.length])).toEqual([['/ecs/rollouts', 3]])
  })

  test('goes through without its log group, which one line names', async () => {
    const job = await played('deploy-in-one-step', { files: CHANGED })
    expect(notDone(job)).toEqual([])
    expect(job.steps.at(-1)?.said).toContain('aws logs create-log-group --log-group-name /ecs/rollouts')
  })

  test('registers nothing where a task cannot start', async () => {
    const job = await played('deploy-in-one-step', { healthy: false })
    expect(job.steps.at(-1)).toMatchObject({ outcome: 'failure', said: expect.stringContaining('s3-route-missing') })
    expect(writes()).toEqual([])
  })
})

test('matrix.yml deploys each service from its own file', async () => {
  const file = JSON.stringify({ ...taskDefinition(), memory: '2048' })
  const job = await played('matrix', { files: { 'services/web.json': file } })
  expect(notDone(job)).toEqual([])
  expect(deployments()).toBe(1)
})

test('rehearse-nightly.yml pulls in every subnet, and leaves nothing', async () => {
  const job = await played('rehearse-nightly')
  expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'skipped'])
  const started = simulator?.requests().filter(({ operation }) => operation === 'RunTask')
  expect(started).toHaveLength(2)
  const made = simulator?.rollout?.state().definitions.filter(({ family }) => /rehearsal/.test(String(family)))
  expect(made?.map(({ status }) => status)).toEqual(['DELETE_IN_PROGRESS'])
})

describe('report-only.yml', () => {
  test('says what it would have done, fails nothing, and hands the findings over', async () => {
    const unbuilt = JSON.stringify(taskDefinition()).replace(`:${TAG}`, ':never-pushed')
    const job = await played('report-only', { files: { 'task-definition.json': unbuilt } })
    expect(notDone(job)).toEqual([])
    const [would, upload] = job.steps.slice(-2)
    expect(would?.said).toMatch(/^fail - \S/)
    expect(upload?.said).toMatch(/^[1-9]\d* results$/)
  })

  test('does nothing for a fork, which gets no token for the role', () => {
    const { if: condition } = jobOf(readFileSync('examples/report-only.yml', 'utf8'))
    const from = (full_name: string) => ({
      github: { repository: 'acme/web', event: { pull_request: { head: { repo: { full_name } } } } },
    })
    expect(isDue(condition, false, from('acme/web'))).toBe(true)
    expect(isDue(condition, false, from('somebody/web'))).toBe(false)
  })
})

describe.each(['terraform', 'cdk'])('%s.yml', (name) => {
  test('follows what the deployer began to its end', async () => {
    const job = await played(name)
    expect(notDone(job)).toEqual([])
    expect(deployments()).toBe(1)
    expect(job.steps.at(-1)?.said).toContain('web:2')
  })
})

test('cdk.yml asks the CDK for what it knows', () => {
  const known: readonly string[] = JSON.parse(
    readFileSync('__tests__/fixtures/cdk-deploy-options.json', 'utf8'),
  ).options
  const [, line = ''] = /npx cdk deploy (.*)/.exec(readFileSync('examples/cdk.yml', 'utf8')) ?? []
  const options = [...line.matchAll(/--([\w-]+)/g)].map(([, option]) => option)
  expect(options.length).toBeGreaterThan(2)
  expect(options.filter((option) => !known.includes(option ?? ''))).toEqual([])
})

describe('cloudformation-express.yml', () => {
  let moto: Moto
  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto.stop())

  const template = (image: string) =>
    JSON.stringify({
      Resources: {
        Definition: {
          Type: 'AWS::ECS::TaskDefinition',
          Properties: { Family: 'web', ContainerDefinitions: [{ Name: 'web', Image: image, Memory: 512 }] },
        },
      },
      Outputs: { TaskDefinition: { Value: { Ref: 'Definition' } } },
    })

  test('follows what the stack began to its end', async () => {
    const env = { AWS_ENDPOINT_URL_CLOUDFORMATION: moto.url }
    const credentials = { ...awsAt(moto.url), AWS_DEFAULT_REGION: REGION, PATH: process.env['PATH'] }
    const before = ['cloudformation', 'create-stack', '--stack-name', 'web', '--template-body', template('web:1')]
    const { status, stderr } = spawnSync('.venv/bin/aws', before, { env: credentials, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    const job = await played('cloudformation-express', { env, files: { 'template.yml': template('web:2') } })
    expect(notDone(job)).toEqual([])
    expect(job.steps.at(-1)?.said).toContain('web:2')
  })
})
