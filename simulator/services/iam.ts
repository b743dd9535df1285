/** AWS IAM: roles, their policies, and the policy simulator, which answers what was recorded of it. */
import { matchesGlob } from '../glob.ts'
import { type Item, isItem, itemsOf, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { pageOf, smaller } from '../paging.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { answerNamed, answersOf, type Recorded, type World } from '../world.ts'

export const IAM: Operations = {
  GetRole: getRole,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  ListRolePolicies: listRolePolicies,
  GetRolePolicy: getRolePolicy,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  GetInstanceProfile: getInstanceProfile,
}

function getRole({ params }: Request, world: World): Item {
  const name = textOf(params, 'RoleName') ?? ''
  const answers = answersOf(world, 'iam/get-role')
  const roles = answers.flatMap((answer) => (isItem(answer.content['Role']) ? [answer.content['Role']] : []))
  const role = roles.find((one) => one['RoleName'] === name)
  if (!role) throw new Unrecorded(`iam/get-role ${name}`)
  return { Role: withEncoded(role, 'AssumeRolePolicyDocument') }
}

/**
 * One result for each action with each resource: the recorded one of that very resource, else one that covers it, else one of
 * everything, each as it was recorded. What was not recorded is left out.
 */
function simulatePrincipalPolicy(request: Request, world: World): Item {
  const { params } = request
  const source = textOf(params, 'PolicySourceArn') ?? ''
  const recorded = namedAnswer(world, 'iam/simulate-principal-policy', source)
  const results = itemsOf(recorded['EvaluationResults'])
  const resources = textsOf(params['ResourceArns'])
  const matching = textsOf(params['ActionNames']).flatMap((action) =>
    (resources.length === 0 ? ['*'] : resources).flatMap((resource) => resultFor(results, action, resource) ?? []),
  )
  return iamPage('EvaluationResults', [...new Set(matching)], request)
}

function resultFor(results: readonly Item[], action: string, resource: string): Item | null {
  const ofAction = results.filter((one) => textOf(one, 'EvalActionName')?.toLowerCase() === action.toLowerCase())
  const named = (one: Item) => textOf(one, 'EvalResourceName') ?? '*'
  return (
    ofAction.find((one) => named(one) === resource) ??
    ofAction.find((one) => named(one) !== '*' && covers(named(one), resource)) ??
    ofAction.find((one) => named(one) === '*') ??
    null
  )
}

/** A log group stands for its streams. */
function covers(recorded: string, resource: string): boolean {
  return matchesGlob(recorded, resource) || matchesGlob(`${recorded}:log-stream:*`, resource)
}

function getInstanceProfile({ params }: Request, world: World): Item {
  const name = textOf(params, 'InstanceProfileName') ?? ''
  const recorded = answersOf(world, 'iam/get-instance-profile').find(
    ({ content }) => isItem(content['InstanceProfile']) && content['InstanceProfile']['InstanceProfileName'] === name,
  )
  if (recorded === undefined) throw new Unrecorded(`iam/get-instance-profile ${name}`)
  return recorded.content
}

function listAttachedRolePolicies(request: Request, world: World): Item {
  const recorded = namedAnswer(world, 'iam/list-attached-role-policies', textOf(request.params, 'RoleName') ?? '')
  return iamPage('AttachedPolicies', itemsOf(recorded['AttachedPolicies']), request)
}

/** From its own file, or else from the role's inline policies that were recorded. */
function listRolePolicies(request: Request, world: World): Item {
  const role = textOf(request.params, 'RoleName') ?? ''
  const own = answerNamed(world.answers('iam/list-role-policies') ?? [], 'RoleName', role)
  if (own) return iamPage('PolicyNames', textsOf(own['PolicyNames']), request)
  const inline = (world.answers('iam/get-role-policy') ?? []).filter((answer) => answer.content['RoleName'] === role)
  if (inline.length === 0) throw new Unrecorded(`iam/list-role-policies ${role}`)
  return iamPage(
    'PolicyNames',
    inline.map((answer) => textOf(answer.content, 'PolicyName')),
    request,
  )
}

function getRolePolicy({ params }: Request, world: World): Item {
  const [role, policy] = [textOf(params, 'RoleName') ?? '', textOf(params, 'PolicyName') ?? '']
  const recorded = answersOf(world, 'iam/get-role-policy').find(
    ({ content }) => content['RoleName'] === role && content['PolicyName'] === policy,
  )
  if (recorded) return withEncoded(recorded.content, 'PolicyDocument')
  throw new Refusal('NoSuchEntity', `The role policy with name ${policy} cannot be found.`, 404)
}

function getPolicy({ params }: Request, world: World): Item {
  const arn = textOf(params, 'PolicyArn') ?? ''
  const recorded = answersOf(world, 'iam/get-policy').find(
    ({ content }) => isItem(content['Policy']) && content['Policy']['Arn'] === arn,
  )
  if (recorded) return recorded.content
  throw noPolicy(arn)
}

/**
 * The answer does not say whose version it is: the file's name does, by the policy's ARN or name, with or without the
 * version (`AmazonECSTaskExecutionRolePolicy.v3.json`). A lone file needs no name.
 */
function getPolicyVersion({ params }: Request, world: World): Item {
  const [arn, version] = [textOf(params, 'PolicyArn') ?? '', textOf(params, 'VersionId') ?? '']
  const answers = answersOf(world, 'iam/get-policy-version').filter(
    ({ content }) => isItem(content['PolicyVersion']) && content['PolicyVersion']['VersionId'] === version,
  )
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const named = answerNamed(answers, 'PolicyArn', ...[arn, name].flatMap((key) => [key, `${key} ${version}`]))
  const recorded = named ?? (answers.length === 1 ? answers[0]?.content : null)
  if (!recorded)
    throw new Refusal('NoSuchEntity', `Policy ${arn} version ${version} does not exist or is not attachable.`, 404)
  const inner = recorded['PolicyVersion']
  return { PolicyVersion: isItem(inner) ? withEncoded(inner, 'Document') : {} }
}

/** Files of a role are named after it: `<role>.json`. Throws Unrecorded. */
function namedAnswer(world: World, call: string, nameOrArn: string): Item {
  const answers: readonly Recorded[] = answersOf(world, call)
  const named = answerNamed(answers, 'RoleName', nameOrArn, nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1))
  if (named === null) throw new Unrecorded(`${call} ${nameOrArn}`)
  return named
}

/** On the wire a policy document is URL-encoded JSON (RFC 3986); the AWS CLI prints it decoded, as an object. */
function withEncoded(item: Item, member: string): Item {
  const document = item[member]
  if (document === undefined) return item
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  return { ...item, [member]: text.startsWith('%7B') ? text : encodeURIComponent(text) }
}

function iamPage(list: string, items: readonly unknown[], { params, pageSize }: Request): Item {
  const requested = Number(textOf(params, 'MaxItems') ?? 100)
  const page = pageOf(items, { token: textOf(params, 'Marker'), size: smaller(requested, pageSize) })
  if (page === null) throw new Refusal('ValidationError', 'Invalid Marker.')
  return { [list]: page.items, IsTruncated: page.next !== null, ...(page.next === null ? {} : { Marker: page.next }) }
}

function noPolicy(arn: string): Refusal {
  return new Refusal('NoSuchEntity', `Policy ${arn} was not found.`, 404)
}
