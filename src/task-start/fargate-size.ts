/** Which pairs of CPU and memory a task on Fargate may have. */

/** Memory in MiB that each number of CPU units takes: from, to, step (ECS Developer Guide, Task size). */
export const FARGATE_SIZES: Readonly<Record<number, readonly (readonly [from: number, to: number, step: number])[]>> = {
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

/** Sizes above the ones we know are AWS's to judge. */
export function fargateSizeExists(cpu: number, memory: number): boolean {
  const sizes = FARGATE_SIZES[cpu]
  if (sizes === undefined) return cpu > 16384
  return sizes.some(([from, to, step]) => memory >= from && memory <= to && (memory - from) % step === 0)
}

/** The smallest memory of these CPU units that holds `memory`; null where none does. */
export function memoryFor(cpu: number, memory: number): number | null {
  for (const [from, to, step] of FARGATE_SIZES[cpu] ?? []) {
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
