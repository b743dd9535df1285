/** Digests of the images, by container: what runs, and what a start would pull now. */
import type { GatheredFacts } from '../../domain/facts.ts'

type Digests = Readonly<Record<string, string>>
type Facts = Pick<GatheredFacts, 'images' | 'tasks' | 'taskDefinition'>

/** Only what is known: a container whose tasks run several digests has none, and one whose registry was not asked has none. */
export function digestsOf(facts: Facts): { readonly running: Digests; readonly wanted: Digests } {
  const { images, tasks } = facts
  const running = new Map<string, string | null>()
  for (const { name, digest } of tasks.known ? tasks.value.flatMap(({ containers }) => containers ?? []) : []) {
    if (digest !== null) running.set(name, (running.get(name) ?? digest) === digest ? digest : null)
  }
  const wanted = (images.known ? images.value.images : []).flatMap(({ ecr, registry, containers }) => {
    const inEcr = ecr?.found.known ? ecr.found.value?.digest : null
    const digest = inEcr ?? (registry?.is === 'there' ? registry.digest : null)
    return digest === null ? [] : containers.map((name) => [name, digest] as const)
  })
  const known = [...running].filter((entry): entry is [string, string] => entry[1] !== null)
  return { running: Object.fromEntries(known), wanted: Object.fromEntries(wanted) }
}

/**
 * Containers that would pull something else than what runs. Of a reference with a tag of which nobody could tell, it is taken to have
 * moved: starting tasks anew costs little, and a new image that never arrives costs the deployment.
 */
export function movedImages(facts: Facts): readonly string[] {
  const { taskDefinition } = facts
  const { running, wanted } = digestsOf(facts)
  const containers = taskDefinition.known ? taskDefinition.value.containers : []
  return containers
    .filter(({ name, image }) => !image.includes('@') && (wanted[name] === undefined || wanted[name] !== running[name]))
    .map(({ name }) => name)
}
