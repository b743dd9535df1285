/** A service whose deployments CodeDeploy makes: the AppSpec file, one deployment, its task set, and CodeDeploy's last word. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { appSpecFrom } from '../../../src/commands/deploy/app-spec.ts'
import { outputsOf } from '../../../src/report/outputs.ts'
import { type Deployed, deployed, fileOf, type Scene, SERVICE, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const LARGER = { cpu: '1024', memory: '2048' }
const YAML = `version: 0.0
# TaskDefinition: not this one
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION> # put in
        LoadBalancerInfo:
          ContainerName: "nestjs"
          ContainerPort: 3000
`
const ARN = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7'

async function fileWith(text: string, name = 'appspec.yaml'): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'appspec-')), name)
  await writeFile(path, text)
  return path
}

describe('the AppSpec file', () => {
  test('in YAML keeps every line but the revision', async () => {
    const { contentFor } = await appSpecFrom(await fileWith(YAML))
    expect(contentFor(ARN)).toBe(YAML.replace('<TASK_DEFINITION>', `"${ARN}"`))
  })

  test.each([
    ['"taskDefinition": "arn:old"', `"taskDefinition": "${ARN}"`],
    ["TaskDefinition: 'arn:old'", `TaskDefinition: "${ARN}"`],
    ['- TaskDefinition: arn:aws:ecs:eu-west-1:1:task-definition/web:1', `- TaskDefinition: "${ARN}"`],
  ])('takes the line %s', async (line, expected) => {
    expect((await appSpecFrom(await fileWith(`  ${line}\n`))).contentFor(ARN)).toBe(`  ${expected}\n`)
  })

  test('in JSON has the revision in every resource, whatever the capitals', async () => {
    const resource = (taskDefinition: string) => ({ One: { Properties: { TaskDefinition: taskDefinition } } })
    const text = JSON.stringify({ Resources: [resource('x'), { Two: { properties: { taskdefinition: 'y' } } }] })
    const { contentFor } = await appSpecFrom(await fileWith(text, 'appspec.json'))
    expect(JSON.parse(contentFor(ARN))).toEqual({
      Resources: [resource(ARN), { Two: { properties: { taskdefinition: ARN } } }],
    })
  })

  test.each([
    ['version: 0.0\n'],
    ['TaskDefinition:\n  - web\n'],
    ['TaskDefinition: |\n  web\n'],
    ['{ "Resources": [] }'],
    ['{ not json'],
  ])('without a place for it is refused: %j', async (text) => {
    await expect(appSpecFrom(await fileWith(text))).rejects.toThrow(/TaskDefinition/)
  })
})

const GROUP = {
  deploymentGroupInfo: {
    applicationName: 'shop',
    deploymentGroupName: 'web',
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 0 },
      terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 5 },
    },
  },
}

async function sceneOf(scenario: Partial<ScenarioText> = {}): Promise<Scene> {
  const files = seoulFiles({ healthy: true })
  const answer = JSON.parse(JSON.stringify(files['ecs/describe-services.json']))
  answer.services[0].deploymentController = { type: 'CODE_DEPLOY' }
  return sceneWith(scenario, {
    files: { ...files, 'ecs/describe-services.json': answer, 'codedeploy/get-deployment-group/web.json': GROUP },
  })
}

async function deploying(scene: Scene, words: readonly string[] = []): Promise<Deployed> {
  const names = ['--codedeploy-application', 'shop', '--codedeploy-deployment-group', 'web']
  const spec = ['--codedeploy-appspec', await fileWith(YAML)]
  return deployed(scene, [...SERVICE, ...names, ...spec, ...words, '--task-definition', await fileOf(LARGER)])
}

describe('a service under CODE_DEPLOY', () => {
  test('is deployed by CodeDeploy, with the revision in the AppSpec, and its task set is followed', async () => {
    const scene = await sceneOf()
    const done = await deploying(scene, ['--codedeploy-deployment-description', 'x'.repeat(600)])
    expect([done.exitCode, done.writes]).toEqual([0, ['RegisterTaskDefinition', 'CreateDeployment']])
    const [created] = scene.simulator.rollout?.state().codeDeployments ?? []
    expect(created?.content).toContain(
      'TaskDefinition: "arn:aws:ecs:ap-northeast-2:406178923551:task-definition/role-nestjs-second:42"',
    )
    expect(created?.description).toHaveLength(512)
    expect(done.report).toMatchObject({ deployment: { updated: true }, rollout: { phase: 'steady' } })
    expect(outputsOf(done.report, 'en')['codedeploy-deployment-id']).toBe(created?.id)
  })

  test('ends with CodeDeploy’s word where it fails', async () => {
    const breaker = { deploymentCircuitBreaker: { enable: true, rollback: false } }
    const done = await deploying(await sceneOf({ behaviour: { kind: 'image-not-found' }, configuration: breaker }))
    expect([done.exitCode, done.writes]).toEqual([1, ['RegisterTaskDefinition', 'CreateDeployment']])
  })

  test('that is deployed already is waited for', async () => {
    const scene = await sceneOf()
    const first = await deploying(scene, ['--wait-for-service-stability=false'])
    expect([first.exitCode, JSON.parse(first.output).rollout]).toEqual([0, null])
    const busy = await deploying(scene, ['--on-busy', 'fail', '--force-new-deployment'])
    expect([busy.exitCode, busy.writes, busy.report.ending?.kind]).toEqual([1, [], 'busy'])
  })

  test('whose group is not there is refused in a sentence, before anything is written', async () => {
    const scene = await sceneOf()
    await expect(
      deployed(scene, [
        ...SERVICE,
        '--codedeploy-appspec',
        await fileWith(YAML),
        '--task-definition',
        await fileOf(LARGER),
      ]),
    ).rejects.toThrow('DgpECS-cluster-nestjs-second-role-nestjs-second-service')
    expect(scene.simulator.requests().map(({ operation }) => operation)).not.toContain('RegisterTaskDefinition')
  })
})
