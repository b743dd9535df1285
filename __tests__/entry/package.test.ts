/** The npm package as its users get it: one package, nothing else beside it, and no Node of ours in the way of theirs. */
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { TOOL } from '../../src/domain/version.ts'
import { DIST, temporary } from './program.ts'

const place = temporary()
const [sources, user] = [join(place, 'sources'), join(place, 'user')]
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

function npm(cwd: string, ...argv: readonly string[]): string {
  // Without a registry: what is not in the package cannot come.
  const env = {
    PATH: process.env['PATH'],
    HOME: place,
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
  const { status, stdout, stderr } = spawnSync('npm', argv, { cwd, env, encoding: 'utf8' })
  expect({ argv, status, stderr }).toEqual({ argv, status: 0, stderr: expect.any(String) })
  return stdout
}

beforeAll(() => {
  for (const each of [...manifest.files, 'README.md', 'LICENSE', 'package.json'].filter((name) => name !== 'dist'))
    cpSync(each, join(sources, each), { recursive: true })
  cpSync(DIST, join(sources, 'dist'), { recursive: true })
  mkdirSync(user)
  writeFileSync(join(user, 'package.json'), '{ "private": true }\n')
  const [archive = ''] = npm(sources, 'pack', '--silent').trim().split('\n').slice(-1)
  npm(user, 'install', '--no-audit', '--no-fund', join(sources, archive))
})

afterAll(() => rmSync(place, { recursive: true }))

test('it is one package, of less than 6 MB', () => {
  const installed = readdirSync(join(user, 'node_modules')).filter((name) => !name.startsWith('.'))
  expect(installed).toEqual([TOOL.name])
  const files = globSync(`${user}/node_modules/${TOOL.name}/**/*`).map((file) => statSync(file))
  expect(files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)).toBeLessThan(6_000_000)
})

test('its one program is its own, and runs', () => {
  expect(readdirSync(join(user, 'node_modules', '.bin'))).toEqual([TOOL.name])
  const program = join(user, 'node_modules', '.bin', TOOL.name)
  const run = (...argv: readonly string[]) => spawnSync(program, argv, { encoding: 'utf8' })
  expect(run('--version').stdout).toBe(`${TOOL.name} ${TOOL.version}\n`)
  expect(npm(user, 'exec', '--', TOOL.name, '--version')).toBe(`${TOOL.name} ${TOOL.version}\n`)
  expect(run('explain', 'CannotPullContainerError: i/o timeout').status).toBe(0)
})

test('the manifest names no package that a user would be given', () => {
  expect(manifest).not.toHaveProperty('dependencies')
  expect(manifest).not.toHaveProperty('optionalDependencies')
})
