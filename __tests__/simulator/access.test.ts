import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribePullThroughCacheRulesCommand,
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53'
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager'
import { DescribeParametersCommand, type ParameterStringFilter } from '@aws-sdk/client-ssm'
import { describe, expect, test } from '@jest/globals'
import { clientsOf, decoded, folderWith, refusal, simulate } from './support.ts'

async function clientsFor(files: Readonly<Record<string, unknown>>) {
  return clientsOf(await simulate({ files: folderWith(files) }))
}

describe('ECR', () => {
  const files = {
    'ecr/describe-repositories/all.json': { repositories: [{ repositoryName: 'web' }, { repositoryName: 'team/api' }] },
    'ecr/describe-images/web.json': {
      imageDetails: [
        { repositoryName: 'web', imageDigest: 'sha256:1', imageTags: ['v7', 'latest'] },
        { repositoryName: 'web', imageDigest: 'sha256:2' },
      ],
    },
    'ecr/batch-get-image/web.json': {
      images: [{ repositoryName: 'web', imageId: { imageTag: 'v7', imageDigest: 'sha256:1' }, imageManifest: '{}' }],
    },
    'ecr/get-repository-policy/web.json': { repositoryName: 'web', policyText: '{"Statement":[]}' },
    'ecr/get-lifecycle-policy/web.json': { repositoryName: 'web', lifecyclePolicyText: '{"rules":[]}' },
    'ecr/describe-pull-through-cache-rules/all.json': {
      pullThroughCacheRules: [{ ecrRepositoryPrefix: 'docker-hub', upstreamRegistryUrl: 'registry-1.docker.io' }],
    },
  }

  test('finds images by tag and by digest', async () => {
    const { ecr } = await clientsFor(files)
    const digestsOf = async (imageIds: { imageTag?: string; imageDigest?: string }[]) => {
      const answer = await ecr.send(new DescribeImagesCommand({ repositoryName: 'web', imageIds }))
      return answer.imageDetails?.map(({ imageDigest }) => imageDigest)
    }
    expect(await digestsOf([{ imageTag: 'latest' }])).toEqual(['sha256:1'])
    expect(await digestsOf([{ imageDigest: 'sha256:2' }])).toEqual(['sha256:2'])
    const untagged = new DescribeImagesCommand({ repositoryName: 'web', filter: { tagStatus: 'UNTAGGED' } })
    expect((await ecr.send(untagged)).imageDetails?.map((one) => one.imageDigest)).toEqual(['sha256:2'])
  })

  test('keeps the archive to itself unless asked for any status', async () => {
    const name = 'ecr/describe-images/web.json'
    const imageDetails = files[name].imageDetails.map((detail) => ({ ...detail, imageStatus: 'ARCHIVED' }))
    const { ecr } = await clientsFor({ ...files, [name]: { imageDetails } })
    const asked = { repositoryName: 'web', imageIds: [{ imageTag: 'v7' }] }
    expect(await refusal(ecr.send(new DescribeImagesCommand(asked)))).toMatchObject({ name: 'ImageNotFoundException' })
    const any = await ecr.send(new DescribeImagesCommand({ ...asked, filter: { imageStatus: 'ANY' } }))
    expect(any.imageDetails?.map((one) => one.imageStatus)).toEqual(['ARCHIVED'])
    expect((await ecr.send(new BatchGetImageCommand(asked))).failures).toHaveLength(1)
  })

  test('answers the images it has and reports the others as failures', async () => {
    const { ecr } = await clientsFor(files)
    const imageIds = [{ imageTag: 'v7' }, { imageTag: 'v8' }]
    const answer = await ecr.send(new BatchGetImageCommand({ repositoryName: 'web', imageIds }))
    expect(decoded(answer)).toEqual({
      images: files['ecr/batch-get-image/web.json'].images,
      failures: [
        { imageId: { imageTag: 'v8' }, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' },
      ],
    })
  })

  test('says what is not there in its own words', async () => {
    const { ecr } = await clientsFor(files)
    const image = { repositoryName: 'web', imageIds: [{ imageTag: 'v8' }] }
    const mixed = { repositoryName: 'web', imageIds: [{ imageTag: 'v7', imageDigest: 'sha256:2' }] }
    const refusals = await Promise.all([
      refusal(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['web', 'nope'] }))),
      refusal(ecr.send(new DescribeImagesCommand({ ...image, repositoryName: 'nope' }))),
      refusal(ecr.send(new DescribeImagesCommand(image))),
      refusal(ecr.send(new DescribeImagesCommand(mixed))),
      refusal(ecr.send(new BatchGetImageCommand({ ...image, repositoryName: 'nope' }))),
      refusal(ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'team/api' }))),
      refusal(ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'team/api' }))),
      refusal(ecr.send(new DescribePullThroughCacheRulesCommand({ ecrRepositoryPrefixes: ['quay'] }))),
    ])
    expect(refusals.map(({ name }) => name)).toEqual([
      'RepositoryNotFoundException',
      'RepositoryNotFoundException',
      'ImageNotFoundException',
      'ImageNotFoundException',
      'RepositoryNotFoundException',
      'RepositoryPolicyNotFoundException',
      'LifecyclePolicyNotFoundException',
      'PullThroughCacheRuleNotFoundException',
    ])
    expect(refusals[2]?.message).toBe(
      "The image with imageId {imageDigest:'null', imageTag:'v8'} does not exist within the repository with name 'web' in the registry with id '123456789012'",
    )
  })

  test('knows a repository that has nothing but an empty answer in a file of its name', async () => {
    const { ecr } = await clientsFor({ 'ecr/describe-images/team-api.json': { imageDetails: [] } })
    const answer = await ecr.send(new DescribeImagesCommand({ repositoryName: 'team/api' }))
    expect(answer.imageDetails).toEqual([])
  })

  test('gives back the policies that were recorded', async () => {
    const { ecr } = await clientsFor(files)
    const policy = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'web' }))
    expect(policy.policyText).toBe('{"Statement":[]}')
    const lifecycle = await ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'web' }))
    expect(lifecycle.lifecyclePolicyText).toBe('{"rules":[]}')
  })
})

