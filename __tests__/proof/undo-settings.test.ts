/** The command that a report leads with, pasted: the real AWS CLI puts a service back as it was. */
import { spawn } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { changeSettings, keepSettings } from '../../src/commands/settings/keep.ts'
import { toolIn } from '../../src/commands/tool.ts'
import { KEPT_KINDS } from '../../src/domain/kept-settings.ts'
import { CLUSTER, depsFor, PLANS, requestOf, SERVICE, UNTIL } from '../commands/settings/one-run.ts'
import { stage } from '../commands/settings/stage.ts'
import { requireTools } from './tools.ts'

requireTools()

test.each(KEPT_KINDS)('%s', async (kind) => {
  const { url, settings, tag } = await stage()
  await tag({ key: 'team', value: 'shop' })
  const before = await settings()
  const owner = 'github.com/acme/shop .github/workflows/deploy.yml production'
  const kept = await keepSettings({ ...requestOf(owner), kind, until: UNTIL, plan: PLANS[kind] }, depsFor(url))
  if (kept.outcome !== 'kept') throw new Error(kept.because.en)
  await changeSettings(requestOf(owner), kept, depsFor(url))
  expect(await settings()).not.toEqual(before)
  const { reader } = depsFor(url)
  const request = { cluster: CLUSTER, service: SERVICE, failOn: [], ignore: [] }
  const { temporary = [] } = await preflight(request, { reader, tool: toolIn({}) })
  expect(temporary).toMatchObject([{ isInForce: true, state: { kind, lease: { owner, until: UNTIL } } }])
  expect(await pasted(temporary[0]?.undo ?? '', url)).toBe(0)
  expect(await settings()).toEqual(before)
  expect((await preflight(request, { reader, tool: toolIn({}) })).temporary).toBeUndefined()
})

/** Its exit code. */
function pasted(command: string, url: string): Promise<number | null> {
  const env = {
    PATH: `.venv/bin:${process.env['PATH']}`,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_PAGER: '',
  }
  const shell = spawn('bash', ['-euc', command], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve, reject) => {
    shell.on('error', reject)
    shell.on('exit', resolve)
  })
}
