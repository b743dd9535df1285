/** Kinds of input values: how one is read from text, and the words that say what it takes. */
import { distinct } from '../domain/collections.ts'
import type { Text } from '../domain/text.ts'

export interface Takes<T> {
  /** As help shows it: `NAME`, `en|ko`; empty for a switch. */
  readonly shown: string
  /** May be given more than once; several values are several lines. */
  readonly many?: true
  /** Completes "takes …". */
  readonly says: Text
  /** Undefined where the text is no such value. */
  readonly read: (raw: string) => T | undefined
}

/** Any text that is not empty, or that the pattern lets through. */
export function text(shown: string, says: Text, pattern = /\S/): Takes<string> {
  return { shown, says, read: (raw) => (pattern.test(raw) ? raw.trim() : undefined) }
}

export function choice<const T extends string>(...values: readonly T[]): Takes<T> {
  const listed = values.map((value) => `\`${value}\``).join(', ')
  return {
    shown: values.join('|'),
    says: { en: `one of ${listed}`, ko: `다음 중 하나: ${listed}` },
    read: (raw) => values.find((value) => value === raw.trim()),
  }
}

/** A comma list of some of the values, or `never` alone for none of them. */
export function someOf<const T extends string>(...values: readonly T[]): Takes<readonly T[]> {
  const listed = values.map((value) => `\`${value}\``).join(', ')
  return {
    shown: 'LIST',
    says: { en: `a comma list of ${listed}, or \`never\``, ko: `${listed} 중에서 쉼표로 나열한 값 또는 \`never\`` },
    read: (raw) => {
      const words = commaList(raw)
      if (words.length === 1 && words[0] === 'never') return []
      const known = values.filter((value) => words.includes(value))
      return words.length > 0 && words.every((word) => known.some((value) => value === word)) ? known : undefined
    },
  }
}

/** A comma list of ids that begin as given. */
export function ids(prefix: string): Takes<readonly string[]> {
  return {
    shown: `${prefix}…,${prefix}…`,
    says: { en: `a comma list of ids that begin with \`${prefix}\``, ko: `\`${prefix}\` 접두사가 붙은 ID의 쉼표 목록` },
    read: (raw) => {
      const words = commaList(raw)
      return words.length > 0 && words.every((word) => new RegExp(`^${prefix}\\S+$`).test(word)) ? words : undefined
    },
  }
}

/** A comma list of any words. */
export function commaSeparated(shown: string, says: Text): Takes<readonly string[]> {
  return {
    shown,
    says,
    read: (raw) => {
      const words = commaList(raw)
      return words.length > 0 ? words : undefined
    },
  }
}

/** JSON of the kind that is wanted, as the API takes it. */
export function json(shown: string, says: Text, kind: 'array'): Takes<readonly unknown[]>
export function json(shown: string, says: Text, kind: 'object'): Takes<Readonly<Record<string, unknown>>>
export function json(shown: string, says: Text, kind: 'array' | 'object'): Takes<unknown> {
  return {
    shown,
    says,
    read: (raw) => {
      try {
        const value: unknown = JSON.parse(raw)
        const isObject = typeof value === 'object' && value !== null
        return isObject && Array.isArray(value) === (kind === 'array') ? value : undefined
      } catch {
        return undefined
      }
    },
  }
}

export function id(prefix: string): Takes<string> {
  const says = { en: `an id that begins with \`${prefix}\``, ko: `\`${prefix}\` 접두사가 붙은 ID` }
  return text(`${prefix}…`, says, new RegExp(`^\\s*${prefix}\\S+\\s*$`))
}

/** One value a line; empty lines and lines that are only a comment are left out. */
export function lines(shown: string, says: Text, pattern = /\S/): Takes<readonly string[]> {
  return {
    shown,
    many: true,
    says,
    read: (raw) => {
      const kept = raw
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
      return kept.every((line) => pattern.test(line)) ? kept : undefined
    },
  }
}

/** One value or several, parted by `separator`: each once, in the order given. Which commands take several, their input says. */
export function several(shown: string, says: Text, separator: RegExp): Takes<readonly [string, ...string[]]> {
  return {
    shown,
    says,
    read: (raw) => {
      const [first, ...others] = distinct(raw.split(separator).map((one) => one.trim())).filter((one) => one !== '')
      return first === undefined ? undefined : [first, ...others]
    },
  }
}

export function wholeNumber(shown: string, least: number, most: number): Takes<number> {
  return {
    shown,
    says: { en: `a whole number from ${least} to ${most}`, ko: `${least} 이상 ${most} 이하의 정수` },
    read: (raw) => {
      const value = /^\s*\d{1,9}\s*$/.test(raw) ? Number(raw) : Number.NaN
      return value >= least && value <= most ? value : undefined
    },
  }
}

/** Above 0; fractions are fine. */
export function positiveNumber(shown: string, most: number): Takes<number> {
  return {
    shown,
    says: { en: `a number above 0, up to ${most}`, ko: `0보다 크고 ${most} 이하인 수` },
    read: (raw) => {
      const value = /^\s*\d{1,9}(\.\d{1,9})?\s*$/.test(raw) ? Number(raw) : Number.NaN
      return value > 0 && value <= most ? value : undefined
    },
  }
}

/** What the kind takes, or the word `auto`. */
export function automatic<T>({ shown, says, read }: Takes<T>): Takes<T | 'auto'> {
  return {
    shown: `${shown}|auto`,
    says: { en: `${says.en}, or \`auto\``, ko: `${says.ko} 또는 \`auto\`` },
    read: (raw) => (raw.trim() === 'auto' ? 'auto' : read(raw)),
  }
}

/** A switch: alone on the command line, `true` or `false` in a workflow. */
export function flag(): Takes<boolean> {
  return {
    shown: '',
    says: { en: '`true` or `false`', ko: '`true` 또는 `false`' },
    read: (raw) => {
      const word = raw.trim().toLowerCase()
      return word === 'true' ? true : word === 'false' ? false : undefined
    },
  }
}

function commaList(raw: string): readonly string[] {
  return raw
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
