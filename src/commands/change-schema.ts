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
const CLOSED = new Map(
  [...NetworkChange.anyOf, ...ServiceChange.anyOf].map((one) => [
    one.properties.kind.const,
    { ...one, additionalProperties: false, $defs: schema.$defs },
  ]),
)
const ajv = new Ajv2020({ strict: false })

/** What is wrong with it, as `/member what it must be`; null where nothing is. `kind` is known. */
export function complaintOf(change: unknown, kind: string): string | null {
  if (ajv.validate(CLOSED.get(kind) ?? false, change)) return null
  const [first] = ajv.errors ?? []
  const member = first?.params['additionalProperty'] ?? ''
  return [first?.instancePath, first?.message, member].filter((part) => part).join(' ')
}
