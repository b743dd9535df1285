/** The role as CloudFormation, which takes no file for a policy: drawn from the policies of `preflight` and `watch`. */
import { policyFor } from '../../src/aws/permissions.ts'
import type { ReadStatement } from '../../src/iam/permission-statements.ts'

export function roleTemplate(): string {
  return `# Drawn by \`npm run docs\` from the calls that the commands make. docs/en/setup.md says how it is used.
AWSTemplateFormatVersion: '2010-09-09'
Description: The role with which jobs of a repository on GitHub run ecs-pull-guard. It reads, and nothing else.
Parameters:
  Repository:
    Type: String
    Description: The repository whose jobs may assume the role, as OWNER/NAME.
    AllowedPattern: '[\\w.-]+/[\\w.-]+'
  Watch:
    Type: String
    Description: Whether the role may read what the mode watch needs, too.
    AllowedValues: ['true', 'false']
    Default: 'true'
Conditions:
  Watches: !Equals [!Ref Watch, 'true']
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: ecs-pull-guard
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Federated: !Sub arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                token.actions.githubusercontent.com:aud: sts.amazonaws.com
              StringLike:
                token.actions.githubusercontent.com:sub: !Sub repo:\${Repository}:*
  PreflightPolicy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: preflight
      Roles: [!Ref Role]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
${drawn(policyFor('preflight', PARTITION).Statement)}
  WatchPolicy:
    Type: AWS::IAM::Policy
    Condition: Watches
    Properties:
      PolicyName: watch
      Roles: [!Ref Role]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
${drawn(watchAlone())}
Outputs:
  RoleArn:
    Description: For role-to-assume of aws-actions/configure-aws-credentials.
    Value: !GetAtt Role.Arn
`
}

/** The stack's own. */
const PARTITION = `\${AWS::Partition}`

/** What the watch asks for beyond the preflight. */
function watchAlone(): readonly ReadStatement[] {
  const before = new Set(policyFor('preflight', PARTITION).Statement.flatMap(({ Action }) => Action))
  return policyFor('watch', PARTITION).Statement.flatMap((statement) => {
    const Action = statement.Action.filter((action) => !before.has(action))
    return Action.length === 0 ? [] : [{ ...statement, Action }]
  })
}

function drawn(statements: readonly ReadStatement[]): string {
  const lines = statements.flatMap(({ Sid, Effect, Action, Resource }) => [
    `- Sid: ${Sid}`,
    `  Effect: ${Effect}`,
    '  Action:',
    ...Action.map((action) => `    - ${action}`),
    '  Resource:',
    ...[Resource].flat().map((one) => (one === '*' ? "    - '*'" : `    - !Sub ${one}`)),
  ])
  return lines.map((line) => `          ${line}`).join('\n')
}
