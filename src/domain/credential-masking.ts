/** Hides what looks like a secret in log lines, and in what AWS and containers say, before anybody else sees them. Pure; nothing is looked up. */
import { maskPrivateKeys } from './private-keys.ts'

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
  // Vault, age, DigitalOcean, Shopify, Tailscale, Atlassian, Linear, Databricks, New Relic.
  /(?<![A-Za-z0-9])(?:hv[sbr]\.[\w-]{20,}|AGE-SECRET-KEY-1[A-Z0-9]{20,}|do[opr]_v1_[0-9a-f]{64}|shp(?:at|ca|pa|ss)_[0-9a-f]{32})/g,
  /(?<![A-Za-z0-9])(?:tskey-[a-z]+-[\w-]{16,}|ATATT3x[\w=-]{20,}|lin_api_\w{20,}|dapi[0-9a-f]{32}|NRAK-[A-Z0-9]{20,})/g,
  // A JSON Web Token (RFC 7519), signed or encrypted: its first part begins with `{"`. A long one without dots is what ECR hands out.
  /eyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*){1,3}/g,
  /(?<![A-Za-z0-9+/])eyJ[A-Za-z0-9+/_-]{120,}={0,2}/g,
]

/** A name that ends in one of these holds a secret; `max_tokens`, `tokenType` and `secretArn` do not. */
const NAME =
  '(?:pass(?:word|wd|phrase|code)|(?<=[_-])pass|pwd|secret(?:[-_ ]?access)?(?:[-_ ]?key)?(?:[-_ ]?base)?|(?:api|access|account|auth|encryption|private|shared|signing|storage)[-_ ]?key|token|(?<!\\w)_auth|credentials?|connection[-_ ]?string|비밀번호|암호)'
/** Between a name and its value; in a URL that is quoted, too. */
const IS = String.raw`[ \t]{0,4}(?:=>|:|=(?!>)|%3D)[ \t]{0,4}`
/** How sentences of a failure go on behind a colon: `get credentials: failed to refresh`, `anonymous token: unexpected status`. */
const SENTENCE =
  '(?:not|unexpected|failed|invalid|operation|server|the|unable|cannot|could|missing|expired|error|no) [a-z]'
/** Stands for no value, or for one that is hidden or named already. */
const NO_VALUE = String.raw`(?:${SENTENCE}|\*{3}|arn:|\$\{?[A-Za-z_]\w*\}?(?![^\s"',;&)}\]])|<[\w ]+>|\[[A-Z_ ]+\]|(?:null|none|nil|undefined|true|false|yes|no|include|omit|same-origin)\b)`

const IN_CONTEXT: readonly Rule[] = [
  // All of what follows the name of the header, whatever its scheme.
  {
    pattern:
      /(?<keep>\b(?:(?:proxy-)?authorization|(?:set-)?cookie|x-(?:api-key|auth-token|amz-security-token|vault-token))["']?[ \t]*[:=][ \t]*["']?(?:(?:basic|bearer|token|digest|negotiate|aws4-hmac-sha256)[ \t]+)?)(?!(?:[a-z][\w-]*[ \t]+)?\*{3}|headers?\b|server message\b)[^\s"'][^"'\r\n]*/gi,
  },
  { pattern: /(?<keep>\bbearer[ \t:]+)(?!\*\*\*)[\w.~+/=-]{12,}/gi },
  { pattern: /(?<keep>\bbasic[ \t]+)(?!\*\*\*)(?=[A-Za-z+/]*\d)[A-Za-z0-9+/]{12,}={0,2}/gi },
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
      /(?<keep>[?&;](?:x-amz-(?:signature|security-token|credential)|sig|signature|code(?!=\d{1,4}\b)|key|auth|[\w.-]{0,40}(?:token|secret|password|passwd|pwd|apikey|api_key|access_key))=)[^&#;\s"'<>]+/gi,
  },
  // "password": "a b", password='a b'
  {
    pattern: new RegExp(
      String.raw`(?<keep>${NAME}\\?["']?${IS}(?<quote>\\?["']))(?!${NO_VALUE}\k<quote>|\*{3}|arn:)(?:(?!\k<quote>)(?:\\[^\r\n]|[^\r\n]))+`,
      'gi',
    ),
  },
  // "name": "DB_PASSWORD", "value": "a b": how task definitions and manifests write a variable
  {
    pattern: new RegExp(
      String.raw`(?<keep>${NAME}(?<quote>\\?["']),[ \t]{0,4}(?:\\?["'])?value(?:\\?["'])?${IS}\k<quote>)(?!\*{3}|arn:)(?:(?!\k<quote>)(?:\\[^\r\n]|[^\r\n]))+`,
      'gi',
    ),
  },
  // PASSWORD=a, password: a, "password": 1; a name without a value behind it, and what is no value, stays.
  {
    pattern: new RegExp(
      String.raw`(?<!unexpected |invalid |missing |\d:)(?<keep>${NAME}(?:\\?["'])?${IS})(?!${NO_VALUE}|["'\\])[^\s"',;&)}\]]+`,
      'gi',
    ),
  },
  { pattern: new RegExp(String.raw`(?<keep><[\w:-]{0,40}${NAME}>)(?!\*{3})[^<\r\n]+(?=<)`, 'gi') },
  { pattern: new RegExp(String.raw`(?<keep>--?[\w-]{0,40}${NAME}[ \t]{1,4})(?![-*])[^\s"']+`, 'gi') },
  // password "a b", IDENTIFIED BY 'a b'
  {
    pattern:
      /(?<keep>\b(?:pass(?:word|phrase)(?:[ \t]+is)?|identified[ \t]+by)[ \t]+(?<quote>["']))(?!\*{3})(?:(?!\k<quote>)[^\r\n])+(?=\k<quote>)/gi,
  },
  // curl -u name:a, sshpass -p a, mysql -pa
  { pattern: /(?<keep>\bcurl\b[^\r\n]{0,300}?[ \t](?:-u|--user)[ \t=]{1,4}["']?[^\s:"']{1,100}:)(?!\*{3})[^\s"']+/gi },
  { pattern: /(?<keep>\bsshpass[ \t]+-p[ \t]{0,4}["']?)(?!\*{3})[^\s"']+/gi },
  { pattern: /(?<keep>\bmysql(?:dump|admin)?\b[^\r\n]{0,200}?[ \t]-p["']?)(?!\*{3})[^\s"']+/gi },
  // jdbc:oracle:thin:name/a@host
  { pattern: /(?<keep>\bjdbc:oracle:\w{1,10}:[^\s/@]{1,100}\/)(?!\*{3})[^\s@]+(?=@)/gi },
]

/** A secret access key has 40 characters and no prefix: mixed letters and digits tell it from a commit's hash. */
const SECRET_ACCESS_KEY = /(?:(?<=\*{3}\/)|(?<![A-Za-z0-9+/_.-]))[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/_.-])/g

/** One line or several; as many come back. */
export function maskSecrets(text: string): string {
  const withoutKeys = maskPrivateKeys(text.split('\n')).join('\n')
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

function isMixed(key: string): boolean {
  return /[a-z]/.test(key) && /[A-Z]/.test(key) && /\d/.test(key) && !/^[0-9a-f]+$/i.test(key)
}
