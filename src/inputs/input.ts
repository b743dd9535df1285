/** What an input is. */
import type { Text } from '../domain/text.ts'
import type { Command } from './commands.ts'
import type { Takes } from './takes.ts'

export type Group = 'target' | 'flow' | 'rollout' | 'judgement' | 'words' | 'simulation'

export const GROUPS: Readonly<Record<Group, Text>> = {
  target: { en: 'What to look at', ko: '확인할 대상' },
  flow: { en: 'The flow to follow', ko: '따라갈 흐름' },
  rollout: { en: 'The rollout to follow', ko: '추적할 롤아웃' },
  judgement: { en: 'What counts', ko: '판정 기준' },
  words: { en: 'What comes out', ko: '출력' },
  simulation: { en: 'How it plays', ko: '재생 방식' },
}

export interface Input<T = unknown> {
  readonly takes: Takes<T>
  readonly commands: readonly Command[]
  readonly group: Group
  /** Whole sentences. */
  readonly description: Text
  /** Written as the user would write it; null where there is none. */
  readonly default: string | null
  /** The one frontend it exists at; both when absent. */
  readonly frontend?: 'action' | 'cli'
  /** Commands that take it as a plain argument, too. */
  readonly positional?: readonly Command[]
}

export const FILE: Text = { en: 'the path of a file', ko: '파일 경로' }
export const FOLDER: Text = { en: 'the path of a folder', ko: '폴더 경로' }
export const NAME_OR_ARN: Text = { en: 'a name or an ARN', ko: '이름 또는 ARN' }

/** An expression for the runner. Read as it stands here, the input was given empty: by a secret that is not set, for instance. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the runner's syntax
export const JOB_TOKEN = '${{ github.token }}'
