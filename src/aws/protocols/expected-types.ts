/** Whether an answer is of the types that AWS's model promises. The SDK hands on what it finds: a text for a list, an object for a name. */
import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'
import { isLoose, type Loose } from '../calls/call.ts'
import { UnexpectedType } from '../reader/unexpected-type.ts'

/** `command` is the SDK's; one without the schema of its answer promises nothing. Throws `UnexpectedType`. */
export function expectTypes(command: { readonly schema?: readonly unknown[] }, answer: Loose): void {
  const output = command.schema?.[OUTPUT]
  const odd = output === undefined ? null : oddMember(output as SchemaRef, answer, '')
  if (odd !== null) throw new UnexpectedType(odd)
}

/** `[9, namespace, operation, traits, input, output]` (@smithy/types, StaticOperationSchema). */
const OUTPUT = 5

function oddMember(schema: SchemaRef, value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null
  const shape = NormalizedSchema.of(schema)
  if (shape.isListSchema()) {
    if (!Array.isArray(value)) return said(name, value)
    const element = shape.getValueSchema()
    return firstOdd(value, (one) => oddMember(element, one, name))
  }
  if (shape.isMapSchema()) {
    if (!isLoose(value)) return said(name, value)
    const element = shape.getValueSchema()
    return firstOdd(Object.entries(value), ([key, one]) => oddMember(element, one, key))
  }
  if (shape.isStructSchema()) {
    if (!isLoose(value)) return said(name, value)
    return firstOdd([...shape.structIterator()], ([member, its]) => oddMember(its, value[member], member))
  }
  return isScalarOf(shape, value) ? null : said(name, value)
}

function isScalarOf(shape: NormalizedSchema, value: unknown): boolean {
  // Texts that hold JSON are objects of the SDK's own.
  if (shape.isStringSchema()) return typeof value === 'string' || value instanceof String
  if (shape.isBooleanSchema()) return typeof value === 'boolean'
  if (shape.isNumericSchema()) return typeof value === 'number'
  if (shape.isTimestampSchema()) return value instanceof Date && !Number.isNaN(value.getTime())
  return true
}

function firstOdd<Each>(all: readonly Each[], oddIn: (one: Each) => string | null): string | null {
  for (const one of all) {
    const odd = oddIn(one)
    if (odd !== null) return odd
  }
  return null
}

/** Not the value itself, which may be one of an environment. */
function said(name: string, value: unknown): string {
  return `${name} (${Array.isArray(value) ? 'list' : typeof value})`.slice(0, 80)
}
