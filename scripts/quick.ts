/**
 * What a change is asked before anything else, in less than half a minute: floors, types, lint, and the tests of what changed. Changed is
 * what Git says is not committed, or differs from the branch that is named: `npm run quick -- main`. `npm run check` asks everything.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const IMPORT = /\bfrom\s*'(\.[^']+)'|\bimport\(?\s*'(\.[^']+)'/g
const CODE = /\.(ts|mjs|js)$/

/**
 * The test files that a change is nearest to: themselves, those that import what changed or a helper that does, and those that stand
 * where the changed file stands.
 */
export function testsOf(changed: readonly string[], tests: ReadonlyMap<string, string>): readonly string[] {
  const importsOf = [...tests].map(([file, source]) => [file, imports(file, source)] as const)
  const near = new Set(changed)
  for (let before = 0; before < near.size; ) {
    before = near.size
    for (const [file, all] of importsOf) if (all.some((each) => near.has(each))) near.add(file)
  }
  const mirrored = changed.map((file) => file.replace(/^src\//, '__tests__/').replace(/\.ts$/, '.test.ts'))
  return [...tests.keys()].filter((file) => file.endsWith('.test.ts') && (near.has(file) || mirrored.includes(file)))
}

function imports(file: string, source: string): readonly string[] {
  return Array.from(source.matchAll(IMPORT), ([, from, called]) =>
    posix.join(posix.dirname(file), from ?? called ?? ''),
  )
}

function changedFiles(since: string): readonly string[] {
  const lines = (argv: readonly string[]) => spawnSync('git', argv, { encoding: 'utf8' }).stdout.split('\n')
  const all = [...lines(['diff', '--name-only', since]), ...lines(['ls-files', '--others', '--exclude-standard'])]
  return [...new Set(all)].filter((file) => CODE.test(file) && !file.startsWith('dist/') && existsSync(file))
}

/** Prints what a step said only where it failed. */
async function step(name: string, argv: readonly string[]): Promise<boolean> {
  const beganAt = performance.now()
  const [program = '', ...rest] = argv
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const status = await new Promise((resolve) => child.once('close', resolve))
  const [last = ''] = output.trim().split('\n').slice(-1)
  const seconds = ((performance.now() - beganAt) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✔' : '✘'} ${name} ${seconds} s${status === 0 ? `  ${last}` : `\n${output}`}`)
  return status === 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const changed = changedFiles(process.argv[2] ?? 'HEAD')
  const files = globSync('__tests__/**/*.ts')
  const tests = testsOf(changed, new Map(files.map((file) => [file, readFileSync(file, 'utf8')])))
  const bin = (name: string) => `node_modules/.bin/${name}`
  const steps = [
    step('types', [bin('tsc'), '-p', '.']),
    ...(changed.some((file) => file.startsWith('scripts/'))
      ? [step('types of scripts', [bin('tsc'), '-p', 'scripts'])]
      : []),
    step('floors', [process.execPath, 'scripts/floors.ts']),
    ...(changed.length === 0 ? [] : [step('lint', [bin('biome'), 'ci', '--error-on-warnings', ...changed])]),
    ...(tests.length === 0
      ? []
      : [step(`tests of ${tests.length} files`, [process.execPath, 'scripts/test.mjs', ...tests])]),
  ]
  const passed = await Promise.all(steps)
  process.exitCode = passed.every((each) => each) ? 0 : 1
}
