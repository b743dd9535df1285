/** What a change says and does, over worlds of which every fact is known. UPDATE_GOLDEN=1 writes its words; else they must be the same. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from '@jest/globals'
import { applyChanges } from '../../src/changes/apply.ts'
import { type ItemOf, isRefused, itemsOf, type ListName } from '../../src/changes/network-facts.ts'
import { wordRemedies } from '../../src/changes/words.ts'
import { known, unread } from '../../src/domain/answer.ts'
import type { Change } from '../../src/domain/change.ts'
import type { GatheredFacts } from '../../src/domain/facts.ts'
import type { Network } from '../../src/domain/network.ts'
import { pathsOf, REGION, type World } from '../checks/world.ts'

/** Each list is a remedy of its own; they stand in one report. `name` is that of the test. */
export function expectWords(name: string, ...remedies: readonly (readonly Change[])[]): void {
  const file = join(import.meta.dirname, '..', 'golden', 'changes', `${name}.txt`)
  const named = remedies.map((changes, at) => ({ remedy: { changes }, name: `finding ${at + 1}` }))
  const text = wordRemedies(named, REGION)
    .map(({ console: steps, cli, terraform }) => [...steps.flatMap(({ en, ko }) => [en, ko]), ...cli, terraform])
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .join('\n\n')
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${text}\n`)
  }
  expect(`${text}\n`).toBe(readFileSync(file, 'utf8'))
}

export function factsOf(world: World): GatheredFacts {
  const { network, service, taskDefinition, compute, tasks } = world
  return {
    network: known(network),
    service: known(service),
    taskDefinition: known(taskDefinition),
    compute: known(compute),
    tasks: known(tasks),
    paths: known(pathsOf(world)),
    role: unread('unasked', ''),
    images: unread('unasked', ''),
    configuration: unread('unasked', ''),
  }
}

/** The network once the changes are made; the error's code where AWS refuses; null where nobody can foresee it. */
export function networkAfter(world: World, ...changes: readonly Change[]): Network | string | null {
  const facts = applyChanges(factsOf(world), changes)
  if (facts === null) return null
  if (isRefused(facts)) return facts.refused
  return facts.network.known ? facts.network.value : null
}

/** One thing of a list of the network after the changes; an error where they did not go through. */
export function oneAfter<Name extends ListName>(
  name: Name,
  id: string,
  world: World,
  ...changes: readonly Change[]
): ItemOf<Name> {
  const network = networkAfter(world, ...changes)
  if (network === null || typeof network === 'string') throw new Error(`not made: ${network}`)
  const list = itemsOf({ ...factsOf(world), network: known(network) }, name)
  const one = list?.find((item) => item.id === id)
  if (one === undefined) throw new Error(`no ${id} in ${name}`)
  return one
}

/** The list could not be read. */
export function withoutList(world: World, name: keyof Network): World {
  return { ...world, network: { ...world.network, [name]: unread('denied', 'ec2:Describe') } }
}
