/** Hides what looks like a credential in a line that an application wrote. Better one word too many than one too few. */

const MASK = '***'

/** Each keeps what tells the reader what stood there. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  // AWS access key ids, and what stands behind the names of secret keys and session tokens.
  [/\b(AKIA|ASIA)[A-Z0-9]{12,20}\b/g, `$1${MASK}`],
  [/\b(eyJ[A-Za-z0-9_-]{8,})\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*/g, MASK],
  [/\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|sk_live_|rk_live_)[A-Za-z0-9_-]{8,}/g, `$1${MASK}`],
  [/(-----BEGIN [A-Z ]*PRIVATE KEY-----).*/g, `$1 ${MASK}`],
  // scheme://user:password@host
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,200}:)[^\s/@]{1,400}@/gi, `$1${MASK}@`],
  [/\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:bearer|basic|token|digest)?\s*)[^\s"',;]{4,}/gi, `$1${MASK}`],
  [/\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi, `$1${MASK}`],
  [
    /(\b[\w.-]{0,60}(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[\w.-]{0,40}["']?\s*(?:=>|[:=])\s*)("(?:[^"\\]|\\.){1,2000}"|'(?:[^'\\]|\\.){1,2000}'|[^\s"',;)}\]]{1,2000})/gi,
    `$1${MASK}`,
  ],
]

export function maskedLine(line: string): string {
  return MASKS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line)
}
