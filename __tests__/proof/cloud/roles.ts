/** IAM roles: what they may do, as the simulator of IAM would answer after a policy changed. */
import { type Cloud, type Operations, Refused } from './cloud.ts'

interface Statement {
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}

interface Decision {
  EvalActionName: string
  EvalResourceName?: string
  EvalDecision: string
  MatchedStatements?: { SourcePolicyId?: string }[]
  OrganizationsDecisionDetail?: { AllowedByOrganizations: boolean }
  PermissionsBoundaryDecisionDetail?: { AllowedByPermissionsBoundary: boolean }
  ResourceSpecificResults?: { EvalResourceName: string; EvalResourceDecision: string }[]
}

interface Role {
  readonly RoleName: string
  readonly Arn: string
  AssumeRolePolicyDocument: unknown
}

/** IAM User Guide, AWS managed policies for Amazon ECS. */
const MANAGED: Readonly<Record<string, Statement>> = {
  AmazonECSTaskExecutionRolePolicy: {
    Effect: 'Allow',
    Action: [
      'ecr:GetAuthorizationToken',
      'ecr:BatchCheckLayerAvailability',
      'ecr:GetDownloadUrlForLayer',
      'ecr:BatchGetImage',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ],
    Resource: '*',
  },
}

export const roleOperations: Operations = {
  CreateRole(
    cloud: Cloud,
    request: { RoleName: string; AssumeRolePolicyDocument: string },
    answer: { Role: { Arn: string } },
  ) {
    const path = `iam/get-role/${request.RoleName}.json`
    if (cloud.folder.has(path))
      throw new Refused('EntityAlreadyExists', `Role with name ${request.RoleName} already exists.`)
    const AssumeRolePolicyDocument = documentOf(request.AssumeRolePolicyDocument)
    cloud.folder.put(path, {
      Role: {
        RoleName: request.RoleName,
        Arn: answer.Role.Arn,
        Path: '/',
        RoleId: 'AROANEW',
        AssumeRolePolicyDocument,
      },
    })
    const simulation = simulationOf(request.RoleName)
    if (!cloud.folder.has(simulation)) cloud.folder.put(simulation, { EvaluationResults: [] })
  },

  UpdateAssumeRolePolicy(cloud: Cloud, request: { RoleName: string; PolicyDocument: string }) {
    const path = rolePath(cloud, request.RoleName)
    const { Role: role } = cloud.folder.json<{ Role: Role }>(path)
    cloud.folder.put(path, { Role: { ...role, AssumeRolePolicyDocument: documentOf(request.PolicyDocument) } })
  },

  /** Replaces the inline policy of that name, and with it what only that policy allowed. */
  PutRolePolicy(cloud: Cloud, request: { RoleName: string; PolicyName: string; PolicyDocument: string }) {
    rolePath(cloud, request.RoleName)
    const document = documentOf(request.PolicyDocument)
    const simulation = simulationOf(request.RoleName)
    const own = `${request.RoleName}/${request.PolicyName}`
    if (cloud.folder.has(simulation) && !cloud.formerDecisions.has(own))
      cloud.formerDecisions.set(own, cloud.folder.json(simulation))
    editDecisions(cloud, request.RoleName, (decisions) => {
      for (const one of decisions) {
        const from = one.MatchedStatements ?? []
        if (from.length > 0 && from.every(({ SourcePolicyId }) => SourcePolicyId === request.PolicyName))
          one.EvalDecision = 'implicitDeny'
      }
      allow(decisions, document.Statement)
    })
    cloud.folder.put(`iam/get-role-policy/${request.RoleName}-${request.PolicyName}.json`, {
      RoleName: request.RoleName,
      PolicyName: request.PolicyName,
      PolicyDocument: document,
    })
  },

  /** Of one that the calls put: IAM says again what it said before. */
  DeleteRolePolicy(
    { folder, formerDecisions }: Cloud,
    { RoleName, PolicyName }: { RoleName: string; PolicyName: string },
  ) {
    const path = `iam/get-role-policy/${RoleName}-${PolicyName}.json`
    if (!folder.has(path)) throw new Refused('NoSuchEntity', `The role policy with name ${PolicyName} cannot be found.`)
    folder.remove(path)
    const former = formerDecisions.get(`${RoleName}/${PolicyName}`)
    if (former !== undefined) folder.put(simulationOf(RoleName), former)
    formerDecisions.delete(`${RoleName}/${PolicyName}`)
  },

  AttachRolePolicy(cloud: Cloud, request: { RoleName: string; PolicyArn: string }) {
    rolePath(cloud, request.RoleName)
    const statement = MANAGED[request.PolicyArn.split('/').at(-1) ?? '']
    if (statement === undefined) throw new Refused('NoSuchEntity', `Policy ${request.PolicyArn} does not exist`)
    editDecisions(cloud, request.RoleName, (decisions) => allow(decisions, [statement]))
  },
}

/** Inline policies of a role. */
export function rolePoliciesOf(cloud: Cloud, role: string): readonly string[] {
  rolePath(cloud, role)
  return cloud.folder
    .under('iam/get-role-policy')
    .map((path) => cloud.folder.json<{ RoleName: string; PolicyName: string }>(path))
    .filter(({ RoleName }) => RoleName === role)
    .map(({ PolicyName }) => PolicyName)
}

function simulationOf(role: string): string {
  return `iam/simulate-principal-policy/${role}.json`
}

function rolePath({ folder }: Cloud, name: string): string {
  const path = `iam/get-role/${name}.json`
  if (!folder.has(path)) throw new Refused('NoSuchEntity', `The role with name ${name} cannot be found.`)
  return path
}

function editDecisions({ folder }: Cloud, role: string, edit: (decisions: Decision[]) => void): void {
  const path = simulationOf(role)
  if (!folder.has(path)) return
  const answer = folder.json<{ EvaluationResults: Decision[] }>(path)
  edit(answer.EvaluationResults)
  folder.put(path, answer)
}

/** Only what nothing denied: an explicit deny, a boundary or an organization's policy stays. */
function allow(decisions: Decision[], statements: readonly Statement[]): void {
  for (const one of decisions) {
    const held =
      one.OrganizationsDecisionDetail?.AllowedByOrganizations === false ||
      one.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false
    if (held) continue
    const resource = one.EvalResourceName ?? '*'
    if (one.EvalDecision === 'implicitDeny' && allows(statements, one.EvalActionName, resource))
      one.EvalDecision = 'allowed'
    for (const part of one.ResourceSpecificResults ?? [])
      if (part.EvalResourceDecision === 'implicitDeny' && allows(statements, one.EvalActionName, part.EvalResourceName))
        part.EvalResourceDecision = 'allowed'
  }
}

function allows(statements: readonly Statement[], action: string, resource: string): boolean {
  return statements.some(
    ({ Effect, Action, Resource }) =>
      Effect === 'Allow' &&
      [Action].flat().some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
      [Resource].flat().some((pattern) => matches(pattern, resource)),
  )
}

function matches(pattern: string, value: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(value)
}

function documentOf(text: string): { Version?: string; Statement: Statement[] } {
  try {
    const document = JSON.parse(text)
    if (Array.isArray(document.Statement) && document.Statement.length > 0) return document
  } catch {
    // Refused below.
  }
  throw new Refused('MalformedPolicyDocument', text)
}