describe('IAM', () => {
  const source = 'arn:aws:iam::123456789012:role/exec'
  const result = (EvalActionName: string, EvalDecision: string, EvalResourceName: string) => ({
    EvalActionName,
    EvalDecision,
    EvalResourceName,
  })
  const files = {
    'iam/get-role/exec.json': { Role: { RoleName: 'exec', Arn: source } },
    'iam/simulate-principal-policy/exec.json': {
      EvaluationResults: [
        result('ecr:BatchGetImage', 'allowed', '*'),
        result('ecr:BatchGetImage', 'explicitDeny', 'arn:secret-repository'),
        result('logs:PutLogEvents', 'implicitDeny', '*'),
        result('logs:CreateLogStream', 'allowed', 'arn:aws:logs:eu-west-1:123456789012:log-group:/web:*'),
      ],
    },
    'iam/get-role-policy/exec.inline.json': {
      RoleName: 'exec',
      PolicyName: 'inline',
      PolicyDocument: { Statement: [] },
    },
    'iam/get-policy/x.json': { Policy: { Arn: 'arn:aws:iam::1:policy/pull', DefaultVersionId: 'v2' } },
    'iam/get-policy-version/pull.v1.json': { PolicyVersion: { VersionId: 'v1', Document: { Sid: 'old' } } },
    'iam/get-policy-version/pull.v2.json': { PolicyVersion: { VersionId: 'v2', Document: { Sid: 'new' } } },
    'iam/get-policy-version/push.v2.json': { PolicyVersion: { VersionId: 'v2', Document: { Sid: 'other' } } },
  }

  test('simulates what was recorded, of the resource, of one that covers it or of everything, and says which', async () => {
    const { iam } = await clientsFor(files)
    const simulated = async (ActionNames: string[], ResourceArns?: string[]) => {
      const answer = await iam.send(
        new SimulatePrincipalPolicyCommand({ PolicySourceArn: source, ActionNames, ResourceArns }),
      )
      return answer.EvaluationResults?.map((one) => `${one.EvalActionName} ${one.EvalDecision} ${one.EvalResourceName}`)
    }
    const both = ['ECR:batchGetImage', 'logs:PutLogEvents']
    expect(await simulated(both)).toEqual(['ecr:BatchGetImage allowed *', 'logs:PutLogEvents implicitDeny *'])
    expect(await simulated(both, ['arn:repository', 'arn:secret-repository'])).toEqual([
      'ecr:BatchGetImage allowed *',
      'ecr:BatchGetImage explicitDeny arn:secret-repository',
      'logs:PutLogEvents implicitDeny *',
    ])
    const stream = 'arn:aws:logs:eu-west-1:123456789012:log-group:/web:log-stream:web/web/1'
    expect(await simulated(['logs:CreateLogStream'], [stream, 'arn:other'])).toEqual([
      'logs:CreateLogStream allowed arn:aws:logs:eu-west-1:123456789012:log-group:/web:*',
    ])
    expect(await simulated(['s3:GetObject'])).toEqual([])
    const unrecorded = new SimulatePrincipalPolicyCommand({ PolicySourceArn: `${source}2`, ActionNames: both })
    expect((await refusal(iam.send(unrecorded))).name).toBe('AccessDenied')
  })

  test('lists inline policies that were recorded, and gives their documents', async () => {
    const { iam } = await clientsFor(files)
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'exec' }))).PolicyNames).toEqual(['inline'])
    const policy = await iam.send(new GetRolePolicyCommand({ RoleName: 'exec', PolicyName: 'inline' }))
    expect(decodeURIComponent(policy.PolicyDocument ?? '')).toBe('{"Statement":[]}')
  })

  test('tells versions apart by the name of their file', async () => {
    const { iam } = await clientsFor(files)
    const documentOf = async (name: string, VersionId: string) => {
      const PolicyArn = `arn:aws:iam::1:policy/${name}`
      const answer = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))
      return decodeURIComponent(answer.PolicyVersion?.Document ?? '')
    }
    expect(await documentOf('pull', 'v1')).toBe('{"Sid":"old"}')
    expect(await documentOf('pull', 'v2')).toBe('{"Sid":"new"}')
    expect(await documentOf('push', 'v2')).toBe('{"Sid":"other"}')
  })

  test('denies a role whose file is not there, and misses policies that are not', async () => {
    const { iam } = await clientsFor(files)
    const refusals = await Promise.all([
      refusal(iam.send(new GetRoleCommand({ RoleName: 'other' }))),
      refusal(iam.send(new GetRolePolicyCommand({ RoleName: 'exec', PolicyName: 'nope' }))),
      refusal(iam.send(new GetPolicyCommand({ PolicyArn: 'arn:aws:iam::1:policy/nope' }))),
    ])
    expect(refusals.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'AccessDenied 403',
      'NoSuchEntityException 404',
      'NoSuchEntityException 404',
    ])
  })
})

