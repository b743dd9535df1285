/** May the caller do what is about to be done? Asked of IAM before the first write, and answered with no only where IAM is sure. */
import type { Loose, RawAnswer } from '../../aws/calls/call.ts'
import { getRole, simulatePrincipalPolicy } from '../../aws/calls/iam.ts'
import { getCallerIdentity } from '../../aws/calls/sts.ts'
import { toSimulatedCalls } from '../../aws/facts/role.ts'
import { at, idOf, isLoose, listAt, text } from '../../aws/facts/shape.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import { distinct } from '../../domain/collections.ts'
import type { MissingRight } from '../../domain/deployment.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { Ready } from './ready.ts'
import type { DeployRequest } from './request.ts'

interface Need {
  readonly action: string
  /** Any of them will do: a policy may name the one or the other. */
  readonly anyOf: readonly string[]
  /** Of `iam:PassRole`. */
  readonly passedTo?: string
}

/** Empty as well where nobody can tell: the caller may not be looked at, or a policy asks for what a simulation does not know. */
export async function missingRights(
  reader: Reader,
  request: DeployRequest,
  ready: Ready,
): Promise<readonly MissingRight[]> {
  const caller = await callerOf(reader)
  if (caller === null) return []
  const answers = await Promise.all(needsOf(request, ready, reader.region).map((need) => missing(reader, caller, need)))
  return answers.flatMap((one) => one ?? [])
}

async function missing(
  reader: Reader,
  caller: string,
  { action, anyOf, passedTo }: Need,
): Promise<MissingRight | null> {
  const answer: RawAnswer = await reader.read(simulatePrincipalPolicy, {
    id: [caller],
    action: [action],
    resource: anyOf,
    region: [reader.region],
    ...(passedTo === undefined ? {} : { service: [passedTo] }),
  })
  if (!answer.known) return null
  const calls = answer.value.filter(isLoose).flatMap((one) => toSimulatedCalls(one, anyOf))
  const isSure = calls.length > 0 && calls.every((one) => one.decision.endsWith('Deny') && one.missing.length === 0)
  return isSure ? { action, resource: anyOf[0] ?? '*' } : null
}

/**
 * The ARN that IAM knows the caller by: a session of a role is `arn:…:sts::…:assumed-role/NAME/SESSION`, and the path of the role is
 * missing in it (IAM User Guide, IAM identifiers). Null for the root user, who may everything, and for federated users.
 */
async function callerOf(reader: Reader): Promise<string | null> {
  const identity: RawAnswer = await reader.read(getCallerIdentity)
  const arn = identity.known ? idOf(at(identity.value[0], 'Arn')) : null
  if (arn === null || /:user\//.test(arn)) return arn
  const [, role] = /:assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (role === undefined) return null
  const answer: RawAnswer = await reader.read(getRole, { id: [role] })
  return answer.known ? idOf(at(answer.value[0], 'Role', 'Arn')) : null
}

const ECS_TASKS = 'ecs-tasks.amazonaws.com'
const ECS = 'ecs.amazonaws.com'

function needsOf(request: DeployRequest, ready: Ready, region: string): readonly Need[] {
  const { registration, existing, accountId, service, newest } = ready
  const partition = partitionOf(region).id
  const isNew = registration !== null && existing === null
  const input = registration?.input ?? {}
  const revision = `arn:${partition}:ecs:${region}:${accountId}:task-definition/${text(input['family'])}:${newest + 1}`
  const roleArn = (role: string) => (role.startsWith('arn:') ? role : `arn:${partition}:iam::${accountId}:role/${role}`)
  const passed = (roles: readonly unknown[], passedTo: string): readonly Need[] =>
    distinct(roles.flatMap((one) => idOf(one) ?? [])).map((role) => ({
      action: 'iam:PassRole',
      anyOf: [roleArn(role)],
      passedTo,
    }))
  const isOfEcs = service?.deploymentController !== 'CODE_DEPLOY'
  return [
    ...(isNew ? [{ action: 'ecs:RegisterTaskDefinition', anyOf: ['*', revision] }] : []),
    ...(isNew ? passed([input['executionRoleArn'], input['taskRoleArn']], ECS_TASKS) : []),
    ...(service !== null && isOfEcs ? [{ action: 'ecs:UpdateService', anyOf: [service.arn] }] : []),
    ...(request.emergency === null || service === null
      ? []
      : ['ecs:TagResource', 'ecs:UntagResource'].map((action) => ({ action, anyOf: [service.arn] }))),
    ...(isOfEcs ? passed(volumeRoles(request.update), ECS) : []),
    ...(request.task === null ? [] : [{ action: 'ecs:RunTask', anyOf: [existing ?? revision] }]),
    ...(request.task === null ? [] : passed(volumeRoles(request.task.input), ECS)),
  ]
}

/** What ECS is to assume to make volumes. */
function volumeRoles(input: Loose): readonly unknown[] {
  return listAt(input, 'volumeConfigurations').map((one) => at(one, 'managedEBSVolume', 'roleArn'))
}
