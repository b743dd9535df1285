/** Holds a failure against what preflight knows: which finding is behind it, and how far the evidence bears. */
import type { CheckId } from '../../domain/check-id.ts'
import type { Path } from '../../domain/path.ts'
import type { Finding } from '../../domain/report.ts'
import type { Confidence, SubnetCount } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { isNetworkFault, LABELS } from '../../ecs-errors/labels.ts'
import type { Message } from '../../ecs-errors/read-message.ts'
import { failsAlone } from '../counts.ts'
import * as say from './cause-words.ts'
import type { PreflightEvidence } from './preflight-evidence.ts'

export interface Cause {
  readonly cause: CheckId | null
  readonly causeSubject: string | null
  readonly confidence: Confidence
  readonly destination: string | null
  readonly endpointId: string | null
  readonly notes: readonly Text[]
}

/** Service names of interface endpoints end so (Amazon ECR User Guide, "Amazon ECR interface VPC endpoints"). */
const DESTINATION_OF_SERVICE: Readonly<Record<string, string>> = {
  'ecr.api': 'ecr-api',
  'ecr.dkr': 'ecr-dkr',
  // Before the shorter name that it ends in.
  'dkr.ecr-fips': 'ecr-dkr',
  'ecr-fips': 'ecr-api',
  s3: 's3-layers',
  logs: 'logs',
  secretsmanager: 'secretsmanager',
  ssm: 'ssm',
  kms: 'kms',
}

export function causeOf(
  { message, subnetId }: { readonly message: Message; readonly subnetId: string | null },
  preflight: PreflightEvidence | null,
  counts: readonly SubnetCount[],
): Cause {
  const endpoint = message.address === null ? null : (preflight?.endpoints[message.address.ip] ?? null)
  const destination = destinationBehind(endpoint?.serviceName ?? null, message.destination)
  const isAlone = failsAlone(counts, subnetId)
  const notes = [
    ...addressNotes(message, endpoint?.endpointId ?? null, endpoint?.serviceName ?? null),
    ...(isAlone && subnetId !== null ? [say.onlyHere(subnetId)] : []),
  ]
  const found =
    preflight === null
      ? null
      : isNetworkFault(LABELS[message.label]) || (message.label === 'unknown' && isAlone)
        ? ofPaths(preflight, subnetId, destination, isAlone)
        : ofFindings(preflight, message, subnetId)
  return {
    cause: found?.finding?.check ?? null,
    causeSubject: found?.finding?.subject ?? null,
    confidence: found?.confidence ?? (isAlone ? 'likely' : 'possible'),
    destination,
    endpointId: endpoint?.endpointId ?? null,
    notes: [...notes, ...(found?.notes ?? [])],
  }
}

/** The address is better evidence than the host that the text names. */
function destinationBehind(serviceName: string | null, named: string | null): string | null {
  if (serviceName === null) return named
  const known = Object.entries(DESTINATION_OF_SERVICE).find(([service]) => serviceName.endsWith(`.${service}`))
  if (known === undefined) return named
  return known[1] === 's3-layers' && named === 's3-env-files' ? named : known[1]
}

function addressNotes(message: Message, endpointId: string | null, serviceName: string | null): readonly Text[] {
  const { address, destination, label } = message
  if (address === null) return []
  if (endpointId !== null) return [say.endpointAddress(address.ip, endpointId, serviceName ?? '')]
  if (address.is === 's3' && LABELS[label].family === 'pull' && destination === 's3-layers')
    return [say.s3NotEcr(address.ip)]
  return []
}

interface Match {
  readonly finding: Finding | null
  readonly confidence: Confidence
  readonly notes: readonly Text[]
}

/** Text and path agree: proved. Only one of them points there: likely. Neither: possible at most. */
function ofPaths(
  { paths, findings }: PreflightEvidence,
  subnetId: string | null,
  destination: string | null,
  isAlone: boolean,
): Match | null {
  const own = paths.filter((path) => path.required && (subnetId === null || path.from.subnetId === subnetId))
  const exact = own.filter((path) => path.destination === destination)
  const blocked = exact.find(({ outcome }) => outcome === 'blocked')
  if (blocked !== undefined) {
    const finding = findingFor(findings, blocked)
    return {
      finding,
      confidence: finding === null || subnetId === null ? 'likely' : 'proved',
      notes: [say.blockedPath(blocked)],
    }
  }
  const partial = exact.find(({ outcome }) => outcome === 'intermittent')
  if (partial !== undefined) return { finding: findingFor(findings, partial), confidence: 'likely', notes: [] }
  // The agent hides the real host of a layer, and a text may be cut: then the one blocked path of the subnet speaks.
  const other = own.find(({ outcome }) => outcome === 'blocked')
  if (other !== undefined && (destination === null || isAlone || stands(destination, other.destination))) {
    return { finding: findingFor(findings, other), confidence: 'likely', notes: [say.blockedPath(other)] }
  }
  const unclear = exact.find(({ outcome }) => outcome === 'indeterminate' || outcome === 'degraded')
  if (unclear !== undefined)
    return { finding: findingFor(findings, unclear), confidence: isAlone ? 'likely' : 'possible', notes: [] }
  const open = exact[0]
  return open === undefined
    ? null
    : { finding: null, confidence: isAlone ? 'likely' : 'possible', notes: [say.openPath(open)] }
}

/** A pull that names the registry may have failed at the layers. */
function stands(named: string, blocked: string): boolean {
  return named === 'ecr-dkr' && blocked === 's3-layers'
}

/** The finding that says why a path is broken: a blocker before whatever else touches it. */
export function findingFor(findings: readonly Finding[], { from, destination }: Path): Finding | null {
  const behind = findings.filter(({ affects }) =>
    affects.some((one) => one.subnetId === from.subnetId && one.destination === destination),
  )
  return worstOf(behind)
}

function ofFindings(
  { findings }: PreflightEvidence,
  { label, destination }: Message,
  subnetId: string | null,
): Match | null {
  const checks: readonly string[] = LABELS[label].checks ?? []
  const near = findings.filter(
    ({ check, severity, affects }) =>
      severity !== 'advice' &&
      checks.includes(check) &&
      (affects.length === 0 || subnetId === null || affects.some((one) => one.subnetId === subnetId)),
  )
  const finding = worstOf(near)
  if (finding === null) return null
  const fits = finding.affects.length === 0 || finding.affects.some((one) => one.destination === destination)
  const confidence = finding.severity === 'blocker' ? (fits ? 'proved' : 'likely') : 'possible'
  return { finding, confidence, notes: [] }
}

function worstOf(findings: readonly Finding[]): Finding | null {
  return findings.find(({ severity }) => severity === 'blocker') ?? findings[0] ?? null
}
