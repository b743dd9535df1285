import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import * as ec2Sdk from '@aws-sdk/client-ec2'
import * as ecrSdk from '@aws-sdk/client-ecr'
import * as ecsSdk from '@aws-sdk/client-ecs'
import * as iamSdk from '@aws-sdk/client-iam'
import { ListHostedZonesByVPCCommand } from '@aws-sdk/client-route-53'
import { DescribeParametersCommand } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { clientsOf, decoded, recorded, simulate } from './support.ts'

const SHARED = '__tests__/fixtures/vpc/1'
const CLUSTER = 'cluster-nestjs-second'
const ROLE = 'ecsTaskExecutionRole'
const POLICY_ARN = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'

type Ec2Command = Parameters<ec2Sdk.EC2Client['send']>[0]

/** The command class of a call, by its name. */
function ec2Command(operation: string, input: object): Ec2Command {
  const commands = ec2Sdk as unknown as Readonly<Record<string, new (input: object) => Ec2Command>>
  const Command = commands[`${operation}Command`]
  if (!Command) throw new Error(`no such command: ${operation}`)
  return new Command(input)
}

function operationOf(file: string): string {
  return file.replace('.json', '').replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase())
}

function readShared(path: string): unknown {
  return JSON.parse(readFileSync(join(SHARED, path), 'utf8'))
}

