/** The labelled messages of __tests__/fixtures/corpus, and what counts as a right answer. */
import { readFileSync } from 'node:fs'
import type { Label } from '../../src/domain/label.ts'
import type { Message } from '../../src/ecs-errors/read-message.ts'

export interface Labelled {
  readonly text: string
  readonly label: Label
  readonly alt?: readonly Label[]
  /** The corpus's word for the endpoint: `docker-hub`, `other-registry`, or a destination of the contract. */
  readonly dest?: string | null
}

export interface Published extends Labelled {
  readonly field: string
  readonly quality: string
  readonly transient: boolean | null
}

export function publishedMessages(): readonly Published[] {
  return rowsOf<Published>('dev.jsonl')
}

/** Other wordings of the same faults (AWS documentation, docker, containerd, the SDKs) and texts that are no ECS failure. */
export function neighbours(): readonly Labelled[] {
  return rowsOf<Labelled>('neighbours.jsonl')
}

/** More of both from issues, repositories and documents, labelled before any rule had read them. */
export function found(): readonly Labelled[] {
  return rowsOf<Labelled>('found.jsonl')
}

function rowsOf<Row>(file: string): readonly Row[] {
  const text = readFileSync(new URL(`../fixtures/corpus/${file}`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

export function isRight({ label, alt = [] }: Labelled, message: Message): boolean {
  return message.label === label || alt.includes(message.label)
}

export function isRightDestination({ dest }: Labelled, { destination }: Message): boolean {
  if (dest === 'docker-hub') return destination === 'registry:registry-1.docker.io'
  if (dest === 'other-registry')
    return destination?.startsWith('registry:') === true && !destination.includes('docker.io')
  return destination === dest
}

export function share<Row>(rows: readonly Row[], right: (row: Row) => boolean): number {
  return rows.filter(right).length / rows.length
}
