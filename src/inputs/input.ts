/** What an input is. */
import type { Text } from '../domain/text.ts'
import type { Command } from './commands.ts'
import type { Takes } from './takes.ts'

export interface Input<T = unknown> {
  readonly takes: Takes<T>
  readonly commands: readonly Command[]
  /** Whole sentences. */
  readonly description: Text
  /** Written as the user would write it; null where there is none. */
  readonly default: string | null
  /** The one frontend it exists at; both when absent. */
  readonly frontend?: 'action' | 'cli'
  /** Commands that take several values where others take one. */
  readonly severalFor?: readonly Command[]
  /** What the page of one command says in its place. */
  readonly of?: Readonly<Partial<Record<Command, Pick<Input, 'description'> & { readonly shown?: string }>>>
  /** Commands that take it as a plain argument, too. */
  readonly positional?: readonly Command[]
}

export const FILE: Text = { en: 'the path of a file', ko: '파일 경로' }
export const FOLDER: Text = { en: 'the path of a folder', ko: '폴더 경로' }
export const NAME_OR_ARN: Text = { en: 'a name or an ARN', ko: '이름 또는 ARN' }

/** An expression for the runner. Read as it stands here, the input was given empty: by a secret that is not set, for instance. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the runner's syntax
export const JOB_TOKEN = '${{ github.token }}'
