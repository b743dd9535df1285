/** A process that is killed at any write leaves what the next run of the same owner puts back. */
import { spawn } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { restoreSettings } from '../../../src/commands/settings/restore.ts'
import { KEPT_KINDS } from '../../../src/domain/kept-settings.ts'
import { depsFor, requestOf } from './one-run.ts'
import { stage } from './stage.ts'

const DRIVER = new URL('one-run.ts', import.meta.url).pathname
/** TagResource, UpdateService there, UpdateService back, UntagResource. */
const WRITES = [1, 2, 3, 4]
const POINTS = ['before 1', ...WRITES.flatMap((nth) => [`during ${nth}`, `after ${nth}`])]

test.each(KEPT_KINDS.flatMap((kind) => POINTS.map((point) => [kind, point] as const)))(
  '%s, killed %s',
  async (kind, point) => {
    const { url, settings, tag, writes } = await stage({ latencyMs: point.startsWith('during') ? 50 : 0 })
    await tag({ key: 'team', value: 'shop' })
    const before = await settings()
    const [when = '', nth = ''] = point.split(' ')
    const sent = writes().length
    const isDue = () => when === 'during' && writes().length - sent === Number(nth)
    expect(await killed([url, kind, when, nth], isDue)).toBe('SIGKILL')
    expect(writes().length - sent).toBe(Number(nth) - (when === 'before' ? 1 : 0))
    const passing = async (ids: readonly string[]) => new Set(ids)
    const { remaining } = await restoreSettings({ ...requestOf(), passing }, depsFor(url))
    expect(await settings()).toEqual(before)
    expect(remaining).toEqual({ kept: [], illegible: [] })
  },
)

/** The signal that ended it: its own, or ours as soon as it is due. */
function killed(args: readonly string[], isDue: () => boolean): Promise<string | null> {
  const child = spawn(process.execPath, [DRIVER, ...args], { stdio: 'inherit' })
  const watching = setInterval(() => isDue() && child.kill('SIGKILL'), 2)
  return new Promise<string | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (_code, signal) => resolve(signal))
  }).finally(() => clearInterval(watching))
}
