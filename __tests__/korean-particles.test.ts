/** A particle has the form that the sound before it asks for: 을/를, 은/는, 이/가, 과/와, (으)로, after Korean words and after names in Latin letters. */
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

const PAGES = ['{src,simulator}/**/*.ts', 'README.ko.md', 'docs/**/ko/**/*.md', 'docs/ko/**/*.md', 'docs/*.ko.md']
const COMMENT = /^\s*(\/\/|\/?\*)/

interface Line {
  readonly at: string
  readonly text: string
}

const LINES: readonly Line[] = [...new Set(globSync(PAGES))].flatMap((path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .map((text, at) => ({ at: `${path}:${at + 1}`, text }))
    .filter(({ text }) => /[가-힣]/.test(text) && !COMMENT.test(text)),
)

/** How a word ends: in a vowel, in ㄹ, in another consonant. */
type End = 'vowel' | 'rieul' | 'consonant'

/** What each particle may follow. */
const FOLLOWS: Readonly<Record<string, readonly End[]>> = {
  을: ['consonant', 'rieul'],
  를: ['vowel'],
  은: ['consonant', 'rieul'],
  는: ['vowel'],
  이: ['consonant', 'rieul'],
  가: ['vowel'],
  과: ['consonant', 'rieul'],
  와: ['vowel'],
  으로: ['consonant'],
  로: ['vowel', 'rieul'],
}

const RIEUL = 8
function endOfSyllable(syllable: string): End {
  const final = (syllable.charCodeAt(0) - 0xac00) % 28
  return final === 0 ? 'vowel' : final === RIEUL ? 'rieul' : 'consonant'
}

describe('after a Korean word', () => {
  /** The particle is a part of the word: of a noun, an adverb or a verb. 는, 이 and 가 end too many words to be looked at. */
  const WORDS = /(?:초과|효과|부과|경로|회로|통로|별로|으로)$/

  test.each(['을', '를', '은', '과', '와', '으로', '로'])('%s follows its sound', (particle) => {
    const pattern = new RegExp(`[가-힣]+${particle}(?![가-힣])`, 'g')
    const wrong = LINES.flatMap(({ at, text }) =>
      [...text.matchAll(pattern)]
        .map(([word]) => word)
        .filter((word) => word.length > particle.length && !WORDS.test(word))
        .filter((word) => !FOLLOWS[particle]?.includes(endOfSyllable(word.at(-particle.length - 1) ?? '')))
        .map((word) => `${at} ${word}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('after a name in Latin letters', () => {
  /** 엘, 알 … of names that are spelt; 영, 일 … of figures that stand alone, while those of a name (S3, IPv6) are said in English. */
  const SPELT: Readonly<Record<string, End>> = { L: 'rieul', R: 'rieul', M: 'consonant', N: 'consonant' }
  const FIGURES: Readonly<Record<string, End>> = {
    ...{ '0': 'consonant', '1': 'rieul', '3': 'consonant', '6': 'consonant', '7': 'rieul', '8': 'rieul' },
  }
  /** Words as they are said in Korean: 롤, 토큰. What is not here ends in a vowel, or is to be added. */
  const SAID: Readonly<Record<Exclude<End, 'vowel'>, RegExp>> = {
    rieul: /(role|url|firewall|principal|pull|all|email|html|null)$/i,
    consonant:
      /(ion|ain|arn|token|run|json|unknown|form|from|com|name|stream|iam|group|zip|net|output|format|back|ing|classic)$/i,
  }

  function endOf(name: string): End {
    const last = name.at(-1) ?? ''
    if (/^\d+$/.test(name)) return FIGURES[last] ?? 'vowel'
    if (/^[A-Z]{1,4}$/.test(name) && !/^(ARN|URI|CNAME|JSON)$/.test(name)) return SPELT[last] ?? 'vowel'
    if (SAID.rieul.test(name)) return 'rieul'
    return SAID.consonant.test(name) ? 'consonant' : 'vowel'
  }

  test('it follows its sound', () => {
    // What stands in brackets is not said: the word before them counts.
    const pattern = /([A-Za-z0-9]+)(?:[`'"*]|\([^()]*\))*(으로|을|를|은|는|이|가|과|와|로)(?![가-힣])/g
    const found = LINES.flatMap(({ at, text }) =>
      [...text.replace(/\([^()가-힣]*\)/g, '').matchAll(pattern)].map(([whole, name = '', particle = '']) => ({
        at: `${at} ${whole}`,
        fits: FOLLOWS[particle]?.includes(endOf(name)),
      })),
    )
    expect(found.length).toBeGreaterThan(200)
    expect(found.filter(({ fits }) => fits !== true).map(({ at }) => at)).toEqual([])
  })
})
