/** What a shape's tasks may and what they need: roles, image, log group, secrets. */

import { EXECUTION_ROLE, NODE_PROFILE, NODE_ROLE, REPOSITORY, TAG, TASK_ROLE } from './service.ts'
import { ACCOUNT, EFS, type Files, GROUP, onInstances, PARAMETER, REGION, SECRET, type Shape } from './shape.ts'

const DIGEST = `sha256:${'3b7e'.repeat(16)}`
const REPOSITORY_ARN = `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${REPOSITORY}`

export function accessFiles(shape: Shape): Files {
  return { ...imageFiles(shape), ...roleFiles(shape), ...secretFiles(shape), ...logFiles() }
}

function imageFiles({ compute }: Shape): Files {
  const own = { registryId: ACCOUNT, repositoryName: REPOSITORY }
  const platform =
    compute === 'windows'
      ? { architecture: 'amd64', os: 'windows', 'os.version': '10.0.20348.4405' }
      : { architecture: compute === 'arm' ? 'arm64' : 'amd64', os: 'linux' }
  const index = 'application/vnd.oci.image.index.v1+json'
  const manifest = { digest: `sha256:${'9c1d'.repeat(16)}`, mediaType: 'application/vnd.oci.image.manifest.v1+json' }
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: index,
    manifests: [{ ...manifest, size: 1853, platform }],
  })
  const detail = {
    ...own,
    imageDigest: DIGEST,
    imageManifestMediaType: index,
    imagePushedAt: '2026-11-27T12:41:10+00:00',
    imageSizeInBytes: 96_412_883,
    imageStatus: 'ACTIVE',
    imageTags: [TAG],
  }
  const imageId = { imageDigest: DIGEST, imageTag: TAG }
  const repository = {
    ...own,
    createdAt: '2026-05-14T09:40:00+00:00',
    encryptionConfiguration: { encryptionType: 'AES256' },
    imageScanningConfiguration: { scanOnPush: false },
    imageTagMutability: 'MUTABLE',
    repositoryArn: REPOSITORY_ARN,
    repositoryUri: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${REPOSITORY}`,
  }
  const images = [{ ...own, imageId, imageManifest, imageManifestMediaType: index }]
  return {
    'ecr/describe-repositories/checkout.json': { repositories: [repository] },
    'ecr/describe-images/checkout.json': { imageDetails: [detail] },
    'ecr/batch-get-image/checkout.json': { failures: [], images },
    // AWS answers that there is neither; a recording of that has no text.
    'ecr/get-repository-policy/checkout.json': own,
    'ecr/get-lifecycle-policy/checkout.json': own,
    'ecr/describe-pull-through-cache-rules/all.json': { pullThroughCacheRules: [] },
  }
}

interface Grant {
  readonly arn: string
  readonly trusted: string
  readonly allowed: readonly (readonly [action: string, resource: string])[]
}

function roleFiles(shape: Shape): Files {
  const pull = [
    ['ecr:GetAuthorizationToken', '*'],
    ...['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'].map(
      (action) => [action, REPOSITORY_ARN] as const,
    ),
  ] as const
  const group = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${GROUP}:*`
  const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => [action, group] as const)
  const secret =
    shape.secrets === 'ssm'
      ? (['ssm:GetParameters', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${PARAMETER}`] as const)
      : (['secretsmanager:GetSecretValue', SECRET] as const)
  const channels = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel']
  const exec = shape.exec ? channels.map((name) => [`ssmmessages:${name}`, '*'] as const) : []
  const mount = `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT}:file-system/${EFS}`
  const grants: Grant[] = [
    {
      arn: EXECUTION_ROLE,
      trusted: 'ecs-tasks.amazonaws.com',
      allowed: [...pull, ...logs, ...(shape.secrets === undefined ? [] : [secret])],
    },
    {
      arn: TASK_ROLE,
      trusted: 'ecs-tasks.amazonaws.com',
      allowed: [...exec, ...(shape.efs ? [['elasticfilesystem:ClientMount', mount] as const] : [])],
    },
    ...(onInstances(shape) ? [{ arn: NODE_ROLE, trusted: 'ec2.amazonaws.com', allowed: [...pull, ...logs] }] : []),
  ]
  const role = { Arn: NODE_ROLE, Path: '/', RoleId: 'AROAWQ2XSVZ3NODE00000', RoleName: 'shop-node' }
  const profile = {
    InstanceProfile: { Arn: NODE_PROFILE, InstanceProfileName: 'shop-node', Path: '/', Roles: [role] },
  }
  return {
    ...Object.assign({}, ...grants.map(roleFile)),
    ...(onInstances(shape) ? { 'iam/get-instance-profile/shop-node.json': profile } : {}),
  }
}

function roleFile({ arn, trusted, allowed }: Grant): Files {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const trust = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: trusted } }
  const results = allowed.map(([EvalActionName, EvalResourceName]) => ({
    EvalActionName,
    EvalDecision: 'allowed',
    EvalResourceName,
    MatchedStatements: [{ SourcePolicyId: `${name}-inline`, SourcePolicyType: 'IAM Policy' }],
    MissingContextValues: [],
  }))
  const policy = {
    PolicyDocument: {
      Statement: allowed.map(([Action, Resource]) => ({ Action, Effect: 'Allow', Resource })),
      Version: '2012-10-17',
    },
    PolicyName: `${name}-inline`,
    RoleName: name,
  }
  return {
    [`iam/get-role/${name}.json`]: {
      Role: {
        Arn: arn,
        AssumeRolePolicyDocument: { Statement: [trust], Version: '2012-10-17' },
        CreateDate: '2026-05-14T09:30:00+00:00',
        MaxSessionDuration: 3600,
        Path: '/',
        RoleId: `AROAWQ2XSVZ3${name.slice(0, 9).toUpperCase().padEnd(9, '0')}`,
        RoleName: name,
      },
    },
    [`iam/simulate-principal-policy/${name}.json`]: { EvaluationResults: results, IsTruncated: false },
    [`iam/list-attached-role-policies/${name}.json`]: { AttachedPolicies: [], IsTruncated: false },
    [`iam/list-role-policies/${name}.json`]: { PolicyNames: allowed.length === 0 ? [] : [`${name}-inline`] },
    ...(allowed.length === 0 ? {} : { [`iam/get-role-policy/${name}.json`]: policy }),
  }
}

function secretFiles({ secrets }: Shape): Files {
  const described = {
    ARN: SECRET,
    Name: 'checkout/db',
    VersionIdsToStages: { 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111': ['AWSCURRENT'] },
  }
  const parameter = {
    ARN: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${PARAMETER}`,
    DataType: 'text',
    KeyId: 'alias/aws/ssm',
    Name: PARAMETER,
    Tier: 'Standard',
    Type: 'SecureString',
    Version: 3,
  }
  return {
    ...(secrets === 'secretsmanager' ? { 'secretsmanager/describe-secret/db.json': described } : {}),
    ...(secrets === 'ssm' ? { 'ssm/describe-parameters.json': { Parameters: [parameter] } } : {}),
  }
}

function logFiles(): Files {
  const arn = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${GROUP}`
  return {
    'logs/describe-log-groups.json': {
      logGroups: [
        {
          arn: `${arn}:*`,
          creationTime: 1_747_216_000_000,
          logGroupArn: arn,
          logGroupClass: 'STANDARD',
          logGroupName: GROUP,
          storedBytes: 0,
        },
      ],
    },
  }
}
