/**
 * The examples in the README of aws-actions/amazon-ecs-deploy-task-definition (2.6.3, and what came since), one by one: their inputs as they
 * stand there, with `mode: deploy`. What each means is held against the requests that ECS and CodeDeploy get.
 */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { deployedByAction, fileOf, PLACE, type Scene, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const REVISION = 'arn:aws:ecs:ap-northeast-2:406178923551:task-definition/role-nestjs-second:'
const LARGER = { cpu: '1024', memory: '2048' }
const SERVICE = { ...PLACE, 'wait-for-service-stability': 'true' }
const ROLE = 'arn:aws:iam::406178923551:role/ebs-role'
const WITH_VOLUME = {
  ...LARGER,
  volumes: [{ name: 'ebs1', configuredAtLaunch: true }],
  containerDefinitions: mounting('ebs1'),
}

/** The folder's containers, each with the volume. */
function mounting(sourceVolume: string): readonly object[] {
  const files = Object.entries(seoulFiles()).filter(([file]) => file.startsWith('ecs/describe-task-definition'))
  const answer = files[0]?.[1] as { readonly taskDefinition: { readonly containerDefinitions: readonly object[] } }
  const mountPoints = [{ sourceVolume, containerPath: '/data', readOnly: false }]
  return answer.taskDefinition.containerDefinitions.map((one) => ({ ...one, mountPoints }))
}

interface Example {
  readonly section: string
  readonly inputs: Readonly<Record<string, string>>
  readonly definition?: Readonly<Record<string, unknown>>
  /** What the example leaves to the reader's own account, and why it is needed here. */
  readonly added?: Readonly<Record<string, string>>
  readonly scene?: () => Promise<Scene>
  readonly writes: readonly string[]
  /** Members of the last request, or of the named one. */
  readonly asks: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const PLAIN = ['RegisterTaskDefinition', 'UpdateService']
/** "The FARGATE launch type requires awsvpc network mode in your task definition and you must specify a network configuration." */
const NETWORK = { 'run-task-subnets': 'subnet-0e17c5b8a3d94f602' }

const EXAMPLES: readonly Example[] = [
  { section: 'Usage', inputs: SERVICE, writes: PLAIN, asks: { UpdateService: { taskDefinition: `${REVISION}42` } } },
  {
    section: 'Deploying an existing task definition revision',
    inputs: { ...SERVICE, 'task-definition': '', 'task-definition-arn': `${REVISION}41` },
    writes: ['UpdateService'],
    asks: { UpdateService: { taskDefinition: `${REVISION}41` } },
  },
  {
    section: 'Task definition container image values (the file that render writes)',
    inputs: SERVICE,
    writes: PLAIN,
    asks: {
      RegisterTaskDefinition: { family: 'role-nestjs-second' },
      UpdateService: { taskDefinition: `${REVISION}42` },
    },
  },
  {
    section: 'Tags: enable-ecs-managed-tags',
    inputs: { ...SERVICE, 'enable-ecs-managed-tags': 'true' },
    writes: PLAIN,
    asks: { UpdateService: { enableECSManagedTags: true } },
  },
  {
    section: 'Tags: propagate-tags',
    inputs: { ...SERVICE, 'propagate-tags': 'SERVICE' },
    writes: PLAIN,
    asks: { UpdateService: { propagateTags: 'SERVICE' } },
  },
  {
    section: 'EBS volume configuration: services',
    definition: WITH_VOLUME,
    inputs: {
      ...SERVICE,
      'service-managed-ebs-volume-name': 'ebs1',
      'service-managed-ebs-volume': `{"sizeInGiB": 30, "volumeType": "gp3", "encrypted": true, "roleArn":"${ROLE}"}`,
    },
    writes: PLAIN,
    asks: {
      UpdateService: {
        volumeConfigurations: [
          { name: 'ebs1', managedEBSVolume: { sizeInGiB: 30, volumeType: 'gp3', encrypted: true, roleArn: ROLE } },
        ],
      },
    },
  },
  {
    section: 'EBS volume configuration: standalone tasks',
    definition: { ...WITH_VOLUME, networkMode: 'bridge', requiresCompatibilities: ['EC2'] },
    inputs: {
      cluster: PLACE.cluster,
      'run-task': 'true',
      'run-task-launch-type': 'EC2',
      'run-task-managed-ebs-volume-name': 'ebs1',
      'run-task-managed-ebs-volume': `{"filesystemType":"xfs", "roleArn":"${ROLE}", "encrypted":false, "sizeInGiB":30}`,
    },
    writes: ['RegisterTaskDefinition', 'RunTask'],
    asks: {
      RunTask: {
        launchType: 'EC2',
        volumeConfigurations: [
          { name: 'ebs1', managedEBSVolume: { filesystemType: 'xfs', roleArn: ROLE, encrypted: false, sizeInGiB: 30 } },
        ],
      },
    },
  },
  {
    section: 'AWS CodeDeploy support',
    inputs: {
      ...SERVICE,
      'codedeploy-application': 'my-codedeploy-application',
      'codedeploy-deployment-group': 'my-codedeploy-deployment-group',
    },
    scene: codeDeployScene,
    writes: ['RegisterTaskDefinition', 'CreateDeployment'],
    asks: {
      CreateDeployment: {
        applicationName: 'my-codedeploy-application',
        deploymentGroupName: 'my-codedeploy-deployment-group',
        revision: {
          revisionType: 'AppSpecContent',
          appSpecContent: expect.objectContaining({ content: expect.stringContaining(`"${REVISION}42"`) }),
        },
      },
    },
  },
  {
    section: 'Running tasks',
    inputs: { ...SERVICE, 'run-task': 'true', 'wait-for-task-stopped': 'true' },
    added: NETWORK,
    scene: migrationScene,
    writes: ['RegisterTaskDefinition', 'RunTask', 'UpdateService'],
    asks: { RunTask: { startedBy: 'GitHub-Actions', launchType: 'FARGATE' } },
  },
  {
    section: 'Running tasks: tags',
    inputs: {
      ...SERVICE,
      'run-task': 'true',
      'enable-ecs-managed-tags': 'true',
      'run-task-tags': '[{"key": "project", "value": "myproject"}]',
      'wait-for-task-stopped': 'true',
    },
    added: NETWORK,
    scene: migrationScene,
    writes: ['RegisterTaskDefinition', 'RunTask', 'UpdateService'],
    asks: {
      RunTask: { enableECSManagedTags: true, tags: [{ key: 'project', value: 'myproject' }] },
      UpdateService: { enableECSManagedTags: true },
    },
  },
  {
    section: 'Preserving empty values with keep-null-value-keys',
    definition: { ...LARGER, placementConstraints: [] },
    inputs: { ...SERVICE, 'keep-null-value-keys': 'tag,command,placementConstraints' },
    writes: PLAIN,
    asks: { RegisterTaskDefinition: { placementConstraints: [] } },
  },
  { section: 'Polling configuration', inputs: { ...SERVICE, 'wait-max-delay-seconds': '15' }, writes: PLAIN, asks: {} },
  { section: 'Retries', inputs: { ...SERVICE, 'max-retries': '5' }, writes: PLAIN, asks: {} },
]

/** What starts in the one subnet ends by itself, and the service starts its tasks in the other. */
function migrationScene(): Promise<Scene> {
  const [migrates, serves] = ['subnet-0e17c5b8a3d94f602', 'subnet-09d2f7a641be3c85e']
  return sceneWith({
    subnets: [{ id: migrates, behaviour: { kind: 'exits', exitCode: 0, seconds: 5 } }, { id: serves }],
    placements: [serves, serves],
  })
}

async function codeDeployScene(): Promise<Scene> {
  const files = seoulFiles({ healthy: true })
  const answer = JSON.parse(JSON.stringify(files['ecs/describe-services.json']))
  answer.services[0].deploymentController = { type: 'CODE_DEPLOY' }
  const names = {
    applicationName: 'my-codedeploy-application',
    deploymentGroupName: 'my-codedeploy-deployment-group',
  }
  return sceneWith(
    {},
    {
      files: {
        ...files,
        'ecs/describe-services.json': answer,
        'codedeploy/get-deployment-group/mine.json': { deploymentGroupInfo: names },
      },
    },
  )
}

const APP_SPEC = { Resources: [{ TargetService: { Properties: { TaskDefinition: '<TASK_DEFINITION>' } } }] }

test.each(EXAMPLES.map((one) => [one.section, one] as const))('%s', async (_, example) => {
  const { inputs, added = {}, definition = LARGER, scene = () => sceneWith(), writes, asks } = example
  const appSpec = join(await mkdtemp(join(tmpdir(), 'appspec-')), 'appspec.json')
  await writeFile(appSpec, JSON.stringify(APP_SPEC))
  const files = {
    'task-definition': await fileOf(definition),
    ...('codedeploy-application' in inputs ? { 'codedeploy-appspec': appSpec } : {}),
  }
  const done = await deployedByAction(await scene(), { ...files, ...inputs, ...added, mode: 'deploy' })
  expect([done.exitCode, done.writes]).toEqual([0, writes])
  for (const [operation, members] of Object.entries(asks))
    expect(done.requests.find((one) => one.operation === operation)?.params).toMatchObject(members)
})
