/** Is a finding's remedy enough? The facts are mended as its commands would, and the paths judged again. */
import type { Network } from '../../domain/network.ts'
import type { Fault, Path } from '../../domain/path.ts'
import type { Finding } from '../../domain/report.ts'
import { mend } from './mend.ts'

/** `rejudge`: the paths of the same service over another network. */
export function verifyRemedies(
  findings: readonly Finding[],
  network: Network,
  rejudge: (network: Network) => readonly Path[],
): readonly Finding[] {
  return findings.map((finding) =>
    isMended(finding, network, rejudge) ? { ...finding, remedy: { ...finding.remedy, verified: true } } : finding,
  )
}

/** True when no path that the finding affects is stopped by a fault of its kinds any more. Another cause may still stop it. */
function isMended(
  { faults = [], affects }: Finding,
  network: Network,
  rejudge: (network: Network) => readonly Path[],
): boolean {
  if (faults.length === 0) return false
  const mended = mend(network, faults)
  if (mended === null) return false
  const causes = new Set(faults.map(causeOf))
  const affected = new Set(affects.map(({ subnetId, destination }) => `${subnetId} ${destination}`))
  return rejudge(mended)
    .filter((path) => affected.has(`${path.from.subnetId} ${path.destination}`))
    .every((path) => path.hops.every((hop) => hop.fault === undefined || !causes.has(causeOf(hop.fault))))
}

/** Kind and place: two faults of one ACL, group, table or endpoint are one cause. */
function causeOf(fault: Fault): string {
  const places: Partial<Record<string, unknown>> = { ...fault }
  const place = places['networkAclId'] ??
    places['routeTableId'] ??
    places['groupIds'] ??
    places['endpointId'] ?? [places['vpcId'], places['service']]
  return `${fault.kind} ${String(place)}`
}