describe('what the SDK decodes is what the file says', () => {
  const listings = readdirSync(join(SHARED, 'ec2')).filter((file) => file.endsWith('.json'))
  test.each(listings)('of a shared VPC: ec2/%s', async (file) => {
    const { ec2 } = clientsOf(await simulate({ folder: SHARED }))
    const output = await ec2.send(ec2Command(operationOf(file), {}))
    expect(decoded(output)).toEqual(recorded(readShared(`ec2/${file}`)))
  })

  test('of a shared VPC: attributes, prefix list entries, service and task definition', async () => {
    const { ec2, ecs } = clientsOf(await simulate({ folder: SHARED }))
    const VpcId = 'vpc-00001000000000001'
    const support = await ec2.send(new ec2Sdk.DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' }))
    expect(decoded(support)).toEqual(readShared(`ec2/describe-vpc-attribute/${VpcId}.enableDnsSupport.json`))
    const PrefixListId = 'pl-78a54011'
    const entries = await ec2.send(new ec2Sdk.GetManagedPrefixListEntriesCommand({ PrefixListId }))
    expect(decoded(entries)).toEqual(readShared(`ec2/get-managed-prefix-list-entries/${PrefixListId}.json`))
    const services = await ecs.send(new ecsSdk.DescribeServicesCommand({ cluster: 'demo', services: ['web'] }))
    expect(decoded(services)).toEqual(readShared('ecs/describe-services.json'))
    const definition = await ecs.send(new ecsSdk.DescribeTaskDefinitionCommand({ taskDefinition: 'web:7' }))
    expect(decoded(definition)).toEqual(readShared('ecs/describe-task-definition/web-7.json'))
  })

  const files: Readonly<Record<string, unknown>> = seoulFiles()
  const seoulListings = Object.keys(files).filter((path) => /^ec2\/describe-[^/]+\.json$/.test(path))
  test.each(seoulListings)('of the Seoul incident: %s', async (path) => {
    const { ec2 } = clientsOf(await simulate({ files }))
    const output = await ec2.send(ec2Command(operationOf(path.replace('ec2/', '')), {}))
    expect(decoded(output)).toEqual(recorded(files[path]))
  })

  test('of the Seoul incident: ECS, with times that are seconds on the wire', async () => {
    const { ecs } = clientsOf(await simulate({ files }))
    const services = ['role-nestjs-second-service']
    const service = await ecs.send(new ecsSdk.DescribeServicesCommand({ cluster: CLUSTER, services }))
    expect(decoded(service)).toEqual(recorded(files['ecs/describe-services.json']))
    const { taskArns } = await ecs.send(new ecsSdk.ListTasksCommand({ cluster: CLUSTER, serviceName: services[0] }))
    const include: ecsSdk.TaskField[] = ['TAGS']
    const tasks = await ecs.send(new ecsSdk.DescribeTasksCommand({ cluster: CLUSTER, tasks: taskArns, include }))
    expect(decoded(tasks)).toEqual(recorded(files['ecs/describe-tasks.json']))
    expect(tasks.tasks?.[0]?.pullStartedAt).toEqual(new Date('2026-11-19T01:14:41.020Z'))
    const clusters = await ecs.send(new ecsSdk.DescribeClustersCommand({ clusters: [CLUSTER] }))
    expect(decoded(clusters)).toEqual(recorded(files['ecs/describe-clusters.json']))
    const providers = await ecs.send(new ecsSdk.DescribeCapacityProvidersCommand({}))
    expect(decoded(providers)).toEqual(recorded(files['ecs/describe-capacity-providers.json']))
  })

  test('of the Seoul incident: ECR, logs, SSM, Route 53 and STS', async () => {
    const { ecr, logs, ssm, route53, sts } = clientsOf(await simulate({ files }))
    const repositoryName = 'nestjs-second'
    const imageIds = [{ imageTag: '1.8.2' }]
    const outputs = {
      'ecr/describe-repositories/nestjs-second.json': await ecr.send(
        new ecrSdk.DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }),
      ),
      'ecr/describe-images/nestjs-second.json': await ecr.send(
        new ecrSdk.DescribeImagesCommand({ repositoryName, imageIds }),
      ),
      'ecr/batch-get-image/nestjs-second.json': await ecr.send(
        new ecrSdk.BatchGetImageCommand({ repositoryName, imageIds }),
      ),
      'ecr/get-repository-policy/nestjs-second.json': await ecr.send(
        new ecrSdk.GetRepositoryPolicyCommand({ repositoryName }),
      ),
      'ecr/describe-pull-through-cache-rules/all.json': await ecr.send(
        new ecrSdk.DescribePullThroughCacheRulesCommand({}),
      ),
      'logs/describe-log-groups.json': await logs.send(new DescribeLogGroupsCommand({})),
      'ssm/describe-parameters.json': await ssm.send(new DescribeParametersCommand({})),
      'route53/list-hosted-zones-by-vpc/vpc-0d1f6a2c94b7e5380.json': await route53.send(
        new ListHostedZonesByVPCCommand({ VPCId: 'vpc-0d1f6a2c94b7e5380', VPCRegion: 'ap-northeast-2' }),
      ),
    }
    for (const [path, output] of Object.entries(outputs)) {
      expect({ path, answer: decoded(output) }).toEqual({ path, answer: withNumberMaxItems(recorded(files[path])) })
    }
    const caller = await sts.send(new GetCallerIdentityCommand({}))
    expect(caller.Account).toBe('406178923551')
  })

  test('of the Seoul incident: IAM, whose documents are URL-encoded on the wire', async () => {
    const { iam } = clientsOf(await simulate({ files }))
    const role = await iam.send(new iamSdk.GetRoleCommand({ RoleName: ROLE }))
    expect(role.Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22/)
    const simulation = await iam.send(
      new iamSdk.SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::406178923551:role/${ROLE}`,
        ActionNames: (files[`iam/simulate-principal-policy/${ROLE}.json`] as Simulation).EvaluationResults.map(
          (one) => one.EvalActionName,
        ),
      }),
    )
    const version = await iam.send(new iamSdk.GetPolicyVersionCommand({ PolicyArn: POLICY_ARN, VersionId: 'v1' }))
    const attached = await iam.send(new iamSdk.ListAttachedRolePoliciesCommand({ RoleName: ROLE }))
    const inline = await iam.send(new iamSdk.ListRolePoliciesCommand({ RoleName: ROLE }))
    const policy = await iam.send(new iamSdk.GetPolicyCommand({ PolicyArn: POLICY_ARN }))
    const outputs = {
      [`iam/get-role/${ROLE}.json`]: role,
      [`iam/simulate-principal-policy/${ROLE}.json`]: simulation,
      'iam/get-policy-version/AmazonECSTaskExecutionRolePolicy.json': version,
      'iam/get-policy/AmazonECSTaskExecutionRolePolicy.json': policy,
    }
    for (const [path, output] of Object.entries(outputs)) {
      expect({ path, answer: documentsDecoded(decoded(output)) }).toEqual({ path, answer: recorded(files[path]) })
    }
    expect(attached.AttachedPolicies).toEqual([
      { PolicyName: 'AmazonECSTaskExecutionRolePolicy', PolicyArn: POLICY_ARN },
    ])
    expect(inline.PolicyNames).toEqual([])
  })
})

interface Simulation {
  readonly EvaluationResults: readonly { readonly EvalActionName: string }[]
}

/** The AWS CLI prints Route 53's MaxItems as text; the SDK for JavaScript decodes a number. */
function withNumberMaxItems(value: unknown): unknown {
  const { MaxItems, ...rest } = value as { readonly MaxItems?: string }
  return MaxItems === undefined ? rest : { ...rest, MaxItems: Number(MaxItems) }
}

function documentsDecoded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) =>
    typeof one === 'string' && one.startsWith('%7B') ? JSON.parse(decodeURIComponent(one)) : one,
  )
}
