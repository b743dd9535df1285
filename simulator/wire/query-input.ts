/** Turns a form (`Filter.1.Name=vpc-id&Filter.1.Value.1=…`) back into the members of the API. */
import type { Item } from '../item.ts'
import { shapeOf, type WireType } from './table.ts'

/** A form key is a path: its parts are the levels of this tree. */
interface Node {
  text: string | null
  readonly below: Map<string, Node>
}

/** By the input shape of the operation (ec2Query), whose names follow no rule. */
export function ec2Input(form: URLSearchParams, type: WireType): Item {
  const value = typedValueOf(treeOf(form), type)
  return typeof value === 'object' && value !== null ? (value as Item) : {}
}

/** By structure alone (awsQuery): names are the API's own, and a list is `Name.member.1`. Numbers stay text. */
export function queryInput(form: URLSearchParams): Item {
  const value = plainValueOf(treeOf(form))
  return typeof value === 'object' && value !== null ? (value as Item) : {}
}

function treeOf(form: URLSearchParams): Node {
  const root: Node = { text: null, below: new Map() }
  for (const [key, text] of form) {
    if (key === 'Action' || key === 'Version') continue
    let node = root
    for (const part of key.split('.')) {
      const next: Node = node.below.get(part) ?? { text: null, below: new Map() }
      node.below.set(part, next)
      node = next
    }
    node.text = text
  }
  return root
}

function typedValueOf(node: Node, type: WireType): unknown {
  if (type.kind === 'list') return elementsOf(node).map((element) => typedValueOf(element, type.of))
  if (type.kind === 'shape') {
    const members = [...shapeOf('ec2', 'input', type.name).values()]
    const present = members.flatMap((member) => {
      const child = node.below.get(member.wire ?? member.name)
      return child ? [[member.name, typedValueOf(child, member.type)]] : []
    })
    return Object.fromEntries(present)
  }
  if (type.kind === 'boolean') return node.text === 'true'
  if (type.kind === 'number' && node.text !== null && /^-?\d+$/.test(node.text)) return Number(node.text)
  return node.text ?? ''
}

function plainValueOf(node: Node): unknown {
  if (node.below.size === 0) return node.text ?? ''
  const list = node.below.get('member')
  if (list && node.below.size === 1) return elementsOf(list).map(plainValueOf)
  return Object.fromEntries([...node.below].map(([name, child]) => [name, plainValueOf(child)]))
}

/** Elements carry their places, from 1, and need not arrive in order. */
function elementsOf(node: Node): readonly Node[] {
  return [...node.below]
    .filter(([place]) => /^\d+$/.test(place))
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, element]) => element)
}
