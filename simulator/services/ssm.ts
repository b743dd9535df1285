/** AWS Systems Manager: which parameters exist, never their values. */
import { type Item, itemsOf, textOf, textsOf, valuesAt } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import { listOf, type World } from '../world.ts'
import { jsonPage } from './json-page.ts'

export const SSM: Operations = { DescribeParameters: describeParameters }

/** Ten a page unless asked, fifty at most. */
const PAGE = { size: 'MaxResults', token: 'NextToken', usual: 10, most: 50, code: 'ValidationException' }

function describeParameters(request: Request, world: World): Item {
  const { params } = request
  const requested = [...itemsOf(params['ParameterFilters']), ...itemsOf(params['Filters'])]
  const shown = listOf(world, 'ssm/describe-parameters', 'Parameters').filter((parameter) =>
    requested.every((filter) => passes(parameter, filter)),
  )
  return jsonPage('Parameters', shown, request, PAGE)
}

const KEYS = ['Name', 'Type', 'KeyId', 'Tier', 'DataType']

function passes(parameter: Item, filter: Item): boolean {
  const key = textOf(filter, 'Key') ?? ''
  const values = textsOf(filter['Values'])
  if (key === 'Path') return values.some((path) => inPath(textOf(parameter, 'Name') ?? '', path, filter['Option']))
  if (!KEYS.includes(key)) throw new Refusal('InvalidFilterKey', `The filter key ${key} is not valid.`)
  const here = valuesAt(parameter, key)
  return here.some((value) => values.some((wanted) => compares(value, wanted, textOf(filter, 'Option') ?? 'Equals')))
}

function compares(value: string, wanted: string, option: string): boolean {
  if (option === 'BeginsWith') return value.startsWith(wanted)
  if (option === 'Contains') return value.includes(wanted)
  if (option === 'Equals') return value === wanted
  throw new Refusal('InvalidFilterOption', `The filter option ${option} is not valid.`)
}

/** `Recursive` takes everything below the path, `OneLevel` only what lies in it. */
function inPath(name: string, path: string, option: unknown): boolean {
  const below = `${path.replace(/\/+$/, '')}/`
  return name.startsWith(below) && (option === 'Recursive' || !name.slice(below.length).includes('/'))
}
