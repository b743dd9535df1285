/** Amazon EC2: the calls that list things with filters, ids and pages, and the few that answer about one thing. */

import { type Item, isItem, itemsOf, textOf, textsOf } from '../item.ts'
import type { Operation, Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { answerNamed, answersOf, listIfAny, listOf, type World } from '../world.ts'
import { FILTER_NAMES } from './ec2-filter-names.ts'
import { filtered, filterPaths, filtersOf } from './ec2-filters.ts'
import { describeInstances } from './ec2-instances.ts'
import { LISTINGS, type Listing } from './ec2-listings.ts'
import { ec2Page } from './ec2-page.ts'
import { searchTransitGatewayRoutes } from './ec2-transit-routes.ts'

export const EC2: Operations = {
  ...Object.fromEntries(Object.entries(LISTINGS).map(([name, listing]) => [name, listingOperation(name, listing)])),
  DescribeInstances: unlessDryRun(describeInstances),
  DescribeVpcAttribute: unlessDryRun(describeVpcAttribute),
  DescribeVpcBlockPublicAccessOptions: unlessDryRun(describeVpcBlockPublicAccessOptions),
  GetManagedPrefixListEntries: unlessDryRun(getManagedPrefixListEntries),
  SearchTransitGatewayRoutes: unlessDryRun(searchTransitGatewayRoutes),
}

/** `DescribeNatGateways` is recorded in `ec2/describe-nat-gateways.json`. */
function fileOf(operation: string): string {
  return `ec2/${operation.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase()}`
}

function listingOperation(operation: string, listing: Listing): Operation {
  const paths = filterPaths(FILTER_NAMES[operation] ?? '', listing.tags)
  return unlessDryRun((request, world) => {
    const all = listOf(world, fileOf(operation), listing.list)
    const requested = withIds(all, request.params, listing)
    const passed = filtered(requested, filtersOf(request.params), paths, listing.tags)
    return ec2Page(listing.list, passed, request, listing.pages)
  })
}

function withIds(items: readonly Item[], params: Item, listing: Listing): readonly Item[] {
  return listing.ids.reduce((left, { member, code, noun }) => {
    const wanted = textsOf(params[`${member}s`])
    if (wanted.length === 0) return left
    if (listing.idsWithoutPages && params['MaxResults'] !== undefined) {
      const text = `The parameter ${member}s cannot be used with the parameter MaxResults`
      throw new Refusal('InvalidParameterCombination', text)
    }
    const missing = wanted.find((one) => !items.some((item) => item[member] === one))
    if (missing !== undefined) throw new Refusal(code, `The ${noun} '${missing}' does not exist`)
    return left.filter((item) => wanted.includes(textOf(item, member) ?? ''))
  }, items)
}

/** "Checks whether you have the required permissions for the action, without actually making the request" (every call). */
function unlessDryRun(operation: Operation): Operation {
  return (request, world) => {
    if (request.params['DryRun'] === true) {
      throw new Refusal('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412)
    }
    return operation(request, world)
  }
}

/** One attribute a call, each recorded in a file of its own. */
function describeVpcAttribute({ params }: Request, world: World): Item {
  const vpcId = textOf(params, 'VpcId') ?? ''
  const attribute = textOf(params, 'Attribute') ?? ''
  const member = attribute.charAt(0).toUpperCase() + attribute.slice(1)
  if (!VPC_ATTRIBUTES.includes(member)) {
    const text = `Value (${attribute}) for parameter attribute is invalid. Unknown VPC attribute`
    throw new Refusal('InvalidParameterValue', text)
  }
  const answers = answersOf(world, 'ec2/describe-vpc-attribute').map((answer) => answer.content)
  const answer = answers.find((one) => one['VpcId'] === vpcId && isItem(one[member]))
  if (answer) return { VpcId: vpcId, [member]: answer[member] }
  const exists = listIfAny(world, 'ec2/describe-vpcs', 'Vpcs').some((vpc) => vpc['VpcId'] === vpcId)
  if (exists || answers.some((one) => one['VpcId'] === vpcId)) throw new Unrecorded(`${attribute} of ${vpcId}`)
  throw new Refusal('InvalidVpcID.NotFound', `The vpc ID '${vpcId}' does not exist`)
}

const VPC_ATTRIBUTES = ['EnableDnsSupport', 'EnableDnsHostnames', 'EnableNetworkAddressUsageMetrics']

function describeVpcBlockPublicAccessOptions(_request: Request, world: World): Item {
  const recorded = answersOf(world, 'ec2/describe-vpc-block-public-access-options')[0]?.content
  if (recorded) return recorded
  return {
    VpcBlockPublicAccessOptions: {
      AwsAccountId: world.accountId,
      AwsRegion: world.region,
      State: 'default-state',
      InternetGatewayBlockMode: 'off',
    },
  }
}

/** Known by its file's name, for the answer does not say of which list it is. */
function getManagedPrefixListEntries(request: Request, world: World): Item {
  const listId = textOf(request.params, 'PrefixListId') ?? ''
  const call = 'ec2/get-managed-prefix-list-entries'
  const recorded = answerNamed(world.answers(call) ?? [], 'PrefixListId', listId)
  if (recorded) return ec2Page('Entries', itemsOf(recorded['Entries']), request, [1, 100])
  const lists = world.answers('ec2/describe-managed-prefix-lists')
  const known = (lists ?? []).flatMap((answer) => itemsOf(answer.content['PrefixLists']))
  if (lists === null || known.some((list) => list['PrefixListId'] === listId)) throw new Unrecorded(`${call} ${listId}`)
  throw new Refusal('InvalidPrefixListID.NotFound', `The prefix list ID '${listId}' does not exist`)
}
