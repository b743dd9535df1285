/** What one task takes of a container instance. */
import type { Reservation, TaskDefinition } from '../../domain/service.ts'
import { sizeOf } from '../../task-start/fargate-size.ts'

export interface Demand extends Reservation {
  /** Host ports that no other task of the instance may have. */
  readonly tcpPorts: readonly number[]
  readonly udpPorts: readonly number[]
  /** Network interfaces of its own. */
  readonly interfaces: number
}

/**
 * The size of the task where it has one, or else of its containers. Host ports are taken in the modes `bridge` and `host`, a fixed one
 * in the first; 0 is one that ECS chooses (ECS API Reference, TaskDefinition and PortMapping).
 */
export function demandOf({ cpu, memory, networkMode, containers }: TaskDefinition): Demand {
  const sum = (of: keyof Reservation) => containers.reduce((total, { reservation }) => total + reservation[of], 0)
  const ports = (protocol: string) =>
    containers
      .flatMap(({ portMappings }) => portMappings)
      .filter((one) => one.protocol === protocol && networkMode !== 'awsvpc')
      .map(({ hostPort, containerPort }) => (networkMode === 'host' ? hostPort || containerPort : (hostPort ?? 0)))
      .filter((port) => port > 0)
  return {
    cpu: sizeOf(cpu, 'vcpu') ?? sum('cpu'),
    memory: sizeOf(memory, 'gb') ?? sum('memory'),
    gpus: sum('gpus'),
    tcpPorts: ports('tcp'),
    udpPorts: ports('udp'),
    interfaces: networkMode === 'awsvpc' ? 1 : 0,
  }
}
