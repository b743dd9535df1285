/** Both scripts of a report in a folder of their own, run against an AWS that stays: the interpreter of `cloud/`, or moto. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from '../../../src/domain/report.ts'
import { fixScripts } from '../../../src/report/fix-scripts.ts'
import type { Case } from '../cases.ts'
import { type LastingCloud, lastingCloud } from '../cloud/lasting.ts'
import type { Folder } from '../folder.ts'
import { judge } from '../judge.ts'
import type { Moto } from '../moto/moto.ts'
import { readsOf } from '../printed.ts'
import type { FileEnd, FileRun, RealCli } from '../real-cli/real-cli.ts'
import { recordingOf } from './recording.ts'

export type Script = 'fix' | 'unfix'

export interface Stage {
  readonly name: string
  readonly run: (script: Script, options?: Omit<FileRun, 'path' | 'reads'>) => Promise<FileEnd>
  /** What this AWS holds now. */
  readonly recording: () => Promise<string>
  readonly judged: () => Promise<Report>
  /** Removes the scripts and their record. */
  readonly close: () => void
}

/** A new AWS that holds the case's folder. `account`: of the credentials. */
export function stageInFolder(cli: RealCli, one: Case, report: Report, account?: string): Stage {
  const cloud = lastingCloud(one.folder, account)
  return {
    ...scripts(one.name, report, (run) => cli.file({ ...run, reads: readsOf(one.folder) }, cloud.answer)),
    recording: async () => recordingOf(heldBy(cloud)),
    judged: () => judge(afterDeploying(one, report), cloud.folder),
  }
}

/** What was to be deployed is another revision, once the script has deployed one. */
function afterDeploying(one: Case, { repairs = [] }: Report): Case {
  const deploys = repairs[0]?.changes.some(({ kind }) => kind === 'register-task-definition')
  return deploys === true ? { ...one, taskDefinition: null } : one
}

/** All its files but what a deployment changes by itself. */
function heldBy({ folder, addresses }: LastingCloud): object {
  const files = folder.paths().map((path) => [path, withoutDeployments(folder, path)] as const)
  return { ...Object.fromEntries(files), addresses: [...addresses.values()].map(({ Tags }) => Tags) }
}

function withoutDeployments(folder: Folder, path: string): object {
  if (path !== 'ecs/describe-services.json') return folder.json(path)
  const { services } = folder.json<{ services: readonly object[] }>(path)
  return services.map((one) => ({ ...one, deployments: [] }))
}

/** moto as it is: `moto.make` before. */
export function stageInMoto(cli: RealCli, moto: Moto, one: Case, report: Report): Stage {
  return {
    ...scripts(one.name, report, (run) => cli.file(run)),
    recording: async () => recordingOf(await moto.recording()),
    judged: () => moto.judge(one),
  }
}

function scripts(name: string, report: Report, start: (run: FileRun) => Promise<FileEnd>) {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-fix-'))
  const pathOf = (script: Script) => join(folder, `${script}.sh`)
  const { fix, unfix } = fixScripts(report, 'en')
  writeFileSync(pathOf('fix'), fix)
  writeFileSync(pathOf('unfix'), unfix)
  return {
    name,
    run: (script: Script, options: Omit<FileRun, 'path' | 'reads'> = {}) =>
      start({ arguments: ['--yes'], ...options, path: pathOf(script) }),
    close: () => rmSync(folder, { recursive: true }),
  }
}
