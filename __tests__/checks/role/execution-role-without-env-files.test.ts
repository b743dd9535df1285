import { describe, expect, test } from '@jest/globals'
import { expectPages } from '../page.ts'
import {
  findingOf,
  HEALTHY,
  MANAGED,
  ROLE,
  reading,
  simulated,
  simulating,
  told,
  UNREADABLE,
  unsure,
  withContainer,
  withExecution,
} from '../role-world.ts'

const ID = 'execution-role-without-env-files'
const FOUND = [`${ID} ${ROLE}`]
const FILE = 'arn:aws:s3:::shop-config/prod/web.env'
const BUCKET = 'arn:aws:s3:::shop-config'
const WITH_FILE = withContainer(HEALTHY, { environmentFiles: [FILE] })
const get = (decision: string) => simulated('s3:GetObject', { decision, resource: FILE })
const locate = (decision: string) => simulated('s3:GetBucketLocation', { decision, resource: BUCKET })

describe(ID, () => {
  test('finds a role that may not get the file', () => {
    const world = simulating(WITH_FILE, get('implicitDeny'), locate('allowed'))
    expect(told(world)).toEqual(FOUND)
    expectPages(findingOf(world, ID))
  })

  test('finds a role that may not locate the bucket', () => {
    expect(told(simulating(WITH_FILE, get('allowed'), locate('implicitDeny')))).toEqual(FOUND)
  })

  test('is clear where it may do both, and where there is no file', () => {
    expect(told(simulating(WITH_FILE, get('allowed'), locate('allowed')))).toEqual([])
    expect(told(simulating(HEALTHY, get('implicitDeny'), locate('implicitDeny')))).toEqual([])
  })

  test('reads a policy that gives the objects and not the bucket', () => {
    const by = (resource: unknown) =>
      reading(
        { Effect: 'Allow', Action: [...MANAGED], Resource: '*' },
        { Effect: 'Allow', Action: 's3:Get*', Resource: resource },
      )
    expect(told(withExecution(WITH_FILE, by(`${BUCKET}/*`)))).toEqual(FOUND)
    expect(told(withExecution(WITH_FILE, by([`${BUCKET}/*`, BUCKET])))).toEqual([])
  })

  test('cannot tell where neither simulator nor policies may be read', () => {
    expect(unsure(withExecution(WITH_FILE, UNREADABLE)).some((one) => one.startsWith(`${ID}*`))).toBe(true)
  })
})
