/** Which pairs of CPU and memory a task on Fargate may have. */
import type { Service, TaskDefinition } from '../domain/service.ts'
import { isWindows, platformOf } from './fargate-platform.ts'

type Sizes = Readonly<Record<number, readonly (readonly [from: number, to: number, step: number])[]>>

/** Memory in MiB that each number of CPU units takes: from, to, step (ECS Developer Guide, Task size). */
export const FARGATE_SIZES: Sizes = {
  256: [
    [512, 1024, 512],
    [2048, 2048, 1],
  ],
  512: [[1024, 4096, 1024]],
  1024: [[2048, 8192, 1024]],
  2048: [[4096, 16384, 1024]],
  4096: [[8192, 30720, 1024]],
  8192: [[16384, 61440, 4096]],
  16384: [[32768, 122880, 8192]],
}

/** From 8 vCPU on it takes Linux and platform version 1.4.0 (ECS Developer Guide, Task size). */
const LARGEST_ANYWHERE = 4096

/**
 * The sizes of the platform that the tasks run on. Windows takes at least 1 vCPU (ECS Developer Guide, Task definition
 * differences for Fargate).
 */
export function fargateSizes(service: Service, taskDefinition: TaskDefinition): Sizes {
  const windows = isWindows(service, taskDefinition)
  const least = windows ? 1024 : 0
  const isCurrent = !windows && platformOf(service.platformVersion, windows).sendsTokenAndSecrets
  const most = isCurrent ? Number.POSITIVE_INFINITY : LARGEST_ANYWHERE
  return Object.fromEntries(
    Object.entries(FARGATE_SIZES).filter(([cpu]) => Number(cpu) >= least && Number(cpu) <= most),
  )
}

/** Sizes above the ones we know are AWS's to judge. */
export function fargateSizeExists(sizes: Sizes, cpu: number, memory: number): boolean {
  const own = sizes[cpu]
  if (own === undefined) return cpu > 16384
  return own.some(([from, to, step]) => memory >= from && memory <= to && (memory - from) % step === 0)
}

/** The smallest memory of these CPU units that holds `memory`; null where none does. */
export function memoryFor(sizes: Sizes, cpu: number, memory: number): number | null {
  for (const [from, to, step] of sizes[cpu] ?? []) {
    const fitting = Math.max(from, from + Math.ceil((memory - from) / step) * step)
    if (fitting <= to) return fitting
  }
  return null
}

/** `256`, `0.25 vCPU`, `512`, `0.5 GB` in CPU units or MiB; null where it is neither. */
export function sizeOf(value: unknown, unit: 'vcpu' | 'gb'): number | null {
  const match = /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(typeof value === 'string' ? value : '')
  const [, number = '', suffix = ''] = match ?? []
  if (match === null || (suffix !== '' && suffix.toLowerCase() !== unit)) return null
  return suffix === '' ? Number(number) : Number(number) * 1024
}
