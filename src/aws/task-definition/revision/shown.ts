/** How a member of a revision is shown, and which is not: no value of a variable, of a secret, or of what is named like one. */
import { maskSecrets } from '../../../domain/credential-masking.ts'
import { isLoose, texts } from '../../facts/shape.ts'
import { withoutCredentials } from '../../facts/task-definition.ts'

/** Never shown. A list stands there where a name is twice in it. */
const HIDDEN: readonly RegExp[] = [
  /^containerDefinitions$/,
  /^containerDefinitions\n[^\n]*\nenvironment(?:\n|$)/,
  /^(?:volumes|tags)$/,
  /\n(?:secrets|secretOptions)$/,
  /\ndriverOpts\n/,
]
/** Where a secret is: its ARN is none. */
const POINTER = /\n(?:secrets|secretOptions)\n|\ncredentialsParameter$/
/** The last step is a name of somebody's own choice. */
const OWN_NAME = /\n(?:options|dockerLabels|labels)\n|^tags\n/

/** Null for what is hidden. `steps`: the path, step by step. */
export function shown(value: unknown, steps: readonly string[]): string | null {
  const path = steps.join('\n')
  if (HIDDEN.some((pattern) => pattern.test(path))) return null
  if (POINTER.test(path)) return typeof value === 'string' && value.startsWith('arn:') ? maskSecrets(value) : null
  // A container that comes or goes is told by its image.
  if (steps.length === 2 && steps[0] === 'containerDefinitions')
    return isLoose(value) ? shown(value['image'], [...steps, 'image']) : null
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'string') ? maskedWords(value) : masked(JSON.stringify(value))
  if (typeof value === 'object') return null
  const words = String(value)
  return OWN_NAME.test(path) && isNamedLikeSecret(steps.at(-1) ?? '', words) ? null : masked(words)
}

function masked(words: string): string {
  return maskSecrets(words)
}

/** `db.password`, `splunk-token`: by what it is called, or by what a line of both would be masked for. */
function isNamedLikeSecret(name: string, value: string): boolean {
  const line = `${name}=${JSON.stringify(value)}`
  return withoutCredentials({ [name]: value })[name] !== value || maskSecrets(line) !== line
}

/** A command, word by word: what follows `--password` is hidden whole, whatever is in it. */
function maskedWords(value: readonly unknown[]): string {
  const words = texts(value)
  const isAfterSecret = (at: number) => {
    const pair = `${words[at - 1] ?? ''} placeholder`
    return at > 0 && maskSecrets(pair) !== pair
  }
  return masked(words.map((word, at) => (isAfterSecret(at) ? '***' : masked(word))).join(' '))
}
