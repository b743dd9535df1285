/**
 * How the services are spoken to that no client is bundled for (botocore's models 1.44: protocol, target, version, paths). A row of
 * `json` takes every operation; `rest` and `query` list theirs.
 */
import type { AwsService } from '../calls/call.ts'

/** What is a list and what is a number does not show in forms and XML: `[…]` is a list of members. */
export type XmlShape = 'text' | 'number' | 'boolean' | readonly [XmlShape] | { readonly [member: string]: XmlShape }

export interface QueryShapes {
  readonly input: XmlShape
  readonly output: XmlShape
}

interface Row {
  /** AWS's name of the service, by which AWS_ENDPOINT_URL_… and the sections of a profile name it. */
  readonly serviceId: string
  /** First part of the host name, and the name that requests are signed for. */
  readonly host: string
  /** The one Region of a partition that is asked for all of them, by the partition. */
  readonly globalRegions?: Readonly<Record<string, string>>
}

export type ServiceProtocol = Row &
  (
    | { readonly protocol: 'json'; readonly target: string }
    /** `METHOD /path/{Label}?Member&Member=nameInTheQuery`. */
    | { readonly protocol: 'rest'; readonly operations: Readonly<Record<string, string>> }
    | {
        readonly protocol: 'query'
        readonly version: string
        readonly operations: Readonly<Record<string, QueryShapes>>
      }
  )

type Bundled = 'ec2' | 'ecr' | 'ecs' | 'elbv2' | 'iam' | 'logs' | 'route53' | 'secretsmanager' | 'ssm' | 'sts'
export type UnbundledService = Exclude<AwsService, Bundled>

export const SERVICE_PROTOCOLS: Readonly<Record<UnbundledService, ServiceProtocol>> = {
  'application-autoscaling': {
    protocol: 'json',
    serviceId: 'Application Auto Scaling',
    host: 'application-autoscaling',
    target: 'AnyScaleFrontendService',
  },
  autoscaling: {
    protocol: 'query',
    serviceId: 'Auto Scaling',
    host: 'autoscaling',
    version: '2011-01-01',
    operations: {
      DescribeAutoScalingGroups: {
        input: { AutoScalingGroupNames: ['text'], NextToken: 'text' },
        output: {
          AutoScalingGroups: [
            {
              AutoScalingGroupName: 'text',
              AutoScalingGroupARN: 'text',
              LaunchConfigurationName: 'text',
              LaunchTemplate: { LaunchTemplateId: 'text', LaunchTemplateName: 'text', Version: 'text' },
              MinSize: 'number',
              MaxSize: 'number',
              DesiredCapacity: 'number',
              AvailabilityZones: ['text'],
              VPCZoneIdentifier: 'text',
              Status: 'text',
              NewInstancesProtectedFromScaleIn: 'boolean',
              SuspendedProcesses: [{ ProcessName: 'text', SuspensionReason: 'text' }],
              Instances: [
                {
                  InstanceId: 'text',
                  InstanceType: 'text',
                  AvailabilityZone: 'text',
                  LifecycleState: 'text',
                  HealthStatus: 'text',
                  ProtectedFromScaleIn: 'boolean',
                },
              ],
            },
          ],
          NextToken: 'text',
        },
      },
    },
  },
  codedeploy: { protocol: 'json', serviceId: 'CodeDeploy', host: 'codedeploy', target: 'CodeDeploy_20141006' },
  efs: {
    protocol: 'rest',
    serviceId: 'EFS',
    host: 'elasticfilesystem',
    operations: {
      DescribeAccessPoints: 'GET /2015-02-01/access-points?AccessPointId&FileSystemId&NextToken',
      DescribeFileSystemPolicy: 'GET /2015-02-01/file-systems/{FileSystemId}/policy',
      DescribeFileSystems: 'GET /2015-02-01/file-systems?FileSystemId&Marker',
      DescribeMountTargetSecurityGroups: 'GET /2015-02-01/mount-targets/{MountTargetId}/security-groups',
      DescribeMountTargets: 'GET /2015-02-01/mount-targets?FileSystemId&AccessPointId&Marker',
    },
  },
  fsx: { protocol: 'json', serviceId: 'FSx', host: 'fsx', target: 'AWSSimbaAPIService_v20180301' },
  kms: { protocol: 'json', serviceId: 'KMS', host: 'kms', target: 'TrentService' },
  lambda: {
    protocol: 'rest',
    serviceId: 'Lambda',
    host: 'lambda',
    operations: {
      GetFunctionConfiguration: 'GET /2015-03-31/functions/{FunctionName}/configuration?Qualifier',
    },
  },
  organizations: {
    protocol: 'json',
    serviceId: 'Organizations',
    host: 'organizations',
    globalRegions: { aws: 'us-east-1', 'aws-cn': 'cn-northwest-1', 'aws-us-gov': 'us-gov-west-1' },
    target: 'AWSOrganizationsV20161128',
  },
  route53profiles: {
    protocol: 'rest',
    serviceId: 'Route53Profiles',
    host: 'route53profiles',
    operations: {
      ListProfileAssociations: 'GET /profileassociations?ResourceId=resourceId&NextToken=nextToken',
      ListProfileResourceAssociations:
        'GET /profileresourceassociations/profileid/{ProfileId}?ResourceType=resourceType&NextToken=nextToken',
    },
  },
  route53resolver: {
    protocol: 'json',
    serviceId: 'Route53Resolver',
    host: 'route53resolver',
    target: 'Route53Resolver',
  },
  s3files: {
    protocol: 'rest',
    serviceId: 'S3Files',
    host: 's3files',
    operations: {
      ListMountTargets: 'GET /mount-targets?fileSystemId&accessPointId&nextToken',
    },
  },
  'service-quotas': {
    protocol: 'json',
    serviceId: 'Service Quotas',
    host: 'servicequotas',
    target: 'ServiceQuotasV20190624',
  },
  servicediscovery: {
    protocol: 'json',
    serviceId: 'ServiceDiscovery',
    host: 'servicediscovery',
    target: 'Route53AutoNaming_v20170314',
  },
  'vpc-lattice': {
    protocol: 'rest',
    serviceId: 'VPC Lattice',
    host: 'vpc-lattice',
    operations: {
      GetTargetGroup: 'GET /targetgroups/{targetGroupIdentifier}',
    },
  },
}
