/** Reports that preflight itself made, of a healthy service with facts broken, taken away or accepted: what a reader sees in the states that matter. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { toolIn } from '../../src/commands/tool.ts'
import type { CheckId } from '../../src/domain/check-id.ts'
import type { Report } from '../../src/domain/report.ts'
import { fixture, scratch } from '../aws/scratch.ts'

// biome-ignore lint/suspicious/noExplicitAny: files of a recording, as their tests know them
type Files = Record<string, any>
type Edit = (files: Files) => void

const HEALTHY_FILES: Files = Object.fromEntries(
  readdirSync(fixture('field/healthy'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(fixture('field/healthy'), name), 'utf8'))]),
)

/** The healthy service after some edits. `readAt` is of the samples, as every run would have another. */
export async function judged(edits: readonly Edit[], ignored: readonly CheckId[] = []): Promise<Report> {
  const files = structuredClone(HEALTHY_FILES)
  for (const edit of edits) edit(files)
  const reader = await openFolder(scratch(files))
  const ignore = ignored.map((check) => ({ check, subject: null, reason: 'OPS-212, until March' }))
  const report = await preflight({ failOn: ['blocker'], ignore }, { reader, tool: toolIn({}) })
  return { ...report, readAt: Date.UTC(2026, 10, 20, 4, 5) }
}

const imageGone: Edit = (files) => {
  files['ecr/describe-images/api.json'].imageDetails[0].imageTags = ['2.3.0']
}
const s3RouteGone: Edit = (files) => {
  files['ec2/describe-route-tables.json'].RouteTables[1].Routes.pop()
}
const endpointsClosed: Edit = (files) => {
  files['ec2/describe-security-groups.json'].SecurityGroups[1].IpPermissions[0].UserIdGroupPairs[0].GroupId =
    'sg-0bbbbbbbbbbbbbbbb'
}
const roleWithoutEcr: Edit = (files) => {
  for (const result of files['iam/simulate-principal-policy/api-exec.json'].EvaluationResults)
    if (result.EvalActionName.startsWith('ecr:')) result.EvalDecision = 'implicitDeny'
}
const logGroupGone: Edit = (files) => {
  files['logs/describe-log-groups.json'].logGroups = []
}
const secretDeleted: Edit = (files) => {
  files['secretsmanager/describe-secret/db.json'].DeletedDate = '2026-11-18T00:00:00Z'
}
/** What a role that may read next to nothing would see. */
const nothingRead: Edit = (files) => {
  const kept = /^(?:meta|ecs\/describe-services|ecs\/describe-task-definition\/.*)\.json$/
  for (const name of Object.keys(files)) if (!kept.test(name)) delete files[name]
}

export const JUDGED: Readonly<Record<string, Report>> = {
  healthy: await judged([]),
  'six-faults': await judged([imageGone, s3RouteGone, endpointsClosed, roleWithoutEcr, logGroupGone, secretDeleted]),
  'nothing-read': await judged([nothingRead]),
  'ignored-blocker': await judged([imageGone], ['image-not-found']),
}
