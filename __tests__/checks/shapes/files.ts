/** A shape as a snapshot folder. */
import { accessFiles } from './access.ts'
import { networkFiles } from './network.ts'
import { serviceFiles } from './service.ts'
import { ACCOUNT, type Files, REGION, type Shape } from './shape.ts'

/** As `snapshot` writes it and the AWS CLI prints it. */
export function filesOf(shape: Shape): Files {
  const meta = { schemaVersion: 1, region: REGION, accountId: ACCOUNT, takenAt: '2026-11-28T09:00:00Z' }
  return { 'meta.json': meta, ...serviceFiles(shape), ...networkFiles(shape), ...accessFiles(shape) }
}
