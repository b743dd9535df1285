/** The roles that ECS itself assumes for a service, beside those of the task: what each is for, and what it must be allowed. */
import { grouped } from '../domain/collections.ts'
import { ownerOf, type Place } from '../domain/named-resources.ts'
import { partitionOf } from '../domain/partition.ts'
import type { Statement } from '../domain/path.ts'
import type { CapacityProvider, Service } from '../domain/service.ts'
import type { RoleNeed } from './role-needs.ts'

export interface InfrastructureRole {
  readonly arn: string
  readonly uses: readonly RoleUse[]
  readonly needs: readonly RoleNeed[]
}

export interface RoleUse {
  readonly kind:
    | 'volume'
    | 'load-balancer'
    | 'vpc-lattice'
    | 'service-connect-tls'
    | 'lifecycle-hook'
    | 'managed-instances'
  /** What of the service it is for, with its id. */
  readonly of: Statement
}

interface Named {
  readonly arn: string | null
  readonly use: RoleUse
  readonly calls: readonly (readonly [action: string, resource: string])[]
}

/** Each role once, whatever it is used for. Source: Amazon ECS Developer Guide, Amazon ECS infrastructure IAM role. */
export function infrastructureRoles(
  service: Service | null,
  providers: readonly CapacityProvider[],
  place: Place,
): readonly InfrastructureRole[] {
  const named = [
    ...(service === null
      ? []
      : [...volumes(service, place), ...traffic(service), ...lattice(service), ...tls(service), ...hooks(service)]),
    ...providers.map(managed),
  ]
  const known = named.flatMap((one) => (one.arn === null ? [] : [{ ...one, arn: one.arn }]))
  return [...grouped(known, ({ arn }) => arn)].map(([arn, members]) => ({
    arn,
    uses: members.map(({ use }) => use),
    needs: members.flatMap(({ calls, use }) => calls.map((call) => needOf(call, use, place))),
  }))
}

function needOf([action, resource]: Named['calls'][number], { of }: RoleUse, { region }: Place): RoleNeed {
  const owner = ownerOf(resource)
  return { feature: 'infrastructure', action, resource, region, owner, neededBy: [of] }
}

/** A volume that nobody has made yet: any id will do. AWS Managed Policy Reference, AmazonECSInfrastructureRolePolicyForVolumes. */
function volumes({ volumeConfigurations }: Service, { region, accountId }: Place): readonly Named[] {
  const volume = `arn:${partitionOf(region).id}:ec2:${region}:${accountId ?? '*'}:volume/vol-${'0'.repeat(17)}`
  return volumeConfigurations.map(({ name, roleArn }) => ({
    arn: roleArn,
    use: useOf('volume', name, `EBS volume ${name}`, `EBS 볼륨 ${name}`),
    calls: [
      ['ec2:CreateVolume', volume],
      ['ec2:AttachVolume', volume],
    ],
  }))
}

/** A rule is one of an Application Load Balancer; a Network Load Balancer's listener stands in its place. */
function traffic({ loadBalancers, deploymentConfiguration: { strategy } }: Service): readonly Named[] {
  if (strategy === 'ROLLING') return []
  return loadBalancers.flatMap(({ advancedConfiguration: settings, targetGroupArn }) => {
    if (settings === null) return []
    const of = settings.productionListenerRule ?? targetGroupArn ?? ''
    const listeners = [settings.productionListenerRule, settings.testListenerRule].flatMap((arn) => arn ?? [])
    return [
      {
        arn: settings.roleArn,
        use: useOf('load-balancer', of, `traffic of ${of}`, `트래픽 전환 ${of}`),
        calls: listeners.map(
          (arn) => [`elasticloadbalancing:Modify${/:listener-rule\//.test(arn) ? 'Rule' : 'Listener'}`, arn] as const,
        ),
      },
    ]
  })
}

function lattice({ vpcLatticeConfigurations }: Service): readonly Named[] {
  return vpcLatticeConfigurations.map(({ roleArn, targetGroupArn }) => {
    const of = targetGroupArn ?? ''
    return {
      arn: roleArn,
      use: useOf('vpc-lattice', of, `VPC Lattice target group ${of}`, `VPC Lattice 대상 그룹 ${of}`),
      calls: targetGroupArn === null ? [] : [['vpc-lattice:RegisterTargets', targetGroupArn] as const],
    }
  })
}

function tls({ serviceConnect }: Service): readonly Named[] {
  return (serviceConnect?.services ?? []).flatMap(({ portName, tls: settings }) =>
    settings === null
      ? []
      : [
          {
            arn: settings.roleArn,
            use: useOf(
              'service-connect-tls',
              portName,
              `TLS of Service Connect port ${portName}`,
              `Service Connect TLS 포트 ${portName}`,
            ),
            calls: [],
          },
        ],
  )
}

/** Amazon ECS Developer Guide, Permissions required for Lambda functions in blue/green deployments. */
function hooks({ deploymentConfiguration: { lifecycleHooks } }: Service): readonly Named[] {
  return lifecycleHooks.map(({ hookTargetArn, roleArn, lifecycleStages }) => {
    const of = hookTargetArn ?? lifecycleStages.join(', ')
    return {
      arn: roleArn,
      use: useOf('lifecycle-hook', of, `lifecycle hook ${of}`, `수명 주기 후크 ${of}`),
      calls: hookTargetArn === null ? [] : [['lambda:InvokeFunction', hookTargetArn] as const],
    }
  })
}

function managed({ name, infrastructureRoleArn }: CapacityProvider): Named {
  const use = useOf('managed-instances', name, `capacity provider ${name}`, `용량 공급자 ${name}`)
  return { arn: infrastructureRoleArn ?? null, use, calls: [] }
}

function useOf(kind: RoleUse['kind'], of: string, en: string, ko: string): RoleUse {
  return { kind, of: { reason: [kind, of], why: { en, ko } } }
}
