import { describe, expect, test } from '@jest/globals'
import { FARGATE_SIZES, fargateSizeExists, memoryFor, sizeOf } from '../../src/task-start/fargate-size.ts'

describe('the sizes of Fargate', () => {
  test('each row begins, steps and ends as the guide says', () => {
    for (const [cpu, spans] of Object.entries(FARGATE_SIZES)) {
      for (const [from, to, step] of spans) {
        for (let memory = from; memory <= to; memory += step) {
          expect(fargateSizeExists(Number(cpu), memory)).toBe(true)
          expect(memoryFor(Number(cpu), memory)).toBe(memory)
        }
        expect(fargateSizeExists(Number(cpu), from - 1)).toBe(false)
        expect(fargateSizeExists(Number(cpu), to + step)).toBe(false)
      }
    }
  })

  test('the next larger memory is the smallest that fits', () => {
    expect(memoryFor(256, 1)).toBe(512)
    expect(memoryFor(256, 1025)).toBe(2048)
    expect(memoryFor(8192, 16385)).toBe(20480)
    expect(memoryFor(256, 2049)).toBeNull()
    expect(memoryFor(300, 512)).toBeNull()
  })

  test.each<[unknown, 'vcpu' | 'gb', number | null]>([
    ['1024', 'vcpu', 1024],
    ['1 vCPU', 'vcpu', 1024],
    ['.5 VCPU', 'vcpu', 512],
    ['0.5 GB', 'gb', 512],
    ['1 GB', 'vcpu', null],
    ['', 'gb', null],
    [512, 'gb', null],
  ])('%p as %s is %p', (written, unit, size) => {
    expect(sizeOf(written, unit)).toBe(size)
  })
})
