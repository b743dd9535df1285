/** The VPC Lattice calls: the target groups that tasks are registered with. Its types are this file's own: no client of the service is bundled. */
import { call, single } from './call.ts'

export const getTargetGroup = call<{
  readonly id?: string
  readonly arn?: string
  readonly name?: string
  readonly type?: string
  readonly status?: string
  readonly config?: { readonly vpcIdentifier?: string }
}>({
  service: 'vpc-lattice',
  operation: 'GetTargetGroup',
  list: null,
  keyed: true,
  by: { id: single('targetGroupIdentifier', (answer, stem) => [stem, answer['id']]) },
})
