/** What the tasks of the Seoul incident need besides a network: an image, a role that may pull it, and a log group. */
import { ACCOUNT, EXECUTION_ROLE, LOG_GROUP, REGION, REPOSITORY, TAG } from './names.ts'

const POLICY = 'AmazonECSTaskExecutionRolePolicy'
const POLICY_ARN = `arn:aws:iam::aws:policy/service-role/${POLICY}`
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/${EXECUTION_ROLE}`
const INDEX = 'application/vnd.oci.image.index.v1+json'
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

/** AWS managed policy reference: AmazonECSTaskExecutionRolePolicy. */
const ACTIONS = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchGetImage',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
]

export const IMAGE_DIGEST = 'sha256:5f0c8a3e71b94d26f8e1c0a7d3b5962e4f81a9c6d07b3e52f4a1968cd2e7b305'

export function accessFiles() {
  return { ...imageFiles(), ...roleFiles(), ...otherFiles() }
}

function imageFiles() {
  const own = { registryId: ACCOUNT, repositoryName: REPOSITORY }
  const uri = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${REPOSITORY}`
  const repository = {
    repositoryArn: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${REPOSITORY}`,
    ...own,
    repositoryUri: uri,
    createdAt: '2026-03-04T07:40:55.213000+00:00',
    imageTagMutability: 'IMMUTABLE',
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: { encryptionType: 'AES256' },
  }
  const detail = {
    ...own,
    imageDigest: IMAGE_DIGEST,
    imageTags: [TAG],
    imageSizeInBytes: 187_342_118,
    imagePushedAt: '2026-11-19T00:58:37+00:00',
    imageManifestMediaType: INDEX,
    lastRecordedPullTime: '2026-11-19T01:14:42.118000+00:00',
  }
  const image = {
    ...own,
    imageId: { imageDigest: IMAGE_DIGEST, imageTag: TAG },
    imageManifest: JSON.stringify(imageIndex()),
    imageManifestMediaType: INDEX,
  }
  return {
    [`ecr/describe-repositories/${REPOSITORY}.json`]: { repositories: [repository] },
    [`ecr/describe-images/${REPOSITORY}.json`]: { imageDetails: [detail] },
    [`ecr/batch-get-image/${REPOSITORY}.json`]: { images: [image], failures: [] },
    [`ecr/get-repository-policy/${REPOSITORY}.json`]: {
      ...own,
      policyText: JSON.stringify(repositoryPolicy(), null, 2),
    },
    [`ecr/get-lifecycle-policy/${REPOSITORY}.json`]: {
      ...own,
      lifecyclePolicyText: JSON.stringify(lifecyclePolicy()),
      lastEvaluatedAt: '2026-11-20T02:11:36.402000+00:00',
    },
    'ecr/describe-pull-through-cache-rules/all.json': { pullThroughCacheRules: [] },
  }
}

function imageIndex() {
  const digest = 'sha256:a94f0d7c36e8b152f7c0e9d48a1b6325c7e84f90d2b3a617c58ef4d09a2b6e71'
  const platform = { architecture: 'amd64', os: 'linux' }
  return { schemaVersion: 2, mediaType: INDEX, manifests: [{ mediaType: MANIFEST, digest, size: 2417, platform }] }
}

/** Takes what no tag names any more, and nothing that runs. */
function lifecyclePolicy() {
  const selection = { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 }
  return { rules: [{ rulePriority: 1, description: 'untagged', selection, action: { type: 'expire' } }] }
}

function repositoryPolicy() {
  const statement = {
    Sid: 'AccountPull',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  }
  return { Version: '2012-10-17', Statement: [statement] }
}

function roleFiles() {
  const trust = {
    Sid: '',
    Effect: 'Allow',
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Action: 'sts:AssumeRole',
  }
  const role = {
    Path: '/',
    RoleName: EXECUTION_ROLE,
    RoleId: 'AROAV5E7Q2LJX3NCTWUKD',
    Arn: ROLE_ARN,
    CreateDate: '2026-03-04T07:35:10+00:00',
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
    MaxSessionDuration: 3600,
    RoleLastUsed: { LastUsedDate: '2026-11-19T01:14:41+00:00', Region: REGION },
  }
  const policy = {
    PolicyName: POLICY,
    PolicyId: 'ANPAJG4T4G4PV56DE72PY',
    Arn: POLICY_ARN,
    Path: '/service-role/',
    DefaultVersionId: 'v1',
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: '2017-11-16T18:48:22+00:00',
    UpdateDate: '2017-11-16T18:48:22+00:00',
    Tags: [],
  }
  const version = {
    Document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ACTIONS, Resource: '*' }] },
    VersionId: 'v1',
    IsDefaultVersion: true,
    CreateDate: '2017-11-16T18:48:22+00:00',
  }
  return {
    [`iam/get-role/${EXECUTION_ROLE}.json`]: { Role: role },
    [`iam/simulate-principal-policy/${EXECUTION_ROLE}.json`]: {
      EvaluationResults: ACTIONS.map(simulated),
      IsTruncated: false,
    },
    [`iam/list-attached-role-policies/${EXECUTION_ROLE}.json`]: {
      AttachedPolicies: [{ PolicyName: POLICY, PolicyArn: POLICY_ARN }],
    },
    [`iam/list-role-policies/${EXECUTION_ROLE}.json`]: { PolicyNames: [] },
    [`iam/get-policy/${POLICY}.json`]: { Policy: policy },
    [`iam/get-policy-version/${POLICY}.json`]: { PolicyVersion: version },
  }
}

function simulated(action: string) {
  const matched = {
    SourcePolicyId: POLICY,
    SourcePolicyType: 'IAM Policy',
    StartPosition: { Line: 3, Column: 17 },
    EndPosition: { Line: 14, Column: 6 },
  }
  return {
    EvalActionName: action,
    EvalResourceName: '*',
    EvalDecision: 'allowed',
    MatchedStatements: [matched],
    MissingContextValues: [],
  }
}

function otherFiles() {
  const arn = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${LOG_GROUP}`
  const group = {
    logGroupName: LOG_GROUP,
    creationTime: 1_772_610_021_930,
    retentionInDays: 30,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes: 48_210_334,
    logGroupClass: 'STANDARD',
    logGroupArn: arn,
  }
  return {
    'logs/describe-log-groups.json': { logGroups: [group] },
    'ssm/describe-parameters.json': { Parameters: [] },
  }
}
