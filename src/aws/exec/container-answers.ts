/** Reads what the container's script prints. Lines of another form are of somebody else, a banner or a warning, and are passed over. */
import { isIP } from 'node:net'
import { CONNECTS, type Connect } from '../../domain/probe.ts'

export interface ContainerAnswer {
  /** Addresses, each once. */
  readonly resolvedTo: readonly string[]
  /** The program that looked the name up; null where the image has none. */
  readonly namesBy: string | null
  readonly connect: Connect
  /** The program that connected; null where none could tell. */
  readonly by: string | null
}

/** By the place of its target; null for one without a line. */
export function containerAnswers(output: string, mark: string, count: number): readonly (ContainerAnswer | null)[] {
  const answers = new Map<number, ContainerAnswer>()
  for (const line of linesOf(output)) {
    const [sign, at = '', namesBy = '', by = '', word, ...addresses] = line.split(' ')
    const connect = CONNECTS.find((one) => one === word)
    if (sign !== mark || !/^\d{1,4}$/.test(at) || connect === undefined) continue
    if (!NAMES_BY.has(namesBy) || !CONNECTS_BY.has(by) || !addresses.every(isIP)) continue
    // The first counts: whatever comes twice is not from the script.
    if (answers.has(Number(at))) continue
    answers.set(Number(at), { resolvedTo: addresses, namesBy: nameOf(namesBy), connect, by: nameOf(by) })
  }
  return Array.from({ length: count }, (_, at) => answers.get(at) ?? null)
}

/** The script ran to its end. */
export function isWhole(output: string, mark: string): boolean {
  return linesOf(output).includes(`${mark} end`)
}

const NONE = 'none'
const NAMES_BY: ReadonlySet<string> = new Set(['getent', 'nslookup', 'python3', 'python', 'node', NONE])
const CONNECTS_BY: ReadonlySet<string> = new Set(
  // biome-ignore format: one line
  ['curl', 'openssl', 'wget', 'python3', 'python', 'node', 'bash', 'nc', NONE],
)

function nameOf(word: string): string | null {
  return word === NONE ? null : word
}

/** A terminal ends lines with a carriage return as well. */
function linesOf(output: string): readonly string[] {
  return output.split('\n').map((line) => line.trim())
}