test('log groups are found by prefix, by pattern and by identifier', async () => {
  const logGroup = (logGroupName: string) => ({
    logGroupName,
    creationTime: 1_772_610_021_930,
    arn: `arn:aws:logs:ap-northeast-2:123456789012:log-group:${logGroupName}:*`,
  })
  const logGroups = [logGroup('/ecs/web'), logGroup('/ecs/web-old'), logGroup('/lambda/web')]
  const { logs } = await clientsFor({ 'logs/describe-log-groups.json': { logGroups } })
  const namesWith = async (input: ConstructorParameters<typeof DescribeLogGroupsCommand>[0] & object) => {
    const answer = await logs.send(new DescribeLogGroupsCommand(input))
    return answer.logGroups?.map(({ logGroupName }) => logGroupName)
  }
  expect(await namesWith({ logGroupNamePrefix: '/ecs/' })).toEqual(['/ecs/web', '/ecs/web-old'])
  expect(await namesWith({ logGroupNamePattern: 'WEB' })).toHaveLength(3)
  expect(await namesWith({ logGroupIdentifiers: ['/lambda/web'] })).toEqual(['/lambda/web'])
  const { logGroups: whole } = await logs.send(new DescribeLogGroupsCommand({ limit: 1 }))
  expect(whole).toEqual([logGroup('/ecs/web')])
})

