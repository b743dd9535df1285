/** A run that changes settings for a while and puts them back, as `deploy` and `probe` do, against the AWS of a URL. */
import { openLive } from '../../../src/aws/reader/live.ts'
import { openWriter, type Writer } from '../../../src/aws/writer/writer.ts'
import { changeSettings, type Keeping, keepSettings } from '../../../src/commands/settings/keep.ts'
import type { SettingsDeps, SettingsRequest } from '../../../src/commands/settings/look.ts'
import { type Restoration, restoreSettings } from '../../../src/commands/settings/restore.ts'
import { subnetPlan } from '../../../src/deployment/bad-subnets.ts'
import { execPlan, percentPlan, type SettingsPlan } from '../../../src/deployment/temporary-settings.ts'
import type { KeptKind } from '../../../src/domain/kept-settings.ts'
import type { Service } from '../../../src/domain/service.ts'

export const CLUSTER = 'cluster-nestjs-second'
export const SERVICE = 'role-nestjs-second-service'
export const GOOD = 'subnet-0e17c5b8a3d94f602'
export const BAD = 'subnet-09d2f7a641be3c85e'
export const OWNER = 'github.com/acme/shop deploy.yml prod'
export const BEGAN_AT = Date.parse('2026-11-21T04:00:00Z')
export const UNTIL = BEGAN_AT + 45 * 60_000

export const PLANS: Readonly<Record<KeptKind, (service: Service) => SettingsPlan>> = {
  percent: percentPlan,
  'enable-exec': execPlan,
  'bad-subnets': (service) => subnetPlan(service, { good: [GOOD], bad: [BAD] }, { zones: {}, loadBalancers: [] }),
}

export function requestOf(owner = OWNER): SettingsRequest {
  return { cluster: CLUSTER, service: SERVICE, owner }
}

/** Its clock goes on by what is slept, and nobody waits. */
export function depsFor(url: string, at = BEGAN_AT): SettingsDeps & { readonly said: string[] } {
  let ms = at
  const clock = {
    now: () => ms,
    sleep: async (rest: number) => {
      ms += rest
    },
  }
  const aws = { region: 'ap-northeast-2', endpoint: url, credentials: { accessKeyId: 'AKID', secretAccessKey: 'none' } }
  const limits = { callMs: 30_000, runMs: Number.POSITIVE_INFINITY }
  const said: string[] = []
  return {
    reader: openLive({ ...aws, env: {}, maxAttempts: 3, limits }),
    writer: openWriter({ ...aws, clock, random: () => 0, limits }),
    clock,
    say: ({ en }) => void said.push(en),
    said,
  }
}

export interface Run {
  readonly kept: Keeping
  readonly restoration: Restoration
}

/** `midway` is called while the settings are changed. */
export async function run(
  kind: KeptKind,
  deps: SettingsDeps,
  { owner = OWNER, midway }: { readonly owner?: string; readonly midway?: () => Promise<unknown> } = {},
): Promise<Run> {
  const request = requestOf(owner)
  const passing = async (ids: readonly string[]) => new Set(ids)
  await restoreSettings({ ...request, passing }, deps)
  const kept = await keepSettings({ ...request, kind, until: UNTIL, plan: PLANS[kind] }, deps)
  if (kept.outcome === 'kept') await changeSettings(request, kept, deps)
  await midway?.()
  return { kept, restoration: await restoreSettings({ ...request, kinds: [kind], passing }, deps) }
}

/** Ends this very process, as `kill -9` does, before or after its n-th write. One that is to die in the middle of it waits for somebody else to do it. */
export function killing(writer: Writer, when: string, nth: number): Writer {
  let writes = 0
  const die = () => process.kill(process.pid, 'SIGKILL')
  return {
    ...writer,
    write: async (...write) => {
      writes += 1
      if (writes === nth && when === 'before') die()
      const written = await writer.write(...write)
      if (writes === nth && when === 'after') die()
      return written
    },
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , url = '', kind, when = '', nth] = process.argv
  const deps = depsFor(url)
  await run(kind as KeptKind, { ...deps, writer: killing(deps.writer, when, Number(nth)) })
}
