/** Holds a change that somebody wrote to the published schema. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import schema from '../../report.schema.json' with { type: 'json' }

interface OfOneKind {
  readonly properties: { readonly kind: { readonly const: string } }
}

const { NetworkChange, ServiceChange } = schema.$defs as unknown as Record<
  'NetworkChange' | 'ServiceChange',
  { readonly anyOf: readonly OfOneKind[] }
>
const KINDS = [...NetworkChange.anyOf, ...ServiceChange.anyOf]

/** What is wrong with it, as `/member what it must be`; null where nothing is. `kind` is known. */
export function complaintOf(change: unknown, kind: string): string | null {
  const own = KINDS.find(({ properties }) => properties.kind.const === kind)
  const ajv = new Ajv2020({ strict: false })
  if (ajv.validate({ ...own, additionalProperties: false, $defs: schema.$defs }, change)) return null
  const [first] = ajv.errors ?? []
  const member = first?.params['additionalProperty'] ?? ''
  return [first?.instancePath, first?.message, member].filter((part) => part).join(' ')
}
