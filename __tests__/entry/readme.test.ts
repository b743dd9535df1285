/** What the READMEs and the examples print can be copied: every command runs, every workflow is one, every input of ours exists. */
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Simulator, startSimulator } from '../../simulator/start.ts'
import { INPUT_NAMES, inputOf } from '../../src/inputs/table.ts'
import { prodWeb } from '../proof/examples/prod-web.ts'
import { awsAt, BARE, DIST, temporary } from './program.ts'

const READMES = ['README.md', 'README.ko.md']

/** A second service, like the first. */
function prodWebAndApi(): ReturnType<typeof prodWeb> {
  const files = prodWeb(true)
  const { services } = JSON.parse(JSON.stringify(files['ecs/describe-services.json']))
  const [web] = services
  const api = { ...web, serviceName: 'api', serviceArn: web.serviceArn.replace('/web', '/api') }
  return { ...files, 'ecs/describe-services.json': { services: [web, api], failures: [] } }
}

/** Beside this process, which plays AWS: the exit code, and what a failure says. */
function bash(line: string, options: SpawnOptions): Promise<readonly [number | null, string]> {
  const child = spawn('bash', ['-c', line], { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return new Promise((done) => child.once('close', (code) => done([code, code === 0 ? '' : said])))
}

function commandsIn(readme: string): readonly string[] {
  const blocks = [...readFileSync(readme, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
  return blocks.flatMap((block) => block.trim().split('\n'))
}

describe.each(READMES)('%s', (readme) => {
  let simulator: Simulator
  let folder: string
  beforeAll(async () => {
    simulator = await startSimulator({ files: prodWebAndApi() })
    folder = temporary()
    symlinkSync(resolve(DIST), join(folder, 'dist'))
  })
  afterAll(() => simulator.stop())

  const commands = commandsIn(readme)
  test('has commands', () => {
    expect(commands.length).toBeGreaterThan(6)
  })

  // One after another, as a reader pastes them: later ones read what earlier ones wrote.
  test.each(commands.filter((line) => line.startsWith('node ')))('%s', async (line) => {
    const env = { ...BARE, ...awsAt(simulator.url), PATH: `${dirname(process.execPath)}:${process.env['PATH']}` }
    await expect(bash(line, { cwd: folder, env })).resolves.toEqual([0, ''])
  })

  test.each(commands.filter((line) => !line.startsWith('node ')))('%s', (line) => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    const [npm, verb = '', name = ''] = line.split(' ')
    expect(npm).toBe('npm')
    expect(verb === 'cit' || (verb === 'run' && name in scripts)).toBe(true)
  })
})

interface Step {
  readonly uses: string
  readonly with: readonly string[]
}

/** The steps with `uses:` of a workflow, with the names under their `with:`. */
function stepsIn(workflow: string): readonly Step[] {
  return workflow.split(/^\s*- (?=uses:|name:|run:|if:|id:)/m).flatMap((text) => {
    const [, uses] = /^\s*uses: (\S+)$/m.exec(text) ?? []
    if (uses === undefined) return []
    const [, block = ''] = /^\s*with:\n((?:\s+[\w-]+:.*\n?)*)/m.exec(text) ?? []
    return [{ uses, with: [...block.matchAll(/^\s+([\w-]+):/gm)].map(([, name = '']) => name) }]
  })
}

const WORKFLOWS = [
  ...READMES,
  ...readdirSync('examples')
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join('examples', name)),
]

test.each(WORKFLOWS)('%s asks the action for inputs that it has', (path) => {
  const ours = stepsIn(readFileSync(path, 'utf8')).filter(({ uses }) => uses.startsWith('your-org/ecs-pull-guard@'))
  const known = INPUT_NAMES.filter((name) => inputOf(name).frontend !== 'cli')
  expect(ours.length).toBeGreaterThan(0)
  for (const step of ours) expect(step.with.filter((name) => !known.includes(name as never))).toEqual([])
})

/** What a runner makes of it. */
function withoutComments(workflow: string): string {
  return workflow.replace(/^ *#.*\n| +#.*$/gm, '')
}

test.each(READMES)('%s prints examples/deploy.yml, and it only', (readme) => {
  const printed = [...readFileSync(readme, 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code)
  expect(printed.map((code) => withoutComments(code).replace(/^ *language: ko\n/gm, ''))).toEqual([
    withoutComments(readFileSync('examples/deploy.yml', 'utf8')),
  ])
})

describe('examples', () => {
  const scripts = WORKFLOWS.filter((path) => path.startsWith('examples/')).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^( +)run: \|\n((?:\1 .*\n|\n)*)/gm)].map(
      ([, , script = '']) => [path, script] as const,
    ),
  )

  test.each(scripts)('%s: a script that bash can read', (_path, script) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
})