test('secrets are known by name, by ARN and by an ARN without its suffix', async () => {
  const ARN = 'arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:prod/db-AbCdEf'
  const secret = { ARN, Name: 'prod/db', CreatedDate: '2026-01-02T03:04:05.678000+09:00' }
  const { secretsManager } = await clientsFor({ 'secretsmanager/describe-secret/1.json': secret })
  for (const SecretId of ['prod/db', ARN, ARN.slice(0, -7)]) {
    const answer = await secretsManager.send(new DescribeSecretCommand({ SecretId }))
    expect(answer.CreatedDate).toEqual(new Date('2026-01-01T18:04:05.678Z'))
  }
  const unknown = await refusal(secretsManager.send(new DescribeSecretCommand({ SecretId: 'prod' })))
  expect(unknown.name).toBe('AccessDeniedException')
})

test('parameters are filtered by name, path and type', async () => {
  const Parameters = [
    { Name: '/app/db/url', Type: 'SecureString' },
    { Name: '/app/name', Type: 'String' },
    { Name: 'legacy', Type: 'String' },
  ]
  const { ssm } = await clientsFor({ 'ssm/describe-parameters.json': { Parameters } })
  const namesWith = async (filter: ParameterStringFilter) => {
    const answer = await ssm.send(new DescribeParametersCommand({ ParameterFilters: [filter] }))
    return answer.Parameters?.map(({ Name }) => Name)
  }
  expect(await namesWith({ Key: 'Name', Values: ['legacy', '/app/name'] })).toEqual(['/app/name', 'legacy'])
  expect(await namesWith({ Key: 'Name', Option: 'BeginsWith', Values: ['/app'] })).toHaveLength(2)
  expect(await namesWith({ Key: 'Path', Option: 'OneLevel', Values: ['/app'] })).toEqual(['/app/name'])
  expect(await namesWith({ Key: 'Path', Option: 'Recursive', Values: ['/app/'] })).toHaveLength(2)
  expect(await namesWith({ Key: 'Type', Values: ['SecureString'] })).toEqual(['/app/db/url'])
  const unknown = await refusal(namesWith({ Key: 'Colour', Values: ['red'] }))
  expect(unknown.name).toBe('InvalidFilterKey')
})

test('records belong to a zone: one that is not there is NoSuchHostedZone', async () => {
  const { route53 } = await clientsFor({
    'route53/list-hosted-zones-by-vpc/vpc-1.json': { HostedZoneSummaries: [{ HostedZoneId: 'Z1', Name: 'internal.' }] },
  })
  const refusals = await Promise.all([
    refusal(route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z1' }))),
    refusal(route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z2' }))),
  ])
  expect(refusals.map(({ name, status }) => `${name} ${status}`)).toEqual(['AccessDenied 403', 'NoSuchHostedZone 404'])
})

test('records start at a name and a type, as the page before said', async () => {
  const record = (Name: string, Type: string) => ({ Name, Type, TTL: 60, ResourceRecords: [{ Value: '::1' }] })
  const ResourceRecordSets = [record('a.internal.', 'A'), record('db.internal.', 'A'), record('db.internal.', 'AAAA')]
  const { route53 } = await clientsFor({ 'route53/list-resource-record-sets/Z1.json': { ResourceRecordSets } })
  const from = async (StartRecordName: string, StartRecordType?: 'AAAA') => {
    const command = new ListResourceRecordSetsCommand({ HostedZoneId: 'Z1', StartRecordName, StartRecordType })
    return (await route53.send(command)).ResourceRecordSets?.map(({ Name, Type }) => `${Name} ${Type}`)
  }
  expect(await from('db.internal')).toEqual(['db.internal. A', 'db.internal. AAAA'])
  expect(await from('db.internal.', 'AAAA')).toEqual(['db.internal. AAAA'])
})
