/** A healthy Fargate service with an EFS volume, a mount target in each zone, and functions that change one fact of it. */
import { unknownsOf } from '../../src/checks/engine/path-unknowns.ts'
import { CHECKS } from '../../src/checks/index.ts'
import { known } from '../../src/domain/answer.ts'
import type { FileSystemRecord, MountTarget } from '../../src/domain/configuration.ts'
import type { GatheredFacts } from '../../src/domain/facts.ts'
import type { NetworkInterface } from '../../src/domain/network.ts'
import type { Finding } from '../../src/domain/report.ts'
import type { RoleRecord } from '../../src/domain/role.ts'
import type { EfsVolume, Volume } from '../../src/domain/service.ts'
import { CLIENT_MOUNT } from '../../src/iam/file-system-policy.ts'
import {
  A,
  ACCOUNT,
  C,
  type ConfiguredWorld,
  configured,
  HEALTHY,
  REGION,
  VPC,
  withDefinition,
} from './configuration-world.ts'
import { type Judged, judgeWith } from './judgement.ts'
import { record, simulated } from './role-facts.ts'
import { HEALTHY as ROLES } from './role-world.ts'
import { add, change, pathsOf, rule, TASK_GROUP, VOLUME } from './world.ts'

export const TASK_ROLE = `arn:aws:iam::${ACCOUNT}:role/web-task`
export const SYSTEM = 'fs-0a1b2c3d4e5f60001'
export const EFS_GROUP = 'sg-0a1b2c3d4e5f600f5'

export function target(subnetId: string, zoneId: string | null, changes: Partial<MountTarget> = {}): MountTarget {
  const end = subnetId.slice(-1)
  return {
    id: `fsmt-0a1b2c3d4e5f6000${end}`,
    subnetId,
    vpcId: VPC,
    availabilityZoneId: zoneId,
    addresses: [subnetId === C ? '10.0.3.70' : '10.0.1.70'],
    interfaceId: `eni-0a1b2c3d4e5f6070${end}`,
    state: 'available',
    ...changes,
  }
}

export const IN_A: MountTarget = target(A, 'apne2-az1')
export const IN_C: MountTarget = target(C, 'apne2-az3')
export const S3_FILES = `arn:aws:s3files:${REGION}:${ACCOUNT}:file-system/${SYSTEM}`
export const EFS: EfsVolume = { fileSystemId: SYSTEM, accessPointId: null, iam: false, transitEncryption: true }

const GROUPED = add(
  change(HEALTHY, 'securityGroups', TASK_GROUP, ({ egress }) => ({
    egress: [...egress, rule({ groupIds: [EFS_GROUP] }, 2049)],
  })),
  'securityGroups',
  { id: EFS_GROUP, vpcId: VPC, name: 'efs', ingress: [rule({ groupIds: [TASK_GROUP] }, 2049)], egress: [] },
)
const READY: ConfiguredWorld = {
  ...HEALTHY,
  network: add(GROUPED, 'interfaces', interfaceOf(IN_A), interfaceOf(IN_C)).network,
}

export function interfaceOf({ interfaceId, subnetId, addresses, vpcId }: MountTarget): NetworkInterface {
  return {
    id: interfaceId ?? '',
    subnetId,
    vpcId: vpcId ?? VPC,
    groupIds: [EFS_GROUP],
    privateIps: addresses,
    ipv6Addresses: [],
    publicIp: null,
    type: 'interface',
    description: `EFS mount target for ${SYSTEM}`,
    instanceId: null,
    sourceDestCheck: true,
  }
}

export function mounting(
  mountTargets: FileSystemRecord['mountTargets'] = known([IN_A, IN_C]),
  system: Partial<FileSystemRecord> = {},
  volume: Partial<Volume> = { efs: EFS },
): ConfiguredWorld {
  return configured(withDefinition(READY, { taskRoleArn: TASK_ROLE, volumes: [{ ...VOLUME, ...volume }] }), {
    fileSystems: [{ id: SYSTEM, kind: 'efs', mountTargets, oneZone: false, ...system }],
  })
}

const HELD = ['service', 'taskDefinition', 'compute', 'network', 'paths', 'tasks', 'configuration']
const OWN = CHECKS.filter(
  ({ id, needs }) => id === 'file-system-policy-denies' || needs.every((name) => HELD.includes(name)),
)
/** It may mount. */
export const MOUNTER: RoleRecord = record({ arn: TASK_ROLE, simulation: known([simulated(CLIENT_MOUNT)]) })

/** Every check that needs no role and no image, that of the file system's policy, and what the paths could not tell. */
export function judgeMounts(world: ConfiguredWorld, task: RoleRecord | null = MOUNTER): Judged {
  const paths = pathsOf(world, world.configuration.fileSystems)
  const held = { ...world, paths, role: { ...ROLES.role, task } }
  const facts = Object.fromEntries(Object.entries(held).map(([name, value]) => [name, known(value)]))
  const { findings, unknowns } = judgeWith(OWN, facts as unknown as GatheredFacts)
  return { findings, unknowns: [...unknowns, ...unknownsOf(paths, CHECKS)] }
}

/** Without what is said of subnets that differ: causes only. */
export function toldOfMounts(world: ConfiguredWorld): readonly string[] {
  return judgeMounts(world)
    .findings.filter(({ severity, step }) => severity !== 'advice' && step !== 'subnets')
    .map(({ check, subject, severity }) =>
      severity === 'blocker' ? `${check} ${subject}` : `${check} ${subject} (${severity})`,
    )
}

export function mountFinding(world: ConfiguredWorld, check: string): Finding {
  const found = judgeMounts(world).findings.find((one) => one.check === check)
  if (found === undefined) throw new Error(`${check} found nothing`)
  return found
}

/** Permissions of what could not be told, and whether it matters. */
export function unsureOfMounts(world: ConfiguredWorld): readonly (readonly [string | null, boolean])[] {
  return judgeMounts(world).unknowns.map(({ permission, matters }) => [permission, matters] as const)
}
