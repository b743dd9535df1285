import { describe, expect, test } from '@jest/globals'
import { findingOf, HEALTHY, told, unsure, withDefinition, withService } from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'fargate-size-invalid'
const FOUND = [`${ID} web`]
const size = (cpu: string | null, memory: string | null) => withDefinition(HEALTHY, { cpu, memory })

describe(ID, () => {
  test('finds a pair that Fargate does not have, and names the next larger one', () => {
    const world = size('512', '8192')
    expect(told(world)).toEqual(FOUND)
    const finding = findingOf(world, ID)
    expect(onOneLine(finding.remedy.cli)[1]).toContain('--cpu 1024 --memory 8192')
    expect(onOneLine(finding.remedy.cli)[2]).toContain('--task-definition "$REVISION"')
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test.each([
    ['256', '512'],
    ['256', '2048'],
    ['.25 vCPU', '0.5 GB'],
    ['512', '4096'],
    ['4096', '30720'],
    ['8192', '16384'],
    ['8192', '20480'],
    ['16384', '122880'],
    ['32768', '65536'], // larger than any that is known: AWS's to judge
  ])('clear with %s CPU and %s of memory', (cpu, memory) => {
    expect(told(size(cpu, memory)).filter((one) => one.startsWith(ID))).toEqual([])
  })

  test.each<[string | null, string | null, fitting: string]>([
    ['256', '1536', '--cpu 256 --memory 2048'],
    ['256', '3072', '--cpu 512 --memory 3072'],
    ['8192', '18432', '--cpu 8192 --memory 20480'],
    ['16384', '131072', '--cpu 16384 --memory 122880'],
    ['300', '600', '--cpu 512 --memory 1024'],
    [null, '512', '--cpu 256 --memory 512'],
    ['256', null, '--cpu 256 --memory 512'],
    ['much', '512', '--cpu 256 --memory 512'],
  ])('%s CPU with %s of memory is mended by %s', (cpu, memory, fitting) => {
    expect(onOneLine(findingOf(size(cpu, memory), ID).remedy.cli)[1]).toContain(fitting)
  })

  test.each<[cpu: string, fitting: string | null]>([
    ['256', '--cpu 1024 --memory 2048'],
    ['512', '--cpu 1024 --memory 2048'],
    ['1024', null],
    ['4096', null],
    ['8192', '--cpu 4096 --memory 30720'],
  ])('Windows with %s CPU units is mended by %p', (cpu, fitting) => {
    const memory = { '256': '512', '512': '1024', '1024': '2048', '4096': '8192' }[cpu] ?? '32768'
    const sized = withDefinition(HEALTHY, { cpu, memory, operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' })
    const world = withService(sized, { platformFamily: 'WINDOWS_SERVER_2022_CORE', platformVersion: '1.0.0' })
    expect(told(world).filter((one) => one.startsWith(ID))).toEqual(fitting === null ? [] : FOUND)
    if (fitting === null) return
    expect(onOneLine(findingOf(world, ID).remedy.cli)[1]).toContain(fitting)
    expect(findingOf(world, ID).evidence.map(({ en }) => en)).toContain('WINDOWS_SERVER_2022_CORE: 1 to 4 vCPU')
  })

  test.each([
    ['1.3.0', FOUND],
    ['1.4.0', []],
    ['LATEST', []],
  ])('platform version %s with 8 vCPU: %j', (platformVersion, found) => {
    const world = withService(size('8192', '16384'), { platformVersion })
    expect(told(world).filter((one) => one.startsWith(ID))).toEqual(found)
  })

  test('clear on instances, where any pair goes', () => {
    expect(told(withService(size('300', '600'), { launchType: 'EC2' }))).toEqual([])
  })

  test('looks at the capacity providers too', () => {
    const world = withService(size('300', '600'), { launchType: null, capacityProviders: ['FARGATE_SPOT'] })
    expect(told(world)).toEqual(FOUND)
  })

  test('is unknown without the task definition', () => {
    expect(unsure(HEALTHY, ID, 'taskDefinition')).toEqual([['read:taskDefinition', true]])
  })
})
