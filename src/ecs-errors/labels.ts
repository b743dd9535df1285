/** All that is known of each label. */
import type { Label } from '../domain/label.ts'
import type { LabelRow, LabelRows } from './label-row.ts'
import { INIT_LABELS } from './labels/init.ts'
import { PLACEMENT_LABELS } from './labels/placement.ts'
import { PULL_LABELS } from './labels/pull.ts'
import { SERVICE_LABELS } from './labels/service.ts'
import { START_LABELS } from './labels/start.ts'

export const LABELS: LabelRows<Label> = {
  ...PULL_LABELS,
  ...INIT_LABELS,
  ...START_LABELS,
  ...PLACEMENT_LABELS,
  ...SERVICE_LABELS,
}

/** Packets did not arrive: a matter of the subnet, so that a start elsewhere may work. */
export function isNetworkFault({ network }: LabelRow): boolean {
  return network === 'silent' || network === 'broken'
}
