/** The FSx calls: where a Windows file server stands. Its types are this file's own: no client of the service is bundled. */
import { call, field } from './call.ts'

/** One a request: a list of ids fails as a whole when one of them is gone. */
export const describeFileSystems = call<{
  readonly FileSystemId?: string
  readonly Lifecycle?: string
  readonly VpcId?: string
  readonly NetworkInterfaceIds?: readonly string[]
}>({
  service: 'fsx',
  operation: 'DescribeFileSystems',
  list: 'FileSystems',
  goneIsNone: true,
  by: { id: { input: (ids) => ({ FileSystemIds: ids }), of: field('FileSystemId'), chunk: 1 } },
})
