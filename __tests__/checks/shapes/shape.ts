/** A healthy service of an ordinary shape: what differs between one team's and another's. */

export type Files = Readonly<Record<string, unknown>>

export interface Shape {
  /** Whose defaults the settings are. */
  readonly by: 'terraform' | 'cdk'
  readonly zones: 1 | 2 | 3
  /** How tasks get out: `public` with addresses of their own, `nat` one a zone, `one-nat` for all, `regional-nat`, `endpoints` alone. */
  readonly way: 'public' | 'nat' | 'one-nat' | 'regional-nat' | 'endpoints' | 'nat-and-s3'
  readonly compute: 'fargate' | 'spot' | 'arm' | 'windows' | 'ec2-bridge' | 'ec2-awsvpc' | 'asg'
  readonly balancer: 'application' | 'network' | null
  readonly dualStack?: boolean
  readonly secrets?: 'secretsmanager' | 'ssm'
  readonly exec?: boolean
  readonly efs?: boolean
  readonly autoscaling?: boolean
}

export const ACCOUNT = '471112873905'
export const REGION = 'eu-central-1'
export const CLUSTER = 'shop'
export const SERVICE = 'checkout'
export const GROUP = '/ecs/checkout'
export const VPC = 'vpc-0d2c4b6a8e0f1357'
export const TASK_GROUP = 'sg-0a4c6e8b0d2f1357a'
export const NODE_GROUP = 'sg-0b5d7f9c1e3a2468b'
export const BALANCER_GROUP = 'sg-0c6e8a0d2f4b3579c'
export const ENDPOINT_GROUP = 'sg-0d7f9b1e3a5c4680d'
export const MOUNT_GROUP = 'sg-0e8a0c2f4b6d5791e'
export const EFS = 'fs-0f1a2b3c4d5e6f708'
export const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:checkout/db-Qw7Rt2`
export const PARAMETER = '/checkout/db'

export const LETTERS = ['a', 'b', 'c'] as const

export function onInstances({ compute }: Shape): boolean {
  return compute === 'ec2-bridge' || compute === 'ec2-awsvpc' || compute === 'asg'
}

export function isAwsvpc({ compute }: Shape): boolean {
  return compute !== 'ec2-bridge' && compute !== 'asg'
}

/** 17 hexadecimal digits, as EC2 numbers things. */
export function idOf(kind: string, number: number): string {
  return `${kind}-0a1b2c3d4e5f${number.toString(16).padStart(5, '0')}`
}

export function subnetId(zone: number, isPublic: boolean): string {
  return idOf('subnet', (isPublic ? 100 : 200) + zone)
}

/** Where the tasks, or the instances that they run on, are. */
export function taskSubnets({ zones, way }: Shape): readonly string[] {
  return Array.from({ length: zones }, (_, zone) => subnetId(zone, way === 'public'))
}
