/** DescribeInstances: instances lie inside reservations, and filters look at both. */
import { type Item, itemsOf, textsOf } from '../item.ts'
import type { Request } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import { listOf, type World } from '../world.ts'
import { FILTER_NAMES } from './ec2-filter-names.ts'
import { filtered, filterPaths, filtersOf } from './ec2-filters.ts'
import { ec2Page } from './ec2-page.ts'

export function describeInstances(request: Request, world: World): Item {
  const { params } = request
  const reservations = listOf(world, 'ec2/describe-instances', 'Reservations')
  const all = reservations.flatMap((reservation) => itemsOf(reservation['Instances']))
  const wanted = textsOf(params['InstanceIds'])
  if (wanted.length > 0 && params['MaxResults'] !== undefined) {
    const text = 'The parameter instancesSet cannot be used with the parameter maxResults'
    throw new Refusal('InvalidParameterCombination', text)
  }
  const missing = wanted.filter((id) => !all.some((instance) => instance['InstanceId'] === id))
  if (missing.length === 1) {
    throw new Refusal('InvalidInstanceID.NotFound', `The instance ID '${missing[0]}' does not exist`)
  }
  if (missing.length > 1) {
    throw new Refusal('InvalidInstanceID.NotFound', `The instance IDs '${missing.join(', ')}' do not exist`)
  }
  const paths = filterPaths(FILTER_NAMES['DescribeInstances'] ?? '', 'Tags')
  const filters = filtersOf(params)
  const passed = reservations
    .map((reservation) => {
      const { Instances: _, ...own } = reservation
      const instances = itemsOf(reservation['Instances']).filter(
        (instance) =>
          (wanted.length === 0 || wanted.includes(String(instance['InstanceId']))) &&
          filtered([{ ...own, ...instance }], filters, paths, 'Tags').length > 0,
      )
      return { ...reservation, Instances: instances }
    })
    .filter((reservation) => reservation.Instances.length > 0)
  // Checks the filters' names even where there is no instance to look at.
  filtered([], filters, paths, 'Tags')
  return ec2Page('Reservations', passed, request, null)
}
