/** The members that RegisterTaskDefinition takes, and of what kind each is (ECS API). A test holds the table to the SDK's own schema. */

/** A list is its one element in brackets. */
export type Kind = 'text' | 'integer' | 'flag' | 'map' | Shape | readonly ['text' | 'integer' | Shape]

export interface Shape {
  readonly members: Readonly<Record<string, Kind>>
  readonly required: readonly string[]
}

export function isShape(kind: Kind): kind is Shape {
  return typeof kind === 'object' && !Array.isArray(kind)
}

/** `required` are the first of the members, as in AWS's models. */
function shape(members: Readonly<Record<string, Kind>>, required = 0): Shape {
  return { members, required: Object.keys(members).slice(0, required) }
}

const PAIR = shape({ name: 'text', value: 'text' })
const SECRET = shape({ name: 'text', valueFrom: 'text' }, 2)

const LINUX_PARAMETERS = shape({
  capabilities: shape({ add: ['text'], drop: ['text'] }),
  devices: [shape({ hostPath: 'text', containerPath: 'text', permissions: ['text'] }, 1)],
  initProcessEnabled: 'flag',
  sharedMemorySize: 'integer',
  tmpfs: [shape({ containerPath: 'text', size: 'integer', mountOptions: ['text'] }, 2)],
  maxSwap: 'integer',
  swappiness: 'integer',
})

const PORT_MAPPING = shape({
  containerPort: 'integer',
  hostPort: 'integer',
  protocol: 'text',
  name: 'text',
  appProtocol: 'text',
  containerPortRange: 'text',
})

const CONTAINER = shape({
  name: 'text',
  image: 'text',
  repositoryCredentials: shape({ credentialsParameter: 'text' }, 1),
  cpu: 'integer',
  memory: 'integer',
  memoryReservation: 'integer',
  links: ['text'],
  portMappings: [PORT_MAPPING],
  essential: 'flag',
  restartPolicy: shape({ enabled: 'flag', ignoredExitCodes: ['integer'], restartAttemptPeriod: 'integer' }, 1),
  entryPoint: ['text'],
  command: ['text'],
  environment: [PAIR],
  environmentFiles: [shape({ value: 'text', type: 'text' }, 2)],
  mountPoints: [shape({ sourceVolume: 'text', containerPath: 'text', readOnly: 'flag' })],
  volumesFrom: [shape({ sourceContainer: 'text', readOnly: 'flag' })],
  linuxParameters: LINUX_PARAMETERS,
  secrets: [SECRET],
  dependsOn: [shape({ containerName: 'text', condition: 'text' }, 2)],
  startTimeout: 'integer',
  stopTimeout: 'integer',
  versionConsistency: 'text',
  hostname: 'text',
  user: 'text',
  workingDirectory: 'text',
  disableNetworking: 'flag',
  privileged: 'flag',
  readonlyRootFilesystem: 'flag',
  dnsServers: ['text'],
  dnsSearchDomains: ['text'],
  extraHosts: [shape({ hostname: 'text', ipAddress: 'text' }, 2)],
  dockerSecurityOptions: ['text'],
  interactive: 'flag',
  pseudoTerminal: 'flag',
  dockerLabels: 'map',
  ulimits: [shape({ name: 'text', softLimit: 'integer', hardLimit: 'integer' }, 3)],
  logConfiguration: shape({ logDriver: 'text', options: 'map', secretOptions: [SECRET] }, 1),
  healthCheck: shape(
    { command: ['text'], interval: 'integer', timeout: 'integer', retries: 'integer', startPeriod: 'integer' },
    1,
  ),
  systemControls: [shape({ namespace: 'text', value: 'text' })],
  resourceRequirements: [shape({ type: 'text', value: 'text', sharingStrategy: 'text' }, 1)],
  firelensConfiguration: shape({ type: 'text', options: 'map' }, 1),
  credentialSpecs: ['text'],
})

const VOLUME = shape({
  name: 'text',
  host: shape({ sourcePath: 'text' }),
  dockerVolumeConfiguration: shape({
    scope: 'text',
    autoprovision: 'flag',
    driver: 'text',
    driverOpts: 'map',
    labels: 'map',
  }),
  efsVolumeConfiguration: shape(
    {
      fileSystemId: 'text',
      rootDirectory: 'text',
      transitEncryption: 'text',
      transitEncryptionPort: 'integer',
      authorizationConfig: shape({ accessPointId: 'text', iam: 'text' }),
    },
    1,
  ),
  s3filesVolumeConfiguration: shape(
    { fileSystemArn: 'text', rootDirectory: 'text', transitEncryptionPort: 'integer', accessPointArn: 'text' },
    1,
  ),
  fsxWindowsFileServerVolumeConfiguration: shape(
    {
      fileSystemId: 'text',
      rootDirectory: 'text',
      authorizationConfig: shape({ credentialsParameter: 'text', domain: 'text' }, 2),
    },
    3,
  ),
  configuredAtLaunch: 'flag',
})

export const TASK_DEFINITION = shape(
  {
    family: 'text',
    containerDefinitions: [CONTAINER],
    taskRoleArn: 'text',
    executionRoleArn: 'text',
    networkMode: 'text',
    volumes: [VOLUME],
    placementConstraints: [shape({ type: 'text', expression: 'text' })],
    requiresCompatibilities: ['text'],
    cpu: 'text',
    memory: 'text',
    tags: [shape({ key: 'text', value: 'text' })],
    pidMode: 'text',
    ipcMode: 'text',
    proxyConfiguration: shape({ containerName: 'text', type: 'text', properties: [PAIR] }, 1),
    inferenceAccelerators: [shape({ deviceName: 'text', deviceType: 'text' }, 2)],
    ephemeralStorage: shape({ sizeInGiB: 'integer' }, 1),
    runtimePlatform: shape({ cpuArchitecture: 'text', operatingSystemFamily: 'text' }),
    enableFaultInjection: 'flag',
  },
  2,
)
