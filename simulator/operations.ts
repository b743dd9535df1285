/** Every operation that the simulator serves, by service. A scenario adds its own or puts others in their place. */
import type { Operations } from './operation.ts'
import { CODE_DEPLOY } from './services/codedeploy.ts'
import { EC2 } from './services/ec2.ts'
import { ECR } from './services/ecr.ts'
import { ECS } from './services/ecs.ts'
import { ELBV2 } from './services/elbv2.ts'
import { IAM } from './services/iam.ts'
import { LOGS } from './services/logs.ts'
import { RECORDED } from './services/recorded.ts'
import { ROUTE53 } from './services/route53.ts'
import { SECRETS_MANAGER } from './services/secretsmanager.ts'
import { SSM } from './services/ssm.ts'
import { STS } from './services/sts.ts'

export type OperationsByService = Readonly<Record<string, Operations>>

export const OPERATIONS: OperationsByService = {
  codedeploy: CODE_DEPLOY,
  ec2: EC2,
  ecr: ECR,
  ecs: ECS,
  elbv2: ELBV2,
  iam: IAM,
  logs: LOGS,
  route53: ROUTE53,
  secretsmanager: SECRETS_MANAGER,
  ssm: SSM,
  sts: STS,
  ...RECORDED,
}
