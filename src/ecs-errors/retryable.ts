/** Whether a later try may work with nothing changed. */
import type { Label } from './labels.ts'
import type { Reading } from './reading.ts'

const PASSES = new Set<Label>([
  'pull/rate-limited',
  'pull/registry-unavailable',
  'placement/capacity',
  'throttled',
  'spot',
  'internal-error',
])
/** The text does not tell: the cause stands elsewhere, or there is none. */
const UNTOLD = new Set<Label>([
  'pull/unspecified',
  'pull/pull-through-cache',
  'init/unspecified',
  'run/essential-exited',
  'health/elb',
  'health/container',
  'health/target-group',
  'placement/agent-disconnected',
  'placement/resources',
  'placement/unspecified',
  'deploy/failed',
  'deploy/crash-loop',
  'deploy/config-blocked',
  'deploy/lifecycle-hook',
  'rollback',
  'progress',
  'steady',
  'host/terminated',
  'unknown',
])

interface Exception {
  readonly labels: RegExp
  readonly when: (reading: Reading) => boolean
  readonly passes: boolean | null
}

/** The first that fits decides; after them the two lists; what is in neither needs a change. */
const EXCEPTIONS: readonly Exception[] = [
  {
    labels: /^pull\/network/,
    when: ({ dialled, answered, prose }) => dialled === null && !answered('networkAdvice') && isBare(prose),
    passes: null,
  },
  { labels: /^pull\/tls/, when: ({ prose }) => /handshake/.test(prose), passes: true },
  { labels: /^pull\/connection/, when: ({ prose }) => /\beof\b|reset|closed|broken pipe/.test(prose), passes: true },
  { labels: /^pull\/connection/, when: () => true, passes: null },
  {
    labels: /^pull\/auth/,
    when: ({ prose }) => /expired|(registry|ecr) credentials: not found/.test(prose),
    passes: true,
  },
  {
    labels: /^pull\/dns/,
    when: ({ prose, answered }) => answered('silent') || /misbehaving|temporary|\.\.\.$/.test(prose),
    passes: true,
  },
  {
    labels: /^pull\/unpack/,
    when: ({ prose }) =>
      /devicemapper|devmapper|hcsshim|unavailable|unexpected eof|re-exec|failed to prepare/.test(prose),
    passes: true,
  },
  { labels: /^pull\/unpack/, when: ({ prose }) => /mismatched|commit/.test(prose), passes: null },
  { labels: /^pull\/unspecified/, when: ({ prose }) => /unexpected status code/.test(prose), passes: true },
  {
    labels: /^init\/secrets-network|^init\/registry-auth-network/,
    when: ({ prose, answered }) => !answered('silent') && !answered('networkAdvice') && /\.\.\.$/.test(prose),
    passes: null,
  },
  { labels: /^init\/log-network/, when: ({ plain }) => /\.sock\b|dial unix/.test(plain), passes: true },
  {
    labels: /^init\/log-network/,
    when: ({ answered }) => !answered('networkAdvice') && !answered('silent'),
    passes: null,
  },
  { labels: /^init\/efs/, when: ({ prose }) => /connection reset/.test(prose), passes: true },
  {
    labels: /^init\/env-file/,
    when: ({ answered }) => !answered('denied') && !answered('missing') && !answered('silent'),
    passes: null,
  },
  { labels: /^init\/volume/, when: ({ prose }) => /ephemeral/.test(prose), passes: true },
  {
    labels: /^start\/host-fault/,
    when: ({ prose, answered }) => answered('diskFull') || /thin pool|already exists/.test(prose),
    passes: false,
  },
  { labels: /^start\/host-fault/, when: () => true, passes: true },
  {
    labels: /^start\/runtime-error/,
    when: ({ prose }) => !/no such (file|device)|unable to find user|invalid|denied/.test(prose),
    passes: null,
  },
  { labels: /^health\/elb/, when: ({ prose }) => /availability zone that is not enabled/.test(prose), passes: false },
  {
    labels: /^health\/target-group/,
    when: ({ prose }) => /target group is not found|target group .{0,40}does not exist/.test(prose),
    passes: false,
  },
  { labels: /^placement\/resources/, when: ({ prose }) => /\bports?\b/.test(prose), passes: false },
  {
    labels: /^placement\/eni/,
    when: ({ prose }) => /time-?out|netplugin|rate limit|timed out/.test(prose),
    passes: true,
  },
  { labels: /^placement\/eni/, when: ({ prose }) => /device index|internal/.test(prose), passes: null },
  { labels: /^placement\/quota/, when: ({ prose }) => /provisioning capacity limit/.test(prose), passes: true },
  { labels: /^iam\/role/, when: ({ prose }) => /configured ecs infrastructure role/.test(prose), passes: null },
  { labels: /^deploy\/config-blocked/, when: ({ prose }) => /percent/.test(prose), passes: false },
  {
    labels: /^deploy\/lifecycle-hook/,
    when: ({ prose, answered }) => /unable to assume/.test(prose) || answered('denied'),
    passes: false,
  },
  { labels: /^host\/terminated/, when: ({ prose }) => /deregistration forced/.test(prose), passes: false },
  {
    labels: /^host\/terminated/,
    when: ({ prose }) => /terminated|maintenance|retirement|underlying/.test(prose),
    passes: true,
  },
  { labels: /^internal-error/, when: ({ prose }) => !/internal/.test(prose), passes: null },
]

export function mayPass(label: Label, reading: Reading): boolean | null {
  for (const { labels, when, passes } of EXCEPTIONS) if (labels.test(label) && when(reading)) return passes
  if (PASSES.has(label)) return true
  return UNTOLD.has(label) ? null : false
}

/** No address, no URL: only that somebody gave up. */
function isBare(prose: string): boolean {
  return /redacted|dial tcp: i\/o|context cancell?ed\W*$/.test(prose)
}
