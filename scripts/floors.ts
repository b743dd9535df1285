/**
 * Holds the folders of src/ to their floors (ARCHITECTURE.md). The rules are data, each with its reason.
 * Written by hand because dependency-cruiser reads TypeScript through a compiler API that TypeScript 7 no longer has.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

// biome-ignore format: one line
const FLOORS: readonly string[] = ['domain', 'task-start', 'iam', 'network', 'ecs-errors', 'deployment', 'changes', 'checks', 'rollout', 'files', 'github', 'report', 'registry', 'aws', 'inputs', 'commands', 'entry']
const PURE = /^(domain|task-start|iam|network|ecs-errors|deployment|changes|checks|rollout)$/

/** `from` and `to` are folders of src/, `simulator`, or packages. The first rule that fits decides; no reason: it may. */
interface Rule {
  readonly from: RegExp
  readonly to: RegExp
  readonly onlyIn?: RegExp
  readonly kind?: 'dynamic'
  readonly because?: string
}

// biome-ignore format: one line a rule
const RULES: readonly Rule[] = [
  { from: /^simulator$/, to: new RegExp(`^(${FLOORS.slice(1).join('|')})$`), because: 'the simulator stands apart: a fault of the product must not hide behind one shared with it' },
  { from: /^simulator$/, to: /./ },
  { from: /^commands$/, to: /^simulator$/, onlyIn: /^src\/commands\/(simulate|demo)\b/, kind: 'dynamic' },
  { from: /./, to: /^simulator$/, because: 'the product never needs it; only `simulate` and `demo` load it, with import()' },
  { from: PURE, to: /^node:net$/ }, // isIP is a pure function
  { from: PURE, to: /^(node:|@aws-sdk\/|@smithy\/|@actions\/)/, because: 'facts come in as arguments: no file, clock, network or client below aws/' },
  { from: /^report$/, to: /^(files$|node:(fs|http|net|os|process|child_process)|@)/, because: 'a renderer draws a finished report and returns text' },
  { from: /^(?!aws$)/, to: /^(@aws-sdk|@smithy)\//, because: 'only aws/ talks to AWS' },
  { from: /^(?!github$)/, to: /^@actions\//, because: 'only github/ talks to the runner' },
]

/** One language of a `Text` where something is compared, looked up, merged or sorted: as far as a line shows it. */
const PROSE_AS_KEY = new RegExp(
  [
    /\.(?:en|ko)\s*[!=]==/,
    /[!=]==\s*[\w.?]+\.(?:en|ko)\b/,
    /\.(?:en|ko)\??\.(?:startsWith|endsWith|includes|match|matchAll|search|indexOf|localeCompare)\(/,
    /\.(?:has|get|set|add|delete|includes|indexOf|localeCompare|test|exec)\([^()\n]*\.(?:en|ko)\}?`?\s*[,)]/,
    /\b(?:new Set|new Map|distinct\w*|grouped|compare|toSorted|sort)\([^\n]*(?:\.(?:en|ko)\b|\(\{ (?:en|ko) \}\) => (?:en|ko)\b)/,
    /=> \[[\w.]+\.(?:en|ko), /,
    /\b(?:key|id)\w*\s*=(?!>)[^\n]*\.(?:en|ko)\b/i,
    /\bJSON\.stringify\([^\n]*\.(?:en|ko)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
)

// biome-ignore format: one line a word
const WORDS: readonly { readonly from: RegExp; readonly word: RegExp; readonly because: string }[] = [
  { from: /./, word: /\b(?:Map|Object)\.groupBy\(|\bPromise\.withResolvers\(|\bArray\.fromAsync\(/, because: 'Node 20 does not have it, and the command line runs there' },
  { from: /./, word: PROSE_AS_KEY, because: 'prose is no key: rewording a sentence must change no result, so compare, group and sort by data' },
  { from: PURE, word: /\bawait\s|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.\w/, because: 'judging is pure: no waiting, no clock, no chance, no environment' },
  { from: /^(?!entry$)/, word: /\bprocess\.exit\(/, because: 'the entry sets process.exitCode, so that what was printed arrives' },
]

interface Import {
  readonly to: string
  readonly kind: 'static' | 'dynamic'
}

const IMPORT = /^\s*(?:import|export)\s[^;'"`]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

function importsOf(file: string, source: string): readonly Import[] {
  return [...source.matchAll(IMPORT)].map(([, from, bare, dynamic]) => {
    const name = from ?? bare ?? dynamic ?? ''
    return {
      to: name.startsWith('.') ? posix.join(posix.dirname(file), name) : name,
      kind: dynamic === undefined ? 'static' : 'dynamic',
    }
  })
}

function folderOf(path: string): string {
  const [root, folder = '', file] = path.split('/')
  if (root === 'simulator') return root
  return root === 'src' && file !== undefined ? folder : path
}

/** Why the import must not be; null where it may. */
function objection(file: string, { to, kind }: Import): string | null {
  const [from, target] = [folderOf(file), folderOf(to)]
  const fits = (rule: Rule) =>
    rule.from.test(from) && rule.to.test(target) && (rule.onlyIn?.test(file) ?? true) && (rule.kind ?? kind) === kind
  const rule = RULES.find(fits)
  if (rule !== undefined) return rule.because ?? null
  const floor = FLOORS.indexOf(from)
  if (floor < 0) return `${from} has no floor: name it in scripts/floors.ts`
  const below = FLOORS.indexOf(target)
  if (!to.startsWith('src/') || from === target || (below >= 0 && below < floor)) return null
  return `${from} stands on floor ${floor}, ${target} on floor ${below < 0 ? '?' : below}: imports go down only`
}

/** Every circle once, as `a → b → a`, from its first file in the alphabet. */
function circles(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>()
  const done = new Set<string>()
  const walk = (file: string, trail: readonly string[]): void => {
    const since = trail.indexOf(file)
    if (since >= 0) {
      const ring = trail.slice(since)
      const start = ring.indexOf(ring.toSorted()[0] ?? '')
      const turned = [...ring.slice(start), ...ring.slice(0, start)]
      found.add([...turned, turned[0]].join(' → '))
    }
    if (since >= 0 || done.has(file)) return
    for (const next of edges.get(file) ?? []) walk(next, [...trail, file])
    done.add(file)
  }
  for (const file of edges.keys()) walk(file, [])
  return [...found]
}

/** One sentence a breach. `files`: path from the project's root → source. */
export function breaches(files: ReadonlyMap<string, string>): readonly string[] {
  const codes = [...files].map(([file, source]) => [file, source.replace(COMMENT, '')] as const)
  const said = codes.flatMap(([file, code]) =>
    WORDS.flatMap(({ from, word, because }) => {
      const found = from.test(folderOf(file)) ? word.exec(code) : null
      return found === null ? [] : [`${file} says ${found[0].trim()}: ${because}`]
    }),
  )
  const imports = codes.map(([file, source]) => [file, importsOf(file, source)] as const)
  const broken = imports.flatMap(([file, all]) =>
    all.flatMap((one) => {
      const why = objection(file, one)
      return why === null ? [] : [`${file} imports ${one.to}: ${why}`]
    }),
  )
  const edges = new Map(imports.map(([file, all]) => [file, all.map(({ to }) => to).filter((to) => files.has(to))]))
  return [...broken, ...said, ...circles(edges).map((circle) => `${circle}: a circle has no order to be read in`)]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = ['src', 'simulator'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${root}/${name}`),
  )
  const found = breaches(new Map(names.map((name) => [name, readFileSync(name, 'utf8')])))
  for (const line of found) console.error(line)
  console.log(`${names.length} files, ${found.length} breaches of the floors`)
  process.exitCode = found.length === 0 ? 0 : 1
}
