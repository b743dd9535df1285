/** The IAM statements that a role lacks, ready to be pasted, and the three ways to add them. */

import type { RemedyWords } from '../domain/report.ts'
import type { DenialCause } from '../iam/role-judgement.ts'
import { distinct, grouped } from '../network/lookup.ts'
import { nameOf, resource, text } from './terraform.ts'

export interface DeniedCall {
  readonly action: string
  readonly resource: string
}

export interface Statement {
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
}

export interface RoleGap {
  readonly roleArn: string
  readonly cause: DenialCause
  readonly denied: readonly DeniedCall[]
  /** For the name of an inline policy: `ecr`, `logs`. */
  readonly topic: string
  readonly boundaryArn: string | null
}

/** One statement for each set of resources. A log group stands for all its streams. */
export function statementsOf(denied: readonly DeniedCall[]): readonly Statement[] {
  const byAction = grouped(denied, ({ action }) => action)
  const wanted = [...byAction].map(([action, calls]) => ({
    action,
    resources: distinct(calls.map((call) => call.resource.replace(/:log-stream:.*$/, ':*'))).toSorted(),
  }))
  return [...grouped(wanted, ({ resources }) => resources.join(' ')).values()].map((members) => ({
    Effect: 'Allow',
    Action: members.map(({ action }) => action),
    Resource: members[0]?.resources ?? [],
  }))
}

export function policyText(statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

export function roleName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** For a shell: single quotes keep everything but themselves. */
export function quoted(json: string): string {
  return `'${json.replaceAll("'", "'\\''")}'`
}

/** JSON is an expression of Terraform's language as well. */
export function encoded(json: string): string {
  return `jsonencode(${json.replaceAll('${', '$${').replaceAll('%{', '%%{')})`
}

export function closeGap(gap: RoleGap): RemedyWords {
  if (gap.cause === 'explicit-deny') return liftDeny(gap)
  return gap.cause === 'boundary' ? widenBoundary(gap) : addInline(gap)
}

function addInline({ roleArn, denied, topic }: RoleGap): RemedyWords {
  const name = roleName(roleArn)
  const policy = policyText(statementsOf(denied))
  const policyName = `ecs-task-start-${topic}`
  return {
    console: [
      {
        en: `IAM → Roles → ${name} → Add permissions → Create inline policy → JSON: paste the document below → Next → ${policyName} → Create policy`,
        ko: `IAM → 역할 → ${name} → 권한 추가 → 인라인 정책 생성 → JSON에 아래 문서를 붙여 넣고 다음을 누른 뒤, 이름을 입력하고 정책 생성을 누릅니다. 정책 이름: ${policyName}`,
      },
      { en: policy, ko: policy },
    ],
    cli: [
      `aws iam put-role-policy --role-name ${name} --policy-name ${policyName} --policy-document ${quoted(policy)}`,
    ],
    terraform: resource('aws_iam_role_policy', `${nameOf(name)}_${topic}`, [
      ['name', text(policyName)],
      ['role', text(name)],
      ['policy', encoded(policy)],
    ]),
  }
}

/** What to allow is known, the rest of the boundary is somebody else's decision. */
function widenBoundary({ roleArn, denied, boundaryArn }: RoleGap): RemedyWords {
  const statements = statementsOf(denied)
  const where = boundaryArn ?? roleName(roleArn)
  const json = JSON.stringify(statements)
  return {
    console: [
      {
        en: `IAM → Policies → ${where} → Edit: add the statements below to the permissions boundary → Save changes`,
        ko: `IAM → 정책 → ${where} → 편집에서 아래 정책 문을 권한 경계에 추가하고 변경 사항 저장을 누릅니다.`,
      },
      { en: json, ko: json },
    ],
    cli: [
      ...(boundaryArn === null ? [] : [`aws iam get-policy --policy-arn ${boundaryArn}`]),
      simulation(roleArn, denied),
    ],
    terraform: '',
  }
}

function liftDeny({ roleArn, denied }: RoleGap): RemedyWords {
  const name = roleName(roleArn)
  return {
    console: [
      {
        en: `IAM → Roles → ${name} → Permissions: open the policy with the Deny statement and narrow or remove it; no Allow wins over it`,
        ko: `IAM → 역할 → ${name} → 권한에서 Deny 정책 문이 있는 정책을 열어 범위를 줄이거나 제거합니다. Deny는 어떤 Allow보다 우선합니다.`,
      },
      {
        en: 'The command below names the statement that denies (MatchedStatements).',
        ko: '아래 명령은 거부하는 정책 문을 보여 줍니다(MatchedStatements).',
      },
    ],
    cli: [simulation(roleArn, denied)],
    terraform: '',
  }
}

/** One resource: the simulator refuses kinds of resources that do not belong together. */
function simulation(roleArn: string, denied: readonly DeniedCall[]): string {
  const [first] = denied
  const same = denied.filter(({ resource: arn }) => arn === first?.resource)
  const actions = distinct(same.map(({ action }) => action)).join(' ')
  const resources = first === undefined || first.resource === '*' ? '' : ` --resource-arns ${quoted(first.resource)}`
  return `aws iam simulate-principal-policy --policy-source-arn ${roleArn} --action-names ${actions}${resources}`
}
