/**
 * Builds dist/: the action (dist/index.js) and the command line (dist/cli/index.js), each with chunks that load on demand.
 * esbuild shakes and splits, ncc gathers the many small chunks into few, esbuild minifies what ncc adds. Same input, same bytes.
 */
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

const require = createRequire(import.meta.url)
const ENTRIES = [
  { source: 'src/entry/action-main.ts', made: 'build/action', target: 'build/dist' },
  { source: 'src/entry/cli-main.ts', made: 'build/cli', target: 'build/dist/cli' },
]
/** The oldest Node that the command line promises. */
const TARGET = 'node20'

// The SDK's generated schema modules key their object literals with constants ({ [_xN]: ... }). A computed
// key may run code, so no bundler drops such a schema. With the constant's text in its place, every schema
// that no imported command reaches goes. Nothing else in the SDK is touched.
const literalKeys = {
  name: 'literal-schema-keys',
  setup(b) {
    b.onLoad({ filter: /[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const names = new Map([...source.matchAll(/^const (_[\w$]+) = ("(?:[^"\\]|\\.)*");$/gm)].map((m) => [m[1], m[2]]))
      const contents = source.replace(/\[(_[\w$]+)\]:/g, (m, n) => (names.has(n) ? `${names.get(n)}:` : m))
      return { loader: 'js', contents }
    })
  },
}

const standIn = (name) => fileURLToPath(new URL(name, import.meta.url))

const partOfToolkit = {
  name: 'part-of-toolkit',
  setup(b) {
    const part = standIn('toolkit.js')
    b.onResolve({ filter: /^@actions\/core$/ }, ({ importer }) => (importer === part ? undefined : { path: part }))
    // Of `@actions/core` nothing that is left asks for it, and it does nothing by being loaded.
    b.onResolve({ filter: /^@actions\/http-client$/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === part) return undefined
      return { ...(await b.resolve(path, { ...from, pluginData: part })), sideEffects: false }
    })
    b.onResolve({ filter: /^undici$/ }, () => ({ path: standIn('undici.js'), sideEffects: false }))
    b.onResolve({ filter: /^@octokit\/plugin-(rest-endpoint-methods|paginate-rest)$/ }, () => ({
      path: standIn('octokit-plugins.js'),
      sideEffects: false,
    }))
  },
}

// Of its own package.json each client wants the version, and of a browser's user agent nobody here wants anything.
const leanClients = {
  name: 'lean-clients',
  setup(b) {
    b.onLoad({ filter: /[\\/]@aws-sdk[\\/][\w-]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'))
      return { loader: 'json', contents: JSON.stringify({ version }) }
    })
    b.onLoad({ filter: /[\\/]node_modules[\\/]bowser[\\/]/ }, () => ({ loader: 'js', contents: 'export {}' }))
  },
}

/** Chunks of one entry under `made`, ready for ncc. Returns esbuild's account of what went where. */
async function shake({ source, made }) {
  const { metafile } = await build({
    entryPoints: [{ in: source, out: 'index' }],
    outdir: made,
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: TARGET,
    mainFields: ['module', 'main'],
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    charset: 'utf8',
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    plugins: [literalKeys, partOfToolkit, leanClients],
    metafile: true,
    logLevel: 'warning',
  })
  return metafile
}

async function gather({ made, target }) {
  const ncc = spawnSync('node', [
    require.resolve('@vercel/ncc/dist/ncc/cli.js'),
    'build',
    `${made}/index.js`,
    '-o',
    target,
    '-q',
    '--no-cache',
  ])
  if (ncc.status !== 0) throw new Error(`ncc: ${ncc.stderr}${ncc.stdout}`)
  for (const name of (await readdir(target)).filter((each) => each.endsWith('.js'))) {
    const source = await readFile(`${target}/${name}`, 'utf8')
    const { code } = await transform(source, {
      minify: true,
      format: 'esm',
      target: TARGET,
      charset: 'utf8',
      legalComments: 'none',
    })
    await writeFile(`${target}/${name}`, code)
  }
}

/** The licence of every package with a byte in the output; a text that several share stands once. */
async function licences(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.entries(output.inputs)),
  )
  const shipped = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file)
  const roots = shipped.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [])
  const packages = new Map()
  for (const root of [...new Set(roots)].sort()) {
    const { name, version, license } = JSON.parse(await readFile(`${root}/package.json`, 'utf8'))
    const file = (await readdir(root)).find((each) => /^licen[cs]e/i.test(each))
    const text = file ? (await readFile(`${root}/${file}`, 'utf8')).trim() : '(no licence file in the package)'
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version} (${license})`])
  }
  return [...packages].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join('\n---\n\n')
}

await rm('build', { recursive: true, force: true })
await mkdir('build/dist', { recursive: true })
const metafiles = await Promise.all(ENTRIES.map(shake))
for (const entry of ENTRIES) await gather(entry)
await writeFile('build/dist/licenses.txt', await licences(metafiles))
await chmod('build/dist/cli/index.js', 0o755)
await rm('dist', { recursive: true, force: true })
await rename('build/dist', 'dist')
