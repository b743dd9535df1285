/** Hides what looks like a secret in log lines, before anybody else sees them. Pure; nothing is looked up. */

const MASK = '***'

interface Rule {
  readonly pattern: RegExp
  /** What stays; the group `keep` by default. */
  readonly replacement?: string
}

/** As their issuers write them: a prefix of their own makes them certain. */
const TOKENS: readonly RegExp[] = [
  // AWS: long-term and temporary access keys (IAM User Guide, Unique ID prefixes), session tokens by how they begin.
  /(?<![A-Za-z0-9])A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9+/])(?:IQoJ|FwoG|FQoG|AQoD)[A-Za-z0-9+/=_-]{60,}/g,
  // GitHub, GitLab, Slack, npm, PyPI, Docker Hub, Google, Stripe, SendGrid, Hugging Face, OpenAI and Anthropic.
  /(?<![A-Za-z0-9])(?:gh[pousr]_\w{30,}|github_pat_\w{22,}|gl(?:pat|ptt|dt|rt|cbt|soat)-[\w.-]{20,})/g,
  /(?<![A-Za-z0-9])(?:xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,}|dckr_[a-z]+_[\w-]{20,})/g,
  /(?<![A-Za-z0-9])(?:AIza[\w-]{35}|ya29\.[\w.-]{20,}|GOCSPX-[\w-]{20,}|[sr]k_(?:live|test)_\w{16,}|whsec_\w{20,})/g,
  /(?<![A-Za-z0-9])(?:SG\.[\w-]{16,}\.[\w-]{16,}|hf_[A-Za-z0-9]{30,}|sk-(?:ant-|proj-)?[\w-]{20,})/g,
  // A JSON Web Token (RFC 7519), signed or encrypted: its first part begins with `{"`.
  /eyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*){1,3}/g,
]

/** A name that ends in one of these holds a secret; `max_tokens`, `tokenType` and `secretArn` do not. */
const NAME =
  '(?:pass(?:word|wd|phrase|code)|pwd|secret(?:[-_ ]?access)?(?:[-_ ]?key)?|(?:api|access|account|auth|encryption|private|shared|signing|storage)[-_ ]?key|token|credentials?|connection[-_ ]?string)'

const IN_CONTEXT: readonly Rule[] = [
  // All of what follows the name of the header, whatever its scheme.
  {
    pattern:
      /(?<keep>\b(?:(?:proxy-)?authorization|(?:set-)?cookie|x-(?:api-key|auth-token|amz-security-token|vault-token))["']?[ \t]*[:=][ \t]*["']?(?:(?:basic|bearer|token|digest|negotiate|aws4-hmac-sha256)[ \t]+)?)(?!(?:[a-z][\w-]*[ \t]+)?\*{3})[^\s"'][^"'\r\n]*/gi,
  },
  { pattern: /(?<keep>\bbearer[ \t]+)(?!\*\*\*)[\w.~+/=-]{12,}/gi },
  { pattern: /(?<keep>\bhooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]+/gi },
  { pattern: /(?<keep>\b(?:discord|discordapp)\.com\/api\/webhooks\/\d+\/)[\w-]+/gi },
  // The password of a URL may hold an @ or a /; a port with a path behind it is none.
  {
    pattern:
      /(?<keep>:\/\/[^\s:/?#@"'<>]{0,200}:)(?!\d{1,5}[/?#])[^\s"'<>@]{1,500}(?:@[^\s"'<>@,]{1,500})*@(?=[\w[.-])/g,
    replacement: `$<keep>${MASK}@`,
  },
  { pattern: /(?<keep>:\/\/)[A-Za-z0-9_.~%+-]{16,500}@(?=[\w[.-])/g, replacement: `$<keep>${MASK}@` },
  {
    pattern:
      /(?<keep>[?&;](?:x-amz-(?:signature|security-token|credential)|sig|signature|code|key|auth|[\w.-]{0,40}(?:token|secret|password|passwd|pwd|apikey|api_key|access_key))=)[^&#\s"'<>]+/gi,
  },
  // "password": "a b", password='a b'
  {
    pattern: new RegExp(
      String.raw`(?<keep>${NAME}\\?["']?[ \t]{0,4}(?:=>|:|=(?!>))[ \t]{0,4}(?<quote>\\?["']))(?!\*{3}|arn:)(?:(?!\k<quote>)(?:\\[^\r\n]|[^\r\n]))+`,
      'gi',
    ),
  },
  // PASSWORD=a, password: a, --password a; a name without a value behind it, and what is no value, stays.
  {
    pattern: new RegExp(
      String.raw`(?<!unexpected |invalid |missing |\d:)(?<keep>${NAME}(?:[ \t]{0,4}(?:=>|:|=(?!>))[ \t]{0,4}))(?!\*{3}|arn:|["'\\]|(?:null|none|nil|undefined|true|false)\b)[^\s"',;&)}\]]+`,
      'gi',
    ),
  },
  { pattern: new RegExp(String.raw`(?<keep>--?[\w-]{0,40}${NAME}[ \t]{1,4})(?![-*])[^\s"']+`, 'gi') },
]

/** A secret access key has 40 characters and no prefix: mixed letters and digits tell it from a commit's hash. */
const SECRET_ACCESS_KEY = /(?<![A-Za-z0-9+/=_.-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_.-])/g

/** To its last line; without one, as far as lines look like a key. */
const PRIVATE_KEY =
  /-----BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?! \*{3})(?:[\s\S]{0,20000}?-----END[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:(?:\\[rn]|\s){0,8}[A-Za-z0-9+/=]{16,})*)/g

/** One line or several; as many come back. */
export function maskSecrets(text: string): string {
  const withoutKeys = text.replace(PRIVATE_KEY, maskedBlock)
  const withoutTokens = TOKENS.reduce((rest, pattern) => rest.replace(pattern, MASK), withoutKeys)
  const inContext = IN_CONTEXT.reduce(
    (rest, { pattern, replacement = `$<keep>${MASK}` }) => rest.replace(pattern, replacement),
    withoutTokens,
  )
  return inContext.replace(SECRET_ACCESS_KEY, (key) => (isMixed(key) ? MASK : key))
}

/** Lines of one log: a private key is hidden to its last line. */
export function maskSecretLines(lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  return maskSecrets(lines.map((line) => line.replaceAll('\n', ' ')).join('\n')).split('\n')
}

function maskedBlock(block: string): string {
  return block
    .split('\n')
    .map((_, at) => (at === 0 ? `-----BEGIN PRIVATE KEY----- ${MASK}` : MASK))
    .join('\n')
}

function isMixed(key: string): boolean {
  return /[a-z]/.test(key) && /[A-Z]/.test(key) && /\d/.test(key) && !/^[0-9a-f]+$/i.test(key)
}
