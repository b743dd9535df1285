/**
 * Builds the action (index.js) and the command line (cli/index.js) with the chunks that both load on demand, by `node scripts/bundle.ts
 * [FOLDER]`, into dist/ unless told otherwise. A chunk is a subject, a client, a renderer or a command, and is called after it, never
 * after its content: who changes a line changes a file. Same input, same bytes.
 */
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OutputChunk, type Plugin, type PreRenderedChunk, rolldown } from 'rolldown'

const ENTRIES = { index: 'src/entry/action-main.ts', 'cli/index': 'src/entry/cli-main.ts' }
/** The oldest Node that the command line promises. */
const TARGET = 'node20'

/**
 * Which modules are gathered in which chunk; the first row that fits decides, and null leaves a module with the `import()` that leads to
 * it. Rooms import each other downward only, so their chunks make no circle either: one that is split must not make one.
 */
const CHUNKS: readonly (readonly [RegExp, string | null])[] = [
  [/^src\/network\/(addresses|ranges)\.ts$|^ipaddr\.js\//, 'addresses'],
  [/^src\/report\/text\/(progress-line|width)\.ts$/, 'lines'],
  [/^src\/report\/(document|text|diagrams)\//, 'report'],
  [/^src\/aws\/((clients|exec|protocols|rollout|task-definition|writer)\/|permissions\.ts)/, null],
  [/^src\/aws\/gather\/start\//, 'start-facts'],
  [/^src\/(domain|task-start|iam|network|ecs-errors|deployment|changes|checks|rollout|aws)\//, '$1'],
  // What the SDK itself loads late: ways to credentials, and streams of events.
  [/^@aws-sdk\/(client-|nested-clients|token-providers|credential-provider-(?!node|env))/, null],
  [/^@smithy\/(credential-provider-imds\/|.*\/event-streams\/)/, null],
  [/^@(smithy|aws-sdk|aws-crypto|aws)\//, 'aws-sdk'],
]

function chunkOf(id: string): string | null {
  const path = pathOf(id)
  for (const [pattern, chunk] of CHUNKS) {
    const found = pattern.exec(path)
    if (found !== null) return chunk === '$1' ? (found[1] ?? null) : chunk
  }
  return null
}

/** From the project's root, or from the folder of packages: the same wherever the project lies. */
function pathOf(id: string): string {
  return /.*\/node_modules\/(.*)/.exec(id)?.[1] ?? relative('.', id)
}

/** A gathered chunk has its name; any other is called after the module that an `import()` names. */
function fileOf({ name, facadeModuleId }: Pick<PreRenderedChunk, 'name' | 'facadeModuleId'>): string {
  return `chunks/${facadeModuleId ? placeOf(pathOf(facadeModuleId)) : name}.js`
}

function placeOf(path: string): string {
  const [, own] = /^(?:src|scripts)\/(.*?)(?:\/index)?\.\w+$/.exec(path) ?? []
  if (own !== undefined) return own.replaceAll('/', '-')
  const [, name = path, part] = /^@?((?:[^/]+\/)?[^/]+)\/(?:.*\/submodules\/([\w-]+))?/.exec(path) ?? []
  return [...name.split('/'), ...(part === undefined ? [] : [part])].join('-').replace(/\.\w+$/, '')
}

// The SDK's generated schema modules key their object literals with constants ({ [_xN]: ... }). A computed
// key may run code, so no bundler drops such a schema. With the constant's text in its place, every schema
// that no imported command reaches goes. Nothing else in the SDK is touched.
const literalKeys: Plugin = {
  name: 'literal-schema-keys',
  load: {
    filter: { id: /[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ },
    async handler(id) {
      const source = await readFile(id, 'utf8')
      const names = new Map(
        Array.from(source.matchAll(/^const (_[\w$]+) = ("(?:[^"\\]|\\.)*");$/gm), ([, key, text]) => [key, text]),
      )
      return source.replace(/\[(_[\w$]+)\]:/g, (whole, key) => (names.has(key) ? `${names.get(key)}:` : whole))
    },
  },
}

const standIn = (name: string) => fileURLToPath(new URL(`bundle/${name}.js`, import.meta.url))

/** Of `@actions/core` a part; undici and Octokit's plugins not at all. */
const standIns: Plugin = {
  name: 'stand-ins',
  resolveId: {
    filter: { id: /^(undici|@actions\/(core|http-client)|@octokit\/plugin-(rest-endpoint-methods|paginate-rest))$/ },
    async handler(id, importer) {
      if (id === '@actions/core') return importer === standIn('toolkit') ? null : { id: standIn('toolkit') }
      if (id === 'undici') return { id: standIn('undici'), moduleSideEffects: false }
      if (id.startsWith('@octokit/')) return { id: standIn('octokit-plugins'), moduleSideEffects: false }
      // Of `@actions/core` nothing that is left asks for it, and it does nothing by being loaded.
      const found = await this.resolve(id, importer, { skipSelf: true })
      return found === null ? null : { ...found, moduleSideEffects: false }
    },
  },
}

// Of `ws` the client: its server and its streams are of no use here.
const clientOfWs: Plugin = {
  name: 'client-of-ws',
  load: {
    filter: { id: /[\\/]node_modules[\\/]ws[\\/]wrapper\.mjs$/ },
    handler: () => "export { default as WebSocket } from './lib/websocket.js'",
  },
}

// Of its own package.json each client wants the version, and of a browser's user agent nobody here wants anything.
const leanClients: Plugin = {
  name: 'lean-clients',
  load: {
    filter: { id: /[\\/]@aws-sdk[\\/][\w-]+[\\/]package\.json$|[\\/]node_modules[\\/]bowser[\\/]/ },
    async handler(id) {
      if (basename(id) !== 'package.json') return 'export {}'
      const { version } = JSON.parse(await readFile(id, 'utf8'))
      return JSON.stringify({ version })
    },
  },
}

async function write(folder: string): Promise<readonly OutputChunk[]> {
  const bundle = await rolldown({
    input: ENTRIES,
    platform: 'node',
    plugins: [literalKeys, standIns, clientOfWs, leanClients],
    preserveEntrySignatures: false,
    // The same wherever the packages lie.
    resolve: { mainFields: ['module', 'main'], symlinks: false },
    transform: { target: TARGET },
    tsconfig: false,
    checks: { ineffectiveDynamicImport: false },
  })
  const { output } = await bundle.write({
    dir: folder,
    // An `import` of node:http copies its exports, and among them is a getter that loads undici.
    format: 'cjs',
    dynamicImportInCjs: false,
    minify: true,
    comments: false,
    chunkFileNames: fileOf,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        // A door runs by being loaded: no chunk may import one.
        {
          debugName: 'start',
          tags: ['$initial'],
          name: (id) => (pathOf(id).startsWith('src/entry/') ? null : 'start'),
          priority: 1,
        },
        { debugName: 'rooms', name: chunkOf },
      ],
    },
  })
  await bundle.close()
  const chunks = output.filter((each) => each.type === 'chunk')
  refuseCircle(new Map(chunks.map(({ fileName, imports }) => [fileName, imports])))
  return chunks
}

/** In a circle some chunk runs before what it needs. */
function refuseCircle(imports: ReadonlyMap<string, readonly string[]>): void {
  const free = new Set<string>()
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) throw new Error(`Chunks in a circle: ${[...trail, file].join(' → ')}`)
    if (free.has(file)) return
    for (const next of imports.get(file) ?? []) visit(next, [...trail, file])
    free.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
}

/** The licence of every package with a byte in the output; a text that several share stands once. */
async function licences(chunks: readonly OutputChunk[]): Promise<string> {
  const shipped = chunks.flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : [])),
  )
  const roots = shipped.flatMap((id) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? [])
  const packages = new Map<string, readonly string[]>()
  for (const root of [...new Set(roots)].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const file = (await readdir(root)).find((each) => /^licen[cs]e/i.test(each))
    const text = file ? (await readFile(join(root, file), 'utf8')).trim() : '(no licence file in the package)'
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version} (${license})`])
  }
  return [...packages].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join('\n---\n\n')
}

const target = process.argv[2] ?? 'dist'
const made = join(dirname(target), `.${basename(target)}-${process.pid}`)
await mkdir(made, { recursive: true })
await writeFile(join(made, 'licenses.txt'), await licences(await write(made)))
await writeFile(join(made, 'package.json'), '{\n  "type": "commonjs"\n}\n')
await chmod(join(made, 'cli/index.js'), 0o755)
await rm(target, { recursive: true, force: true })
await rename(made, target)
