/** The KMS calls: whether a key can be used, and who its policy lets use it. */
import { at, call, elsewhere, type Loose, only, single } from './call.ts'

const spec = { service: 'kms', list: null, keyed: true } as const

/** By id, ARN or alias. */
export const describeKey = call<{
  readonly KeyMetadata?: {
    readonly KeyId?: string
    readonly Arn?: string
    readonly KeyState?: string
    readonly DeletionDate?: Date | string
  }
}>({
  ...spec,
  operation: 'DescribeKey',
  by: {
    id: single('KeyId', namesOf),
    region: elsewhere,
  },
})

/** The answer says nothing of aliases: a recording of one is called after it. */
function namesOf(answer: Loose, stem: string): readonly unknown[] {
  const arn = at(answer, 'KeyMetadata', 'Arn')
  const place = typeof arn === 'string' ? arn.split(':').slice(0, 5).join(':') : ''
  return [arn, at(answer, 'KeyMetadata', 'KeyId'), stem, `alias/${stem}`, `${place}:alias/${stem}`]
}

/** `id` is the key's id or ARN, `name` its id, after which a recording's file is called: the answer says nothing of whose it is. */
export const getKeyPolicy = call<{ readonly Policy?: string }>({
  ...spec,
  operation: 'GetKeyPolicy',
  by: { id: single('KeyId', () => null), name: only((_answer, stem) => [stem]), region: elsewhere },
})
