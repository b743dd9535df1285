/** What was typed, as a request: inputs of the official action with its own defaults, and the sentences for what does not go together. */
import type { Loose } from '../../aws/calls/call.ts'
import { namesTaskDefinition } from '../../aws/task-definition/file.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { labelOf, needed } from '../../inputs/parse-arguments.ts'
import type { Values } from '../../inputs/table.ts'
import type { CommandContext } from '../command.ts'
import { ownerIn } from '../lease-owner.ts'
import { optInRequest } from '../preflight/options.ts'
import { refuseUnknownIgnores } from '../preflight/preflight.ts'
import { regionFor } from '../region.ts'
import { ignoresIn, imagesIn } from '../service-request.ts'
import { clusterNamed } from '../watch/next-poll.ts'
import { watchSettings } from '../watch/requests.ts'
import type { DeployRequest, RevisionSource, TaskRequest } from './request.ts'

/** Throws `UsageError` for inputs that do not go together. */
export async function requestFrom(values: Values, context: CommandContext): Promise<DeployRequest> {
  const { frontend } = context
  const service = values.service?.[0] ?? null
  const revision = revisionIn(values)
  if (service === null && revision.kind === 'running') throw needed(['task-definition', 'service'], frontend)
  const ignore = ignoresIn(values)
  refuseUnknownIgnores(ignore)
  return {
    cluster: clusterNamed({ cluster: values.cluster, service: service ?? '' }),
    service,
    revision,
    images: imagesIn(values),
    keepNullValueKeys: values['keep-null-value-keys'] ?? [],
    update: updateIn(values, frontend),
    force: values['force-new-deployment'],
    emergency: values.emergency,
    rehearse: values.rehearse === 'on' ? { subnets: values['rehearse-subnets'], owner: ownerIn(context.env) } : null,
    task: values['run-task'] ? taskIn(values, frontend) : null,
    codeDeploy: {
      appSpec: values['codedeploy-appspec'] ?? 'appspec.yaml',
      application: values['codedeploy-application'],
      deploymentGroup: values['codedeploy-deployment-group'],
      description: values['codedeploy-deployment-description'],
      config: values['codedeploy-deployment-config'],
    },
    dryRun: values['dry-run'],
    onBusy: values['on-busy'],
    onCancel: values['on-cancel'],
    isWatched: values['wait-for-service-stability'] !== false,
    retries: values['max-retries'],
    mostDelayMs: values['wait-max-delay-seconds'] === null ? null : values['wait-max-delay-seconds'] * 1000,
    watch: { appearsWithinMinutes: APPEARS_WITHIN_MINUTES, ...watchSettings(values), ignore },
    optIn: await optInRequest(values, { frontend, region: () => regionFor(values, context) }),
  }
}

/** The deployment that is followed has an id of ECS's already. */
const APPEARS_WITHIN_MINUTES = 1

function revisionIn(values: Values): RevisionSource {
  const named = values['task-definition']?.[0] ?? values['task-definition-arn']
  if (named === null) return { kind: 'running' }
  return namesTaskDefinition(named) ? { kind: 'named', name: named } : { kind: 'file', path: named }
}

function updateIn(values: Values, frontend: CommandContext['frontend']): Loose {
  return {
    ...given('desiredCount', values['desired-count']),
    ...given('enableECSManagedTags', values['enable-ecs-managed-tags']),
    ...given('propagateTags', values['propagate-tags']),
    ...volumesIn(values, frontend, 'service-managed-ebs-volume'),
  }
}

function taskIn(values: Values, frontend: CommandContext['frontend']): TaskRequest {
  const [subnets, securityGroups] = [values['run-task-subnets'], values['run-task-security-groups']]
  const strategy = values['run-task-capacity-provider-strategy']
  const overrides = values['run-task-container-overrides']
  const network = { ...given('subnets', subnets), ...given('securityGroups', securityGroups) }
  const isPlaced = subnets !== null || securityGroups !== null
  return {
    isAwaited: values['wait-for-task-stopped'],
    input: {
      startedBy: values['run-task-started-by'],
      ...(overrides === null ? {} : { overrides: { containerOverrides: overrides } }),
      ...(strategy === null ? { launchType: values['run-task-launch-type'] } : { capacityProviderStrategy: strategy }),
      ...(isPlaced
        ? {
            networkConfiguration: {
              awsvpcConfiguration: { ...network, assignPublicIp: values['run-task-assign-public-IP'] },
            },
          }
        : {}),
      ...given('enableECSManagedTags', values['enable-ecs-managed-tags']),
      ...given('tags', values['run-task-tags']),
      ...volumesIn(values, frontend, 'run-task-managed-ebs-volume'),
    },
  }
}

/** Its name alone configures nothing, and neither does a volume without a name. */
function volumesIn(
  values: Values,
  frontend: CommandContext['frontend'],
  input: 'service-managed-ebs-volume' | 'run-task-managed-ebs-volume',
): Loose {
  const naming = `${input}-name` as const
  const [name, volume] = [values[naming], values[input]]
  if (name === null && volume === null) return {}
  if (name === null || volume === null) throw needed([name === null ? naming : input], frontend)
  if (typeof volume['roleArn'] !== 'string') {
    const label = labelOf(input, frontend)
    throw new UsageError({
      en: `${label} needs \`roleArn\`, the role that ECS makes the volume with.`,
      ko: `${label} 입력에는 ECS가 볼륨을 만들 때 사용할 역할을 \`roleArn\` 값으로 지정해야 합니다.`,
    })
  }
  return { volumeConfigurations: [{ name, managedEBSVolume: volume }] }
}

function given(name: string, value: unknown): Loose {
  return value === null ? {} : { [name]: value }
}
