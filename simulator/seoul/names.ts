/** What things are called in the Seoul incident. The ids are made up; their shapes are AWS's. */
export const REGION = 'ap-northeast-2'
export const ACCOUNT = '406178923551'
export const CLUSTER = 'cluster-nestjs-second'
export const SERVICE = 'role-nestjs-second-service'
export const FAMILY = 'role-nestjs-second'
export const REVISION = 41
export const REPOSITORY = 'nestjs-second'
export const TAG = '1.8.2'
export const LOG_GROUP = '/ecs/role-nestjs-second'
export const EXECUTION_ROLE = 'ecsTaskExecutionRole'
export const VPC = 'vpc-0d1f6a2c94b7e5380'
export const TASK_GROUP = 'sg-0a4e8c15d7f3b9621'
export const ENDPOINT_GROUP = 'sg-05b92e7fc1d84a360'
export const S3_LIST = 'pl-78a54011'
export const S3_ENDPOINT = 'vpce-0c9e41d7a85f3b260'

export interface Subnet {
  readonly id: string
  readonly name: string
  readonly cidr: string
  readonly host: (last: number) => string
  readonly zone: string
  readonly zoneId: string
  readonly tableId: string
  readonly tableAssociationId: string
  readonly aclAssociationId: string
}

/** The two private subnets. It is the route table of the second that was forgotten. */
const FIRST: Subnet = {
  id: 'subnet-0e17c5b8a3d94f602',
  name: 'nestjs-private-a',
  cidr: '10.20.10.0/24',
  host: (last: number) => `10.20.10.${last}`,
  zone: `${REGION}a`,
  zoneId: 'apne2-az1',
  tableId: 'rtb-0a61d7f94c2e8b035',
  tableAssociationId: 'rtbassoc-0c71e94f2ab85d306',
  aclAssociationId: 'aclassoc-0d34a7e1f95c2b860',
}

const SECOND: Subnet = {
  id: 'subnet-09d2f7a641be3c85e',
  name: 'nestjs-private-c',
  cidr: '10.20.20.0/24',
  host: (last: number) => `10.20.20.${last}`,
  zone: `${REGION}c`,
  zoneId: 'apne2-az3',
  tableId: 'rtb-0f83b2c6e5a7d1940',
  tableAssociationId: 'rtbassoc-0b52d8a3e16f7c940',
  aclAssociationId: 'aclassoc-06c8e1b94f7a2d351',
}

export const SUBNETS: readonly Subnet[] = [FIRST, SECOND]

export interface Task {
  readonly id: string
  readonly interfaceId: string
  readonly last: number
  readonly attachment: string
}

export const TASKS: readonly [Task, Task] = [
  { id: '3f8a1c7e5b2d4906a1e7c3f9d5b80246', interfaceId: 'eni-01a7b5d3f9c48e627', last: 131, attachment: 'e41c' },
  { id: '9b4e2d6f8a1c4730b5f2e8d1c7a90363', interfaceId: 'eni-02b8c6e4a0d59f738', last: 147, attachment: 'f52d' },
]

/** Where a running task is: in a healthy network one in each subnet, else both in the one from which a pull succeeds. */
export function subnetOfTask(at: number, healthy: boolean): Subnet {
  return healthy && at === 1 ? SECOND : FIRST
}

export function ecsArn(resource: string): string {
  return `arn:aws:ecs:${REGION}:${ACCOUNT}:${resource}`
}

export function attachmentId({ attachment }: Task): string {
  return `7d0b${attachment}-4a86-4c1f-9e23-5b8d60c7a914`
}

/** The route tables that the S3 gateway endpoint is associated with: the whole incident. */
export function s3Tables(healthy: boolean): readonly string[] {
  return SUBNETS.map(({ tableId }) => tableId).slice(0, healthy ? 2 : 1)
}

/** A `Name` tag, which the console shows. */
export function named(Value: string) {
  return [{ Key: 'Name', Value }]
}
