/** Images, secrets, parameters, log groups, zones, target groups and file systems: what a start reads besides its network. */
import { freeAddress } from './addresses.ts'
import {
  addItem,
  type Cloud,
  editItem,
  itemsOf,
  type Kind,
  type Operations,
  Refused,
  removeItem,
  replaceItems,
} from './cloud.ts'
import { NETWORK_INTERFACES, SUBNETS } from './kinds.ts'

interface Repository {
  repositoryName: string
  registryId: string
  repositoryArn: string
  repositoryUri: string
}

interface ImageDetail {
  imageDigest: string
  imageStatus?: string
}

interface Named {
  readonly repositoryName: string
  readonly registryId?: string
}

export const ecrOperations: Operations = {
  CreateRepository(cloud: Cloud, { repositoryName }: Named) {
    const { folder, accountId, region } = cloud
    const taken = folder
      .under('ecr/describe-repositories')
      .flatMap((path) => folder.json<{ repositories: Repository[] }>(path).repositories)
      .some((one) => one.repositoryName === repositoryName)
    if (taken) throw new Refused('RepositoryAlreadyExistsException', repositoryName)
    folder.put(`ecr/describe-repositories/new-${stem(repositoryName)}.json`, {
      repositories: [
        {
          repositoryName,
          registryId: accountId,
          repositoryArn: `arn:aws:ecr:${region}:${accountId}:repository/${repositoryName}`,
          repositoryUri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${repositoryName}`,
          imageTagMutability: 'MUTABLE',
        },
      ],
    })
  },

  SetRepositoryPolicy: (cloud: Cloud, request: Named & { policyText: string }) =>
    putText(cloud, 'ecr/get-repository-policy', request, 'policyText', request.policyText),

  PutLifecyclePolicy: (cloud: Cloud, request: Named & { lifecyclePolicyText: string }) =>
    putText(cloud, 'ecr/get-lifecycle-policy', request, 'lifecyclePolicyText', request.lifecyclePolicyText),

  /** It takes some minutes; the lines say so, and here they have passed. */
  UpdateImageStorageClass(
    { folder }: Cloud,
    request: Named & { imageId: { imageDigest?: string }; targetStorageClass: string },
  ) {
    if (request.targetStorageClass !== 'STANDARD') return
    let found = false
    for (const path of folder.under('ecr/describe-images')) {
      const answer = folder.json<{ imageDetails: ImageDetail[] }>(path)
      for (const image of answer.imageDetails)
        if (image.imageDigest === request.imageId.imageDigest) {
          found = true
          image.imageStatus = 'ACTIVE'
        }
      folder.put(path, answer)
    }
    if (!found) throw new Refused('ImageNotFoundException', `${request.imageId.imageDigest}`)
  },

  CreatePullThroughCacheRule({ folder }: Cloud, request: { ecrRepositoryPrefix: string; upstreamRegistryUrl: string }) {
    const path = `ecr/describe-pull-through-cache-rules/new-${stem(request.ecrRepositoryPrefix)}.json`
    folder.put(path, { pullThroughCacheRules: [request] })
  },
}

const REPOSITORY_TEXTS = {
  policyText: 'InvalidParameterException',
  lifecyclePolicyText: 'InvalidParameterException',
} as const

function putText(
  { folder, accountId }: Cloud,
  where: string,
  { repositoryName, registryId = accountId }: Named,
  member: keyof typeof REPOSITORY_TEXTS,
  text: string,
): void {
  const parsed: { Statement?: unknown; rules?: unknown } = parse(text, REPOSITORY_TEXTS[member])
  if (!Array.isArray(member === 'policyText' ? parsed.Statement : parsed.rules))
    throw new Refused(REPOSITORY_TEXTS[member], text)
  for (const path of folder.under(where))
    if (folder.json<Named>(path).repositoryName === repositoryName) folder.remove(path)
  folder.put(`${where}/new-${stem(repositoryName)}.json`, { registryId, repositoryName, [member]: text })
}

function parse(text: string, code: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused(code, text)
  }
}

interface Secret {
  ARN: string
  Name: string
  DeletedDate?: unknown
}

const SECRETS = 'secretsmanager/describe-secret'

export const secretOperations: Operations = {
  CreateSecret({ folder }: Cloud, request: { Name: string }, answer: { ARN: string }) {
    const isOwn = ({ ARN }: Secret) => ARN.split(':')[4] === answer.ARN.split(':')[4]
    const all = folder.under(SECRETS).map((path) => folder.json<Secret>(path))
    if (all.some((secret) => secret.Name === request.Name && isOwn(secret)))
      throw new Refused('ResourceExistsException', request.Name)
    folder.put(`${SECRETS}/new-${stem(request.Name)}.json`, { ARN: answer.ARN, Name: request.Name })
  },

  RestoreSecret(cloud: Cloud, { SecretId }: { SecretId: string }) {
    const { path, secret } = secretOf(cloud, SecretId)
    const { DeletedDate, ...restored } = secret
    if (DeletedDate === undefined) throw new Refused('InvalidRequestException', `${SecretId} is not deleted`)
    cloud.folder.put(path, restored)
  },

  PutSecretValue: (cloud: Cloud, { SecretId }: { SecretId: string }) => void secretOf(cloud, SecretId),
}

function secretOf({ folder }: Cloud, id: string): { path: string; secret: Secret } {
  for (const path of folder.under(SECRETS)) {
    const secret = folder.json<Secret>(path)
    if (secret.ARN === id || secret.Name === id) return { path, secret }
  }
  throw new Refused('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
}

interface Key {
  readonly KeyMetadata: { readonly KeyId: string; readonly Arn: string; readonly KeyState: string }
}

/** AWS KMS Developer Guide, Key states of AWS KMS keys. */
export const keyOperations: Operations = {
  CancelKeyDeletion: (cloud: Cloud, { KeyId }: { KeyId: string }) =>
    changeKey(cloud, KeyId, 'PendingDeletion', 'Disabled'),
  EnableKey: (cloud: Cloud, { KeyId }: { KeyId: string }) => changeKey(cloud, KeyId, 'Disabled', 'Enabled'),
  PutKeyPolicy({ folder }: Cloud, request: { KeyId: string; Policy: string }) {
    parse(request.Policy, 'MalformedPolicyDocumentException')
    folder.put(`kms/get-key-policy/${request.KeyId.split('/').at(-1)}.json`, { Policy: request.Policy })
  },
}

function changeKey({ folder }: Cloud, id: string, from: string, to: string): void {
  const path = folder.under('kms/describe-key').find((one) => {
    const { KeyId, Arn } = folder.json<Key>(one).KeyMetadata
    return KeyId === id || Arn === id
  })
  if (path === undefined) throw new Refused('NotFoundException', `Key '${id}' does not exist`)
  const { KeyMetadata } = folder.json<Key>(path)
  if (KeyMetadata.KeyState !== from) throw new Refused('KMSInvalidStateException', `${id} is ${KeyMetadata.KeyState}.`)
  folder.put(path, { KeyMetadata: { ...KeyMetadata, KeyState: to } })
}

const PARAMETERS: Kind<{ Name: string; Type: string }> = {
  file: 'ssm/describe-parameters.json',
  list: 'Parameters',
  idOf: ({ Name }) => Name,
  code: 'ParameterNotFound',
}

export const parameterOperations: Operations = {
  PutParameter(cloud: Cloud, request: { Name: string; Type?: string; Overwrite?: boolean }) {
    if (itemsOf(cloud, PARAMETERS).some(({ Name }) => Name === request.Name)) {
      if (request.Overwrite !== true) throw new Refused('ParameterAlreadyExists', request.Name)
      return
    }
    if (request.Type === undefined) throw new Refused('ValidationException', 'a parameter type is required')
    const arn = `arn:aws:ssm:${cloud.region}:${cloud.accountId}:parameter/${request.Name.replace(/^\//, '')}`
    addItem(cloud, PARAMETERS, { Name: request.Name, Type: request.Type, ARN: arn })
  },
}

export const LOG_GROUPS: Kind<{ logGroupName: string }> = {
  file: 'logs/describe-log-groups.json',
  list: 'logGroups',
  idOf: ({ logGroupName }) => logGroupName,
  code: 'ResourceNotFoundException',
}

export const logOperations: Operations = {
  CreateLogGroup(cloud: Cloud, { logGroupName }: { logGroupName: string }) {
    if (itemsOf(cloud, LOG_GROUPS).some((one) => one.logGroupName === logGroupName))
      throw new Refused('ResourceAlreadyExistsException', logGroupName)
    const arn = `arn:aws:logs:${cloud.region}:${cloud.accountId}:log-group:${logGroupName}:*`
    addItem(cloud, LOG_GROUPS, { logGroupName, arn, creationTime: 1_700_000_000_000 })
  },

  DeleteLogGroup: (cloud: Cloud, { logGroupName }: { logGroupName: string }) =>
    removeItem(cloud, LOG_GROUPS, logGroupName),
}

interface ZoneSummary {
  HostedZoneId: string
  Name: string
}

export const zoneOperations: Operations = {
  DisassociateVPCFromHostedZone({ folder }: Cloud, request: { HostedZoneId: string; VPC: { VPCId: string } }) {
    const path = `route53/list-hosted-zones-by-vpc/${request.VPC.VPCId}.json`
    const answer = folder.json<{ HostedZoneSummaries: ZoneSummary[] }>(path)
    const left = answer.HostedZoneSummaries.filter(({ HostedZoneId }) => HostedZoneId !== request.HostedZoneId)
    if (left.length === answer.HostedZoneSummaries.length)
      throw new Refused('VPCAssociationNotFound', request.HostedZoneId)
    folder.put(path, { ...answer, HostedZoneSummaries: left })
  },

  ChangeResourceRecordSets(
    { folder }: Cloud,
    request: {
      HostedZoneId: string
      ChangeBatch: { Changes: { Action: string; ResourceRecordSet: { Name: string; Type: string } }[] }
    },
  ) {
    const path = `route53/list-resource-record-sets/${request.HostedZoneId}.json`
    const answer = folder.json<{ ResourceRecordSets: { Name: string; Type: string }[] }>(path)
    for (const { Action, ResourceRecordSet: set } of request.ChangeBatch.Changes) {
      const others = answer.ResourceRecordSets.filter(({ Name, Type }) => Name !== set.Name || Type !== set.Type)
      const there = others.length < answer.ResourceRecordSets.length
      if (Action === 'CREATE' && there) throw new Refused('InvalidChangeBatch', `${set.Name} already exists`)
      if (Action === 'DELETE' && !there) throw new Refused('InvalidChangeBatch', `${set.Name} was not found`)
      answer.ResourceRecordSets = Action === 'DELETE' ? others : [...others, set]
    }
    folder.put(path, answer)
  },
}

export const RULES: Kind<{ Id: string; DomainName: string; RuleType: string; CreatorRequestId?: string }> = {
  file: 'route53resolver/list-resolver-rules.json',
  list: 'ResolverRules',
  idOf: ({ Id }) => Id,
  code: 'ResourceNotFoundException',
}
export const RULE_ASSOCIATIONS: Kind<{ Id: string; ResolverRuleId: string; VPCId: string; Status: string }> = {
  file: 'route53resolver/list-resolver-rule-associations.json',
  list: 'ResolverRuleAssociations',
  idOf: ({ Id }) => Id,
  code: 'ResourceNotFoundException',
}

export const resolverOperations: Operations = {
  CreateResolverRule(
    cloud: Cloud,
    request: { CreatorRequestId: string; RuleType: string; DomainName: string },
    answer: { ResolverRule: { Id: string } },
  ) {
    const name = request.DomainName.endsWith('.') ? request.DomainName : `${request.DomainName}.`
    if (itemsOf(cloud, RULES).some((one) => one.CreatorRequestId === request.CreatorRequestId))
      throw new Refused('ResourceExistsException', request.CreatorRequestId)
    addItem(cloud, RULES, { ...request, Id: answer.ResolverRule.Id, DomainName: name, Status: 'COMPLETE' })
  },

  AssociateResolverRule(cloud: Cloud, request: { ResolverRuleId: string; VPCId: string }) {
    if (!itemsOf(cloud, RULES).some(({ Id }) => Id === request.ResolverRuleId))
      throw new Refused('ResourceNotFoundException', request.ResolverRuleId)
    const Id = `rslvr-rrassoc-${request.ResolverRuleId.slice(-6)}`
    addItem(cloud, RULE_ASSOCIATIONS, { Id, ...request, Status: 'COMPLETE' })
  },

  DisassociateResolverRule(cloud: Cloud, request: { ResolverRuleId: string; VPCId: string }) {
    replaceItems(cloud, RULE_ASSOCIATIONS, (all) =>
      all.filter(({ ResolverRuleId, VPCId }) => ResolverRuleId !== request.ResolverRuleId || VPCId !== request.VPCId),
    )
  },
}

export const fileSystemOperations: Operations = {
  CreateMountTarget(cloud: Cloud, request: { FileSystemId: string; SubnetId: string; SecurityGroups?: string[] }) {
    const subnet = itemsOf(cloud, SUBNETS).find(({ SubnetId }) => SubnetId === request.SubnetId)
    if (subnet === undefined) throw new Refused('SubnetNotFound', request.SubnetId)
    const path = cloud.folder
      .under('efs/describe-mount-targets')
      .find((one) => one.endsWith(`/${request.FileSystemId}.json`))
    if (path === undefined) throw new Refused('FileSystemNotFound', request.FileSystemId)
    const answer = cloud.folder.json<{ MountTargets: { AvailabilityZoneName?: string }[] }>(path)
    if (answer.MountTargets.some((one) => one.AvailabilityZoneName === subnet.AvailabilityZone))
      throw new Refused('MountTargetConflict', request.SubnetId)
    const { AvailabilityZone, VpcId } = subnet
    const { FileSystemId, SubnetId, SecurityGroups = [] } = request
    const IpAddress = freeAddress(
      subnet,
      itemsOf(cloud, NETWORK_INTERFACES).map(({ PrivateIpAddress }) => PrivateIpAddress),
    )
    const NetworkInterfaceId = `eni-0${FileSystemId.slice(-8)}${SubnetId.slice(-8)}`
    addItem(cloud, NETWORK_INTERFACES, {
      ...{ NetworkInterfaceId, SubnetId, VpcId, AvailabilityZone, OwnerId: cloud.accountId },
      ...{ InterfaceType: 'efs', Status: 'in-use', RequesterManaged: true },
      PrivateIpAddress: IpAddress,
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: IpAddress }],
      Groups: SecurityGroups.map((GroupId) => ({ GroupId, GroupName: GroupId })),
      Description: `EFS mount target for ${FileSystemId}`,
    })
    answer.MountTargets.push({
      ...{ FileSystemId, SubnetId, VpcId, IpAddress, NetworkInterfaceId, AvailabilityZoneName: AvailabilityZone },
      ...{ MountTargetId: `fsmt-0${SubnetId.slice(-8)}`, LifeCycleState: 'available' },
    })
    cloud.folder.put(path, answer)
  },
}

interface LoadBalancer {
  LoadBalancerArn: string
  AvailabilityZones: { SubnetId: string; ZoneName: string }[]
}
const LOAD_BALANCERS: Kind<LoadBalancer> = {
  file: 'elbv2/describe-load-balancers.json',
  list: 'LoadBalancers',
  idOf: ({ LoadBalancerArn }) => LoadBalancerArn,
  code: 'LoadBalancerNotFound',
}

interface TargetGroup {
  TargetGroupArn: string
  TargetGroupName: string
  Protocol?: string
  Port?: number
  TargetType?: string
  VpcId?: string
  LoadBalancerArns?: string[]
}
export const TARGET_GROUPS: Kind<TargetGroup> = {
  file: 'elbv2/describe-target-groups.json',
  list: 'TargetGroups',
  idOf: ({ TargetGroupArn }) => TargetGroupArn,
  code: 'TargetGroupNotFound',
}

export const balancerOperations: Operations = {
  CreateTargetGroup(
    cloud: Cloud,
    request: { Name: string; Protocol?: string; Port?: number; TargetType?: string; VpcId?: string },
    answer: { TargetGroups: { TargetGroupArn: string }[] },
  ) {
    const { Name, ...settings } = request
    if (itemsOf(cloud, TARGET_GROUPS).some(({ TargetGroupName }) => TargetGroupName === Name))
      throw new Refused('DuplicateTargetGroupName', Name)
    const TargetGroupArn = answer.TargetGroups[0]?.TargetGroupArn ?? ''
    addItem(cloud, TARGET_GROUPS, { ...settings, TargetGroupArn, TargetGroupName: Name, LoadBalancerArns: [] })
  },

  /** One subnet a zone. */
  SetSubnets(cloud: Cloud, request: { LoadBalancerArn: string; Subnets: string[] }) {
    if (request.Subnets === undefined) throw new Refused('ValidationError', 'Subnets')
    const zones = request.Subnets.map((id) => {
      const subnet = itemsOf(cloud, SUBNETS).find(({ SubnetId }) => SubnetId === id)
      if (subnet === undefined) throw new Refused('SubnetNotFound', id)
      return { SubnetId: id, ZoneName: subnet.AvailabilityZone }
    })
    if (new Set(zones.map(({ ZoneName }) => ZoneName)).size < zones.length)
      throw new Refused(
        'InvalidConfigurationRequest',
        'A load balancer cannot be attached to multiple subnets in the same zone',
      )
    editItem(cloud, LOAD_BALANCERS, request.LoadBalancerArn, (one) => {
      one.AvailabilityZones = zones
    })
  },
}

export const quotaOperations: Operations = {
  /** A request is only asked; somebody grants it later. */
  RequestServiceQuotaIncrease: () => {},
}

function stem(name: string): string {
  return name.replaceAll('/', '-')
}
