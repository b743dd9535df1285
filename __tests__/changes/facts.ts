/** The facts of a healthy service, all of them read, and one change made in them. */
import { applyChanges } from '../../src/changes/apply.ts'
import { known } from '../../src/domain/answer.ts'
import type { Change } from '../../src/domain/change.ts'
import type { ConfigurationFacts } from '../../src/domain/configuration.ts'
import type { FactName, Facts, GatheredFacts } from '../../src/domain/facts.ts'
import { HEALTHY } from '../checks/configuration-world.ts'
import { HEALTHY as WITH_IMAGES } from '../checks/image-world.ts'
import { HEALTHY as WITH_ROLES } from '../checks/role-world.ts'
import { pathsOf } from '../checks/world.ts'

const ALL: Facts = { ...HEALTHY, images: WITH_IMAGES.images, role: WITH_ROLES.role, paths: pathsOf(HEALTHY) }

export function facts(changes: Partial<Facts> = {}): GatheredFacts {
  return Object.fromEntries(
    Object.entries({ ...ALL, ...changes }).map(([name, value]) => [name, known(value)]),
  ) as unknown as GatheredFacts
}

export function configuredFacts(changes: Partial<ConfigurationFacts>): GatheredFacts {
  return facts({ configuration: { ...ALL.configuration, ...changes } })
}

/** Facts that could not be read. */
export function without(name: FactName): GatheredFacts {
  return { ...facts(), [name]: { known: false, because: 'denied', permission: 'x:Read', detail: '' } }
}

/** The fact after the changes; `{ refused }` or null where there is none. */
export function factAfter<Name extends FactName>(
  before: GatheredFacts,
  name: Name,
  ...changes: readonly Change[]
): Facts[Name] | { readonly refused: string } | null {
  const changed = applyChanges(before, changes)
  if (changed === null || 'refused' in changed) return changed
  const answer = changed[name]
  if (!answer.known) throw new Error(`${name} is not known any more`)
  return answer.value as Facts[Name]
}
