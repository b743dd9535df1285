/** Every AWS call that the product makes. Permissions, snapshot files and the pages about them follow from this one list. */

import * as applicationAutoscaling from './application-autoscaling.ts'
import * as autoscaling from './autoscaling.ts'
import type { Call } from './call.ts'
import * as ec2 from './ec2.ts'
import * as ecr from './ecr.ts'
import * as ecs from './ecs.ts'
import * as efs from './efs.ts'
import * as elbv2 from './elbv2.ts'
import * as fsx from './fsx.ts'
import * as iam from './iam.ts'
import * as kms from './kms.ts'
import * as lambda from './lambda.ts'
import * as logs from './logs.ts'
import * as organizations from './organizations.ts'
import * as route53 from './route53.ts'
import * as route53profiles from './route53profiles.ts'
import * as route53resolver from './route53resolver.ts'
import * as s3files from './s3files.ts'
import * as secretsmanager from './secretsmanager.ts'
import * as serviceQuotas from './service-quotas.ts'
import * as serviceDiscovery from './servicediscovery.ts'
import * as ssm from './ssm.ts'
import * as sts from './sts.ts'
import * as vpcLattice from './vpc-lattice.ts'

export const CALLS: readonly Call<unknown>[] = [
  sts,
  ecs,
  autoscaling,
  ec2,
  route53,
  elbv2,
  ecr,
  iam,
  organizations,
  kms,
  lambda,
  logs,
  secretsmanager,
  ssm,
  efs,
  s3files,
  fsx,
  vpcLattice,
  serviceDiscovery,
  route53resolver,
  route53profiles,
  serviceQuotas,
  applicationAutoscaling,
].flatMap((service) => Object.values(service) as Call<unknown>[])
