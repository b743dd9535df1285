import { describe, expect, test } from '@jest/globals'
import { FARGATE_SIZES, fargateSizeExists, fargateSizes, memoryFor, sizeOf } from '../../src/task-start/fargate-size.ts'
import { service, taskDefinition } from './sample.ts'

describe('the sizes of Fargate', () => {
  test('each row begins, steps and ends as the guide says', () => {
    for (const [cpu, spans] of Object.entries(FARGATE_SIZES)) {
      for (const [from, to, step] of spans) {
        for (let memory = from; memory <= to; memory += step) {
          expect(fargateSizeExists(FARGATE_SIZES, Number(cpu), memory)).toBe(true)
          expect(memoryFor(FARGATE_SIZES, Number(cpu), memory)).toBe(memory)
        }
        expect(fargateSizeExists(FARGATE_SIZES, Number(cpu), from - 1)).toBe(false)
        expect(fargateSizeExists(FARGATE_SIZES, Number(cpu), to + step)).toBe(false)
      }
    }
  })

  test.each<[platformVersion: string | null, operatingSystemFamily: string | null, least: number, most: number]>([
    [null, 'LINUX', 256, 16384],
    ['LATEST', null, 256, 16384],
    ['1.4.0', 'LINUX', 256, 16384],
    ['1.3.0', 'LINUX', 256, 4096],
    ['1.0.0', 'WINDOWS_SERVER_2019_CORE', 1024, 4096],
    ['LATEST', 'WINDOWS_SERVER_2022_FULL', 1024, 4096],
  ])('platform version %p of %p has %d to %d CPU units', (platformVersion, operatingSystemFamily, least, most) => {
    const sizes = fargateSizes(service({ platformVersion }), taskDefinition(undefined, { operatingSystemFamily }))
    expect([Object.keys(sizes)[0], Object.keys(sizes).at(-1)]).toEqual([`${least}`, `${most}`])
  })

  test('the next larger memory is the smallest that fits', () => {
    expect(memoryFor(FARGATE_SIZES, 256, 1)).toBe(512)
    expect(memoryFor(FARGATE_SIZES, 256, 1025)).toBe(2048)
    expect(memoryFor(FARGATE_SIZES, 8192, 16385)).toBe(20480)
    expect(memoryFor(FARGATE_SIZES, 256, 2049)).toBeNull()
    expect(memoryFor(FARGATE_SIZES, 300, 512)).toBeNull()
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
