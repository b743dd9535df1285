/** Asks ECS to roll a deployment back. Only a watch with `on-failure: rollback` calls it. */
import type { RawAnswer } from '../calls/call.ts'
import { stopServiceDeployment } from '../calls/watch.ts'
import type { Reader } from '../reader/reader.ts'

/**
 * Idempotent, and works without a circuit breaker (ECS API Reference, StopServiceDeployment). Needs `ecs:StopServiceDeployment`.
 * The reader sends it like any other request; it is the only one that is no reading.
 */
export async function stopDeployment(reader: Reader, serviceDeploymentArn: string): Promise<RawAnswer> {
  return reader.read(stopServiceDeployment, { id: [serviceDeploymentArn] })
}
