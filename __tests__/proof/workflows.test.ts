/**
 * Every workflow that is printed, as actionlint sees it: those of examples/, and the blocks of both READMEs. Our own action stands beside
 * them as a local one, so that its inputs and outputs are those of action.yml, and so do the neighbours that actionlint does not know
 * (fixtures/neighbour-actions.json: from the action.yml of those very versions); scripts are read by shellcheck.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { temporary } from '../entry/program.ts'
import { codeIn } from './fences.ts'
import { requireTools } from './tools.ts'

requireTools()

const WORKFLOWS: readonly (readonly [name: string, text: string])[] = [
  ...readdirSync('examples')
    .filter((name) => name.endsWith('.yml'))
    .map((name) => [`examples/${name}`, readFileSync(`examples/${name}`, 'utf8')] as const),
  ...['README.md', 'README.ko.md'].flatMap((page) =>
    codeIn(page, 'yaml').map((text, at) => [`${page}, block ${at + 1}`, text] as const),
  ),
]

interface Neighbour {
  /** By name: whether it has to be given. */
  readonly inputs: Readonly<Record<string, boolean>>
  readonly outputs: readonly string[]
}
const NEIGHBOURS: Readonly<Record<string, Neighbour>> = JSON.parse(
  readFileSync('__tests__/fixtures/neighbour-actions.json', 'utf8'),
)
/** Those whose inputs actionlint has itself. */
const KNOWN = ['actions/checkout', 'actions/setup-node', 'aws-actions/configure-aws-credentials']
const OURS = 'your-org/ecs-pull-guard@v1'

const placeOf = (name: string) => `./neighbours/${name.replace(/[@/]/g, '-')}`

function actionOf({ inputs, outputs }: Neighbour): string {
  const run = { using: 'composite', steps: [{ run: 'true', shell: 'bash' }] }
  return JSON.stringify({
    name: 'A neighbour',
    description: 'As its action.yml has it.',
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, required]) => [name, { description: name, required }]),
    ),
    outputs: Object.fromEntries(outputs.map((name) => [name, { description: name, value: '' }])),
    runs: run,
  })
}

const WORKFLOW = '.github/workflows/printed.yml'
const repository = temporary()
beforeAll(() => {
  mkdirSync(join(repository, '.git'))
  mkdirSync(join(repository, '.github/workflows'), { recursive: true })
  mkdirSync(join(repository, 'dist'))
  writeFileSync(join(repository, 'dist/index.js'), '')
  copyFileSync('action.yml', join(repository, 'action.yml'))
  for (const [name, neighbour] of Object.entries(NEIGHBOURS)) {
    mkdirSync(join(repository, placeOf(name)), { recursive: true })
    writeFileSync(join(repository, placeOf(name), 'action.yml'), actionOf(neighbour))
  }
})

/** What is wrong with it, one a line. */
function objections(text: string): string {
  const local = Object.keys(NEIGHBOURS).reduce(
    (sofar, name) => sofar.replaceAll(`uses: ${name}`, `uses: ${placeOf(name)}`),
    text,
  )
  writeFileSync(join(repository, WORKFLOW), local.replaceAll(OURS, './'))
  const argv = ['-no-color', '-oneline', '-shellcheck', resolve('.venv/bin/shellcheck'), '-pyflakes', '', WORKFLOW]
  const { error, stdout, stderr } = spawnSync(resolve('.venv/bin/actionlint'), argv, {
    cwd: repository,
    encoding: 'utf8',
  })
  if (error !== undefined) throw error
  return `${stdout}${stderr}`
}

describe('actionlint has nothing to object to', () => {
  test.each(WORKFLOWS)('in %s', (_name, text) => {
    expect(objections(text)).toBe('')
  })

  test.each(WORKFLOWS)('in a neighbour of %s whose inputs nobody knows', (_name, text) => {
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, name = '']) => name)
    const strangers = uses.filter((name) => !(name in NEIGHBOURS) && !KNOWN.includes(name.split('@')[0] ?? ''))
    expect(new Set(strangers)).toEqual(new Set([OURS]))
  })

  test.each(['README.md', 'README.ko.md'])('in %s, which prints one', (page) => {
    expect(codeIn(page, 'yaml').length).toBeGreaterThan(0)
  })
})

describe('it objects', () => {
  const [, deploy = ''] = WORKFLOWS.find(([name]) => name === 'examples/deploy.yml') ?? []

  test.each([
    ['to an input of ours that is none', 'cluster: ', 'klaster: ', /input "klaster" is not defined/],
    [
      'to an output of ours that is none',
      'outputs.headline',
      'outputs.headlines',
      /property "headlines" is not defined/,
    ],
    [
      'to an input of a neighbour that is none',
      'container-name: web',
      'container: web',
      /missing input "container-name"/,
    ],
    ['to a script with a fault', 'docker push "$IMAGE"', 'docker push $IMAGE', /SC2086/],
  ])('%s', (_name, from, to, said) => {
    expect(deploy).toContain(from)
    expect(objections(deploy.replace(from, to))).toMatch(said)
  })
})
