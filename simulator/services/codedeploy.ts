/** AWS CodeDeploy: deployments of the scenario's service, where CODE_DEPLOY is its controller. Names as in the API Reference. */
import { createHash } from 'node:crypto'
import { type Item, isItem, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { isByCodeDeploy } from '../rollout/answer-service.ts'
import { deployed } from '../rollout/deployments.ts'
import { token } from '../rollout/seeded-random.ts'
import { type CodeDeployment, primaryOf, type Rollout, type RolloutState } from '../rollout/state.ts'
import { answersOf, type World } from '../world.ts'
import { namedDefinition } from './ecs-writes.ts'

export const CODE_DEPLOY: Operations = {
  CreateDeployment: createDeployment,
  GetDeployment: getDeployment,
  GetDeploymentGroup: getDeploymentGroup,
  ListDeployments: listDeployments,
}

function rolloutOf(world: World, call: string): Rollout {
  if (world.rollout === undefined || !isByCodeDeploy(world.rollout.setting)) throw new Unrecorded(call)
  return world.rollout
}

/** From the folder: which groups there are. */
function groupIn({ params }: Request, world: World): Item {
  const [application, name] = [textOf(params, 'applicationName'), textOf(params, 'deploymentGroupName')]
  const groups = answersOf(world, 'codedeploy/get-deployment-group').flatMap(({ content }) =>
    isItem(content['deploymentGroupInfo']) ? [content['deploymentGroupInfo']] : [],
  )
  if (!groups.some((one) => one['applicationName'] === application)) {
    throw new Refusal('ApplicationDoesNotExistException', `No application found for name: ${application}`)
  }
  const found = groups.find((one) => one['applicationName'] === application && one['deploymentGroupName'] === name)
  if (found === undefined) {
    throw new Refusal('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${name}`)
  }
  return found
}

function getDeploymentGroup(request: Request, world: World): Item {
  return { deploymentGroupInfo: groupIn(request, world) }
}

function createDeployment(request: Request, world: World): Item {
  const { params } = request
  const rollout = rolloutOf(world, 'CreateDeployment')
  const group = groupIn(request, world)
  const revision = isItem(params['revision']) ? params['revision'] : {}
  const spec = isItem(revision['appSpecContent']) ? revision['appSpecContent'] : {}
  const content = textOf(spec, 'content') ?? ''
  const sha256 = createHash('sha256').update(content).digest('hex')
  if (textOf(revision, 'revisionType') !== 'AppSpecContent' || content === '') {
    throw new Refusal('InvalidRevisionException', 'The revision was specified in an invalid format.')
  }
  if ((textOf(spec, 'sha256') ?? sha256) !== sha256) {
    throw new Refusal('InvalidRevisionException', 'The specified SHA-256 hash does not match the content.')
  }
  const definition = namedDefinition(world, revisionIn(content))
  const drawn = token(rollout.setting.scenario.seed, 'codedeploy', rollout.state().codeDeployments.length)
  const id = `d-${drawn
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 9)
    .toUpperCase()}`
  rollout.write((state) => {
    const busy = state.codeDeployments.find((one) => statusOf(state, one) === 'InProgress')
    if (busy !== undefined) {
      throw new Refusal(
        'DeploymentLimitExceededException',
        `The Deployment Group '${group['deploymentGroupName']}' already has an active Deployment '${busy.id}'`,
      )
    }
    const known = state.definitions.some((one) => one['taskDefinitionArn'] === definition['taskDefinitionArn'])
    const next = deployed(
      rollout.setting,
      { ...state, definitions: known ? state.definitions : [...state.definitions, definition] },
      { definitionArn: String(definition['taskDefinitionArn']), behaviour: rollout.setting.scenario.behaviour },
    )
    const made: CodeDeployment = {
      id,
      application: String(group['applicationName']),
      group: String(group['deploymentGroupName']),
      content,
      sha256,
      description: textOf(params, 'description'),
      createdAt: state.now,
      deploymentId: primaryOf(next).id,
    }
    return { ...next, codeDeployments: [made, ...state.codeDeployments] }
  })
  return { deploymentId: id }
}

/** `TaskDefinition: "arn:…"`, in YAML or JSON. */
function revisionIn(content: string): string {
  const [, revision] = /taskdefinition["']?\s*:\s*["']?(arn:[\w:/.-]+)/i.exec(content) ?? []
  if (revision === undefined)
    throw new Refusal('InvalidRevisionException', 'The AppSpec content has no task definition.')
  return revision
}

function statusOf(state: RolloutState, { deploymentId }: CodeDeployment): string {
  const carrying = state.deployments.find(({ id }) => id === deploymentId)
  if (state.completed.id === deploymentId) return 'Succeeded'
  if (carrying === undefined || primaryOf(state).id !== deploymentId) return 'Stopped'
  return carrying.rolloutState === 'FAILED' ? 'Failed' : 'InProgress'
}

function getDeployment({ params }: Request, world: World): Item {
  const state = rolloutOf(world, 'GetDeployment').state()
  const found = state.codeDeployments.find(({ id }) => id === textOf(params, 'deploymentId'))
  if (found === undefined) {
    throw new Refusal(
      'DeploymentDoesNotExistException',
      `The deployment ${textOf(params, 'deploymentId')} could not be found`,
    )
  }
  const { id, application, group, content, sha256, description, createdAt } = found
  const status = statusOf(state, found)
  return {
    deploymentInfo: {
      deploymentId: id,
      applicationName: application,
      deploymentGroupName: group,
      status,
      createTime: createdAt / 1000,
      description: description ?? undefined,
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } },
      computePlatform: 'ECS',
      errorInformation:
        status === 'Failed'
          ? { code: 'HEALTH_CONSTRAINTS', message: 'The ECS service cannot stabilize: tasks failed to start.' }
          : undefined,
    },
  }
}

function listDeployments(request: Request, world: World): Item {
  const state = rolloutOf(world, 'ListDeployments').state()
  const group = groupIn(request, world)
  const statuses = textsOf(request.params['includeOnlyStatuses'])
  const own = state.codeDeployments.filter(
    (one) =>
      one.group === group['deploymentGroupName'] && (statuses.length === 0 || statuses.includes(statusOf(state, one))),
  )
  return { deployments: own.map(({ id }) => id) }
}
