/** What a label means and what to do about it, in both languages. Never repeats the message: it is somebody else's text. */
import type { Words } from './advice.ts'
import type { Label } from './labels.ts'
import type { Message } from './read-message.ts'
import { INIT_WORDS } from './texts/init.ts'
import { noteOnAddress, remedyForNetwork, titleForNetwork } from './texts/network.ts'
import { PLACEMENT_WORDS } from './texts/placement.ts'
import { PULL_WORDS } from './texts/pull.ts'
import { SERVICE_WORDS } from './texts/service.ts'
import { START_WORDS } from './texts/start.ts'

export const WORDS: Readonly<Record<Label, Words>> = {
  ...PULL_WORDS,
  ...INIT_WORDS,
  ...START_WORDS,
  ...PLACEMENT_WORDS,
  ...SERVICE_WORDS,
}

const NETWORK: readonly Label[] = [
  'pull/network-timeout',
  'init/registry-auth-network',
  'init/secrets-network',
  'init/log-network',
]

/** The words for this very message: a network fault is mended where its destination is reached. */
export function wordsFor(message: Message): Words {
  const words = WORDS[message.label]
  if (!NETWORK.includes(message.label)) return words
  const note = noteOnAddress(message)
  return {
    title: titleForNetwork(message) ?? words.title,
    why: note === null ? words.why : { en: `${words.why.en} ${note.en}`, ko: `${words.why.ko} ${note.ko}` },
    remedy: [...remedyForNetwork(message), ...words.remedy],
  }
}
