import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import {
  type ConfiguredWorld,
  configured,
  DENIED,
  findingOf,
  HEALTHY,
  REGION,
  SECRET,
  told,
  unsure,
  withContainer,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'
import { simulated } from '../role-facts.ts'

const ID = 'secret-arn-incomplete'
const HALF = SECRET.replace(/-[A-Za-z0-9]{6}$/, '')

/** `refused`: the role's policies hold the whole ARN alone. */
function naming(valueFrom: string, refused = false, more: readonly string[] = []): ConfiguredWorld {
  const secrets = [valueFrom, ...more].map((one, at) => ({ name: `DB${at}`, valueFrom: one }))
  const id = valueFrom.split(':').slice(0, 7).join(':')
  const stages = ['AWSCURRENT']
  const world = configured(withContainer(HEALTHY, { secrets }), {
    secrets: [{ id, region: REGION, secret: known({ arn: SECRET, deletedAt: null, stages }) }],
    secretKeys: [],
  })
  const { execution } = world.role
  if (!execution?.simulation.known) throw new Error('no simulation')
  const denied = simulated('secretsmanager:GetSecretValue', { resource: HALF, decision: 'implicitDeny' })
  const simulation = known([...(refused ? [denied] : []), ...execution.simulation.value])
  const keys = [{ id, service: 'secretsmanager' as const, region: REGION, keyId: known(null), arn: SECRET }]
  return { ...world, role: { ...world.role, execution: { ...execution, simulation }, keys } }
}

describe(ID, () => {
  test('warns of a secret without its six characters that the role may read', () => {
    expect(told(naming(HALF))).toEqual([`${ID} ${HALF} (warning)`])
    expect(told(naming(`${HALF}:password::`))).toEqual([`${ID} ${HALF} (warning)`])
  })

  test('finds one that the role is refused: the repair is the full ARN, never a wider role', () => {
    const world = naming(HALF, true)
    expect(told(world)).toEqual([`${ID} ${HALF}`])
    expect(findingOf(world, ID).remedy.changes.map(({ kind }) => kind)).toEqual([
      'register-task-definition',
      'update-service',
    ])
    expectPages(findingOf(world, ID))
  })

  test('is clear with the whole ARN, also of a secret whose name ends as if it had them', () => {
    expect(told(naming(SECRET))).toEqual([])
    const tricky = HALF.replace('prod/db', 'my-secret')
    expect(told(naming(tricky))).toEqual([`${ID} ${tricky} (warning)`])
  })

  test('gives no command that would change another secret as well', () => {
    expect(findingOf(naming(HALF, false, [`${HALF}2-QwErTy`]), ID).remedy.changes).toEqual([])
    expect(findingOf(naming(HALF, false, [`${HALF}:password::`]), ID).remedy.changes).toHaveLength(2)
  })

  test('says nothing of a secret that could not be read, which another check does', () => {
    const world = configured(HEALTHY, { secrets: [{ id: HALF, region: REGION, secret: DENIED }] })
    expect(unsure(world, ID)).toEqual([])
  })
})
