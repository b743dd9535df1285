/** The words by which docker, containerd, the AWS SDKs and the ECS agents say how a call was answered. */

/** Looked for in the prose of a message, where names are hidden. Alternatives of fixed length only: linear time on any text. */
const ANSWERS = {
  /** Nobody answered. */
  silent:
    /i\/o time-?out|request cancell?ed|requestcancell?ed|client\.timeout|context deadline|deadline exceeded|context cancell?ed|connection (attempt )?(failed because|timed out|timeout)|connect(ion)? time(d ?| ?-?)out|operation timed out|read timed out|time-?out exceeded|statuscode: 0\b|no route to host|network is unreachable|awaiting (response )?headers|net\/http: timeout|unable to connect to|could not connect to|host is down|failed to connect/,
  /** The helper was killed while it waited. */
  killed: /signal: killed/,
  /** AWS's own guess that the network is at fault; a definite answer elsewhere in the text outweighs it. */
  networkAdvice:
    /connection issue|check your (task |task's |host )?network configuration|exceeded maximum number of attempts/,
  refused:
    /connection refused|connection reset|\beof\b|broken pipe|actively refused|forcibly closed|closed (network )?connection|connection (was )?closed|server closed/,
  unresolved:
    /no such host|server misbehaving|\blookup \S|could not resolve|couldn't resolve|failed to resolve "?'?fs-|name resolution|name or service not known|nxdomain|dns (lookup|resolution)/,
  tls: /tls handshake|x509|certificate|http response to https|\btls: /,
  denied:
    /access ?-?denied ?exception|accessdenied|not authorized|unauthorized|\b40[13] |\b40[13]$|forbidden|no basic auth|token (has |is |was )?(expired|invalid)|tokens? included in the request is (expired|invalid)|expiredtoken|incorrect username or password|authentication failed|login failed|access to kms|unrecognizedclient|nocredentialproviders|no valid (providers|credential)|no ec2 imds role|can't decrypt|decryptionfailure|not allowed to access|failed to (refresh|retrieve) (cached )?credentials|invalid credentials|wrong credentials|explicit deny|no (identity|resource)-based policy|kmsaccessdenied|insufficient (iam )?permissions|missing permissions|does(n't| not) have (the )?(required |necessary )?permission|code = permissiondenied|access denied/,
  missing:
    /not found|notfound(exception)?|(manifest|name|blob|tag) unknown|does(n't| not) exist|no longer exists|no such (image|repository|manifest)|can(')?t find|cannot find|could(n't| not) be found|unable to find|\b404\b/,
  throttled:
    /too ?many ?requests|\b429\b|rate exceeded|rate limit|rate-limit|throttl|data limit exceeded|requestlimitexceeded|slow ?down/,
  down: /\b50[234]\b|: 500\b|status:? 5\d\d|internal server error|bad gateway|service unavailable|gateway time-?out|no (available )?registry endpoint|reach any registry endpoint|registry is (down|unavailable)/,
  diskFull:
    /no space left|disk quota exceeded|not enough (disk )?space|enospc|disk is full|insufficient (disk|storage) space|no free space|free data blocks which is less than/,
  malformed:
    /invalid character|did not contain json|json key|unmarshal|invalid json|not valid json|unexpected end of json|parse.{0,20}json/,
} as const satisfies Record<string, RegExp>

export type Answer = keyof typeof ANSWERS

export type Answers = (answer: Answer) => boolean

/** Docker puts its own status before every error of its API; only 404 says anything about the registry. */
const DOCKER_STATUS = /api error \((?!404)\d{3}\):?/g

export function answersIn(prose: string): Answers {
  const said = prose.replace(DOCKER_STATUS, 'api error:')
  const seen = new Map<Answer, boolean>()
  return (answer) => {
    const before = seen.get(answer)
    if (before !== undefined) return before
    const now = ANSWERS[answer].test(said)
    seen.set(answer, now)
    return now
  }
}
