/**
 * Runs the job of a workflow as a runner does, on this machine: its scripts with bash, our own action from its build, the actions of others
 * by what their READMEs say of them, and deployers by stand-ins (bin/). AWS is the simulator, and moto for CloudFormation.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { ACTION, BARE, type Ended, jobOf as environmentOf, run, temporary } from '../../entry/program.ts'
import { REGION } from './prod-web.ts'
import { type Contexts, filledIn, isDue, type Job, type Step } from './workflow.ts'

export interface Surroundings {
  readonly secrets: Readonly<Record<string, string>>
  readonly github: object
  /** What a job of a matrix has of it. */
  readonly matrix?: Readonly<Record<string, string>>
  /** Where AWS answers. */
  readonly env: NodeJS.ProcessEnv
  readonly registry: string
}

export interface StepRun {
  readonly step: string
  readonly outcome: 'success' | 'failure' | 'skipped'
  readonly said: string
}

export interface JobRun {
  readonly steps: readonly StepRun[]
  /** What deployers and docker were asked, a line each. */
  readonly programs: readonly string[]
}

interface Done {
  readonly ok: boolean
  readonly said: string
  readonly outputs: Readonly<Record<string, string>>
}

/** `files`: what the repository holds. */
export async function runJob(
  { env = {}, steps }: Job,
  files: Readonly<Record<string, string>>,
  surroundings: Surroundings,
): Promise<JobRun> {
  const place = placeWith(files)
  const outputs: Record<string, { outputs: Done['outputs'] }> = {}
  const runs: StepRun[] = []
  let failed = false
  for (const step of steps) {
    const { secrets, github, matrix = {} } = surroundings
    const contexts = { env, steps: outputs, secrets, github, matrix }
    const name = step.name ?? step.uses ?? step.run ?? ''
    if (!isDue(step.if, failed, contexts)) {
      runs.push({ step: name, outcome: 'skipped', said: '' })
      continue
    }
    const done = await doneOf(filled(step, contexts), env, place, surroundings)
    if (step.id !== undefined) outputs[step.id] = { outputs: done.outputs }
    runs.push({ step: name, outcome: done.ok ? 'success' : 'failure', said: done.said })
    failed ||= !done.ok && step['continue-on-error'] !== 'true'
  }
  const programs = join(place.deployer, 'programs')
  return { steps: runs, programs: existsSync(programs) ? readFileSync(programs, 'utf8').trim().split('\n') : [] }
}

interface Place {
  readonly workspace: string
  readonly deployer: string
}

function placeWith(files: Readonly<Record<string, string>>): Place {
  const folder = temporary()
  const place = { workspace: join(folder, 'workspace'), deployer: join(folder, 'deployer') }
  for (const one of Object.values(place)) mkdirSync(one)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place.workspace, name)), { recursive: true })
    writeFileSync(join(place.workspace, name), text)
  }
  writeFileSync(join(place.deployer, 'next.json'), files['task-definition.json'] ?? '')
  return place
}

function filled(step: Step, contexts: Contexts): Step {
  const texts = (record: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(record).map(([name, text]) => [name, filledIn(text, contexts)]))
  return { ...step, with: texts(step.with), env: texts(step.env) }
}

function doneOf(step: Step, env: NodeJS.ProcessEnv, place: Place, surroundings: Surroundings): Promise<Done> {
  if (step.run !== undefined) return script(step.run, { ...env, ...step.env }, place, surroundings)
  const [name = ''] = step.uses?.split('@') ?? []
  const given = step.with ?? {}
  if (name === 'your-org/ecs-pull-guard') return ours(given, place, surroundings)
  const neighbour = NEIGHBOURS[name]
  if (neighbour === undefined) throw new Error(`no such neighbour: ${name}`)
  return neighbour(given, place, surroundings)
}

async function ours(inputs: Readonly<Record<string, string>>, place: Place, { env }: Surroundings): Promise<Done> {
  const { env: job, read } = environmentOf(inputs)
  const ended = await run(ACTION, [], { ...job, ...env, GITHUB_WORKSPACE: place.workspace }, '', {
    cwd: place.workspace,
  })
  return { ok: ended.exitCode === 0, said: said(ended), outputs: read().outputs }
}

/** `bash -e`, as GitHub's runner starts it. */
function script(text: string, env: NodeJS.ProcessEnv, place: Place, surroundings: Surroundings): Promise<Done> {
  const output = join(temporary(), 'output')
  writeFileSync(output, '')
  const child = spawn('bash', ['-e', '-c', text], {
    cwd: place.workspace,
    env: {
      ...BARE,
      ...surroundings.env,
      ...env,
      PATH: [resolve('__tests__/proof/examples/bin'), process.env['PATH']].join(delimiter),
      REAL_AWS: resolve('.venv/bin/aws'),
      AWS_DEFAULT_REGION: REGION,
      DEPLOYER: place.deployer,
      GITHUB_OUTPUT: output,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let told = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => {
      told += more
    })
  return new Promise((done) =>
    child.once('close', (code) => {
      const outputs = [...readFileSync(output, 'utf8').matchAll(/^([\w-]+)=(.*)$/gm)].map(([, name, value]) => [
        name,
        value,
      ])
      done({ ok: code === 0, said: told, outputs: Object.fromEntries(outputs) })
    }),
  )
}

type Neighbour = (given: Readonly<Record<string, string>>, place: Place, surroundings: Surroundings) => Promise<Done>

const NOTHING: Neighbour = async () => ({ ok: true, said: '', outputs: {} })

/** What each does, by its README. */
const NEIGHBOURS: Readonly<Record<string, Neighbour>> = {
  'actions/checkout': NOTHING,
  'actions/setup-node': NOTHING,
  'hashicorp/setup-terraform': NOTHING,
  'aws-actions/configure-aws-credentials': NOTHING,
  'aws-actions/amazon-ecr-login': async (_given, _place, { registry }) => ({
    ok: true,
    said: '',
    outputs: { registry },
  }),
  'aws-actions/amazon-ecs-render-task-definition': async (given, { workspace }) => {
    const definition = JSON.parse(readFileSync(join(workspace, given['task-definition'] ?? ''), 'utf8'))
    const container = definition.containerDefinitions.find(
      (one: { name: string }) => one.name === given['container-name'],
    )
    container.image = given['image']
    const file = join(temporary(), 'task-definition.json')
    writeFileSync(file, JSON.stringify(definition))
    return { ok: true, said: '', outputs: { 'task-definition': file } }
  },
  'aws-actions/amazon-ecs-deploy-task-definition': async (given, place, surroundings) => {
    if (given['cluster'] !== 'prod' || given['service'] !== 'web') throw new Error('another service')
    writeFileSync(join(place.deployer, 'next.json'), readFileSync(given['task-definition'] ?? '', 'utf8'))
    const { ok, said } = await script('roll-out', {}, place, surroundings)
    const revision = ok ? readFileSync(join(place.deployer, 'revision'), 'utf8').trim() : ''
    return { ok, said, outputs: { 'task-definition-arn': revision } }
  },
  'github/codeql-action/upload-sarif': async (given) => {
    const { version, runs } = JSON.parse(readFileSync(given['sarif_file'] ?? '', 'utf8'))
    return { ok: version === '2.1.0', said: `${runs[0].results.length} results`, outputs: {} }
  },
}

function said({ stdout, stderr }: Ended): string {
  return `${stdout}${stderr}`
}
