/** Attributes of VPCs and subnets, and exclusions from Block Public Access. */
import type { VpcAttribute } from './aws.ts'
import { type Cloud, editItem, itemOf, itemsOf, type Operations, Refused } from './cloud.ts'
import { INSTANCES, NETWORK_INTERFACES, SUBNETS, VPCS } from './kinds.ts'

type Attribute = 'EnableDnsSupport' | 'EnableDnsHostnames'
const ATTRIBUTES = ['EnableDnsSupport', 'EnableDnsHostnames'] as const
const FOLDER = 'ec2/describe-vpc-attribute'

interface Flag {
  readonly Value: boolean
}

export const vpcOperations: Operations = {
  ModifyVpcAttribute(cloud: Cloud, request: { VpcId: string } & Partial<Record<Attribute, Flag>>) {
    itemOf(cloud, VPCS, request.VpcId)
    const given = ATTRIBUTES.filter((name) => request[name] !== undefined)
    const [name] = given
    if (name === undefined || given.length > 1)
      throw new Refused('InvalidParameterCombination', 'one attribute at a time')
    const value = request[name]?.Value === true
    const other = name === 'EnableDnsHostnames' ? 'EnableDnsSupport' : 'EnableDnsHostnames'
    const onlyTogether = name === 'EnableDnsHostnames' ? value : !value
    if (onlyTogether && attributeOf(cloud, request.VpcId, other) === !value)
      throw new Refused('InvalidParameterValue', 'DNS hostnames need DNS support')
    setAttribute(cloud, request.VpcId, name, value)
  },

  ModifySubnetAttribute(
    cloud: Cloud,
    request: {
      SubnetId: string
      EnableDns64?: Flag
      MapPublicIpOnLaunch?: Flag
      AssignIpv6AddressOnCreation?: Flag
    },
  ) {
    const { SubnetId, ...attributes } = request
    const given = Object.entries(attributes)
    if (given.length !== 1) throw new Refused('InvalidParameterCombination', 'one attribute at a time')
    editItem(cloud, SUBNETS, SubnetId, (subnet) => {
      Object.assign(subnet, Object.fromEntries(given.map(([name, flag]) => [name, flag.Value])))
    })
  },

  CreateVpcBlockPublicAccessExclusion(
    cloud: Cloud,
    request: { SubnetId?: string; VpcId?: string; InternetGatewayExclusionMode: string },
  ) {
    if ((request.SubnetId === undefined) === (request.VpcId === undefined))
      throw new Refused('InvalidParameterCombination', 'a subnet or a VPC')
    const mode = request.InternetGatewayExclusionMode
    if (mode !== 'allow-bidirectional' && mode !== 'allow-egress') throw new Refused('InvalidParameterValue', mode)
    const subnets = itemsOf(cloud, SUBNETS).filter(
      (one) => one.SubnetId === request.SubnetId || one.VpcId === request.VpcId,
    )
    if (subnets.length === 0) throw new Refused('InvalidSubnetID.NotFound', `${request.SubnetId ?? request.VpcId}`)
    for (const { SubnetId } of subnets)
      editItem(cloud, SUBNETS, SubnetId, (one) => {
        const blocked = one.BlockPublicAccessStates?.InternetGatewayBlockMode ?? 'off'
        const egressOnly = mode === 'allow-egress' && blocked !== 'off'
        one.BlockPublicAccessStates = { InternetGatewayBlockMode: egressOnly ? 'block-ingress' : 'off' }
      })
  },

  ModifyNetworkInterfaceAttribute(cloud: Cloud, request: { NetworkInterfaceId: string; SourceDestCheck?: Flag }) {
    editItem(cloud, NETWORK_INTERFACES, request.NetworkInterfaceId, (one) => {
      if (request.SourceDestCheck !== undefined) one.SourceDestCheck = request.SourceDestCheck.Value
    })
  },

  ModifyInstanceAttribute(cloud: Cloud, request: { InstanceId: string; SourceDestCheck?: Flag }) {
    editItem(cloud, INSTANCES, request.InstanceId, ({ Instances }) => {
      for (const one of Instances)
        if (one.InstanceId === request.InstanceId && request.SourceDestCheck !== undefined)
          one.SourceDestCheck = request.SourceDestCheck.Value
    })
  },
}

/** Undefined where it was not read. */
export function attributeOf({ folder }: Cloud, vpcId: string, name: Attribute): boolean | undefined {
  for (const path of folder.under(FOLDER)) {
    const answer = folder.json<VpcAttribute>(path)
    if (answer.VpcId === vpcId && answer[name] !== undefined) return answer[name].Value
  }
  return undefined
}

function setAttribute({ folder }: Cloud, vpcId: string, name: Attribute, value: boolean): void {
  for (const path of folder.under(FOLDER)) {
    const answer = folder.json<VpcAttribute>(path)
    if (answer.VpcId === vpcId && answer[name] !== undefined) folder.put(path, { ...answer, [name]: { Value: value } })
  }
}
