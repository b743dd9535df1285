/**
 * Would the tests fail? Draws small changes of the code of a folder and runs its tests against each.
 *
 *   node scripts/mutate.mjs src/network __tests__/network                 100 mutants of the folder, seed 1
 *   node scripts/mutate.mjs src/rollout __tests__/rollout --count 40 --seed 7
 *   node scripts/mutate.mjs src/network __tests__/network --at gateways.ts:104 --at resolve.ts
 *
 * `--at` takes the mutants of a file, or of one line of it, instead of the whole folder; may be repeated. Operators: comparisons,
 * && and ||, conditions to true and to false, negation, booleans, numbers ±1, strings (no sentences), dropped statements.
 *
 * The tree is left alone: jest builds the folder with all drawn mutants in it, and MUTANT switches on one. A first run without any
 * tells which test files reach which mutant and how long they take; then each mutant meets only those, the quickest first,
 * in a process of its own, on one core, until the first failure. Prints a line a mutant that survives, then the score; exit code 1
 * where the tests fail by themselves. A mutant that runs five times as long as the tests do (and 60 s: a busy machine is slow to
 * start a process) is caught.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { sitesOf } from './mutate/instrument.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    at: { type: 'string', multiple: true, default: [] },
  },
})
const [folder = '', ...tests] = positionals
const scratch = mkdtempSync(join(tmpdir(), 'mutants-'))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => leave(130))

const sites = globSync(`${folder}/**/*.ts`)
  .toSorted()
  .map((file) => resolve(file))
  .flatMap((path) => sitesOf(readFileSync(path, 'utf8')).map((site) => ({ path, ...site })))
const wanted = sites.filter(({ path, line }) => values.at.length === 0 || values.at.some((at) => isAt(at, path, line)))
const drawn = draw(wanted, Number(values.count), Number(values.seed)).map((site, number) => ({ ...site, number }))
writeFileSync(join(scratch, 'draw.json'), JSON.stringify(drawn))
writeFileSync(join(scratch, 'reached'), '')
writeFileSync(join(scratch, 'jest.config.json'), JSON.stringify(config()))
console.log(`${drawn.length} of ${wanted.length} mutants of ${folder}`)
if (drawn.length === 0) leave(1)

const first = jest('reach', tests, 15 * 60_000)
if (first.status !== 0) {
  console.error(first.stderr.toString().slice(0, 4000))
  leave(1)
}
const results = JSON.parse(readFileSync(join(scratch, 'results.json'), 'utf8'))
const tookMs = new Map(results.testResults.map(({ name, startTime, endTime }) => [name, endTime - startTime]))
/** Number of the mutant → test files that reach it. @type {Record<number, string[]>} */
const reached = Object.fromEntries(drawn.map(({ number }) => [number, []]))
for (const line of readFileSync(join(scratch, 'reached'), 'utf8').split('\n').filter(Boolean)) {
  const space = line.indexOf(' ')
  reached[Number(line.slice(0, space))]?.push(line.slice(space + 1))
}

const survivors = []
for (const mutant of drawn) {
  const files = reached[mutant.number] ?? []
  if (files.length > 0 && isCaught(mutant, files)) continue
  survivors.push(mutant)
  const where = `${relative('.', mutant.path)}:${mutant.line}`
  const change = `${oneLine(mutant.was)}  →  ${oneLine(mutant.text)}`
  console.log(`${where}  ${change}${files.length === 0 ? '  (no test comes here)' : ''}`)
}
const caught = drawn.length - survivors.length
console.log(`${caught} of ${drawn.length} caught: ${((100 * caught) / drawn.length).toFixed(1)} %`)
leave(0)

function isCaught({ number }, files) {
  const order = files.toSorted((a, b) => tookMs.get(a) - tookMs.get(b))
  const usually = order.reduce((sum, file) => sum + tookMs.get(file), 0)
  return jest(number, order, Math.max(60_000, 5 * usually)).status !== 0
}

function jest(mutant, files, timeout) {
  const flags = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js']
  const own = [
    '-c',
    join(scratch, 'jest.config.json'),
    '-i',
    '--bail',
    '--json',
    `--outputFile=${scratch}/results.json`,
  ]
  return spawnSync(process.execPath, [...flags, ...own, ...files], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 28,
    // CI fixes the seed of the properties.
    env: {
      ...process.env,
      CI: 'true',
      MUTANT: String(mutant),
      REACHED: join(scratch, 'reached'),
      FASTEST_FIRST: files.join('\n'),
    },
  })
}

function config() {
  const here = import.meta.dirname
  return {
    rootDir: resolve('.'),
    testEnvironment: 'node',
    testTimeout: 120_000,
    testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
    extensionsToTreatAsEsm: ['.ts'],
    cacheDirectory: join(scratch, 'cache'),
    setupFiles: ['<rootDir>/__tests__/seed.ts'],
    testSequencer: join(here, 'mutate/fastest-first.mjs'),
    transform: {
      [`^${resolve(folder)}/.+\\.ts$`]: [join(here, 'mutate/instrument.mjs'), { draw: join(scratch, 'draw.json') }],
    },
  }
}

function isAt(at, path, line) {
  const [file, number] = at.split(':')
  return path.endsWith(`/${file}`) && (number === undefined || Number(number) === line)
}

/** The same for the same seed: Fisher and Yates with mulberry32. */
function draw(all, count, seed) {
  const deck = [...all]
  let state = seed
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  for (let i = deck.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[deck[i], deck[j]] = [deck[j], deck[i]]
  }
  return deck.slice(0, count).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start))
}

function oneLine(code) {
  const flat = code.replaceAll(/\s+/g, ' ')
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat
}

function leave(code) {
  rmSync(scratch, { recursive: true, force: true })
  process.exit(code)
}
