/** The program as its sources are now, built once for each state of them: a broken source cannot stay green behind an old dist/. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const BUILDS = 'build'
const SOURCES = [
  'src/**/*.ts',
  'simulator/**/*.{ts,json}',
  'scripts/bundle.ts',
  'scripts/bundle/*.js',
  'report.schema.json',
  'package-lock.json',
]
const HOUR_MS = 3_600_000

/** The folder that it lies in. */
export function built(): string {
  const folder = join(BUILDS, `tested-${stateOfSources()}`)
  if (!existsSync(folder)) build(folder)
  return folder
}

function stateOfSources(): string {
  const hash = createHash('sha256')
  for (const file of globSync(SOURCES).sort()) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex').slice(0, 16)
}

function build(folder: string): void {
  for (const old of globSync(`${BUILDS}/tested-*`)) {
    if (Date.now() - statSync(old).mtimeMs > HOUR_MS) rmSync(old, { recursive: true, force: true })
  }
  mkdirSync(BUILDS, { recursive: true })
  const place = mkdtempSync(join(BUILDS, 'making-'))
  const made = join(place, 'dist')
  const { status, stderr } = spawnSync(process.execPath, ['scripts/bundle.ts', made], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The sources cannot be bundled: ${stderr}`)
  try {
    renameSync(made, folder)
  } catch (error) {
    // Another worker was as quick, and made the same.
    if (!existsSync(folder)) throw error
  }
  rmSync(place, { recursive: true })
}
