/** The KMS calls: whether a key can be used, and who its policy lets use it. */
import { at, call, elsewhere, only, single } from './call.ts'

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
    id: single('KeyId', (answer, stem) => [at(answer, 'KeyMetadata', 'Arn'), at(answer, 'KeyMetadata', 'KeyId'), stem]),
    region: elsewhere,
  },
})

/** `id` is the key's id or ARN, `name` its id, after which a recording's file is called: the answer says nothing of whose it is. */
export const getKeyPolicy = call<{ readonly Policy?: string }>({
  ...spec,
  operation: 'GetKeyPolicy',
  by: { id: single('KeyId', () => null), name: only((_answer, stem) => [stem]), region: elsewhere },
})
