/** Every case whose report has a repair that is known to be enough: measured VPCs and services from public reports. */
import type { Report } from '../../../src/domain/report.ts'
import { type Case, fieldCases, measuredVpcs } from '../cases.ts'
import { isOfNetwork, judge } from '../judge.ts'

export interface Broken {
  readonly one: Case
  readonly report: Report
}

export async function brokenCases(): Promise<readonly Broken[]> {
  const all: Broken[] = []
  for (const one of [...measuredVpcs, ...fieldCases]) {
    const report = await judge(one, one.folder)
    if (report.repairs?.[0] !== undefined) all.push({ one, report })
  }
  return all
}

/** Both scripts do something. */
export function isEnough({ report }: Broken): boolean {
  return report.repairs?.[0]?.verified === true
}

/** Its network is broken. */
export function isBrokenNetwork({ report }: Broken): boolean {
  return report.findings.some((finding) => finding.severity === 'blocker' && isOfNetwork(finding))
}

/** What a shell cannot take back, and why. unfix.sh says so, takes the rest back, and says that this stays. */
export const STAYS: Readonly<Record<string, string>> = {
  'vpc/19': 'the endpoint that was deleted had been rejected: none is made rejected',
  'vpc/33': 'the route was a black hole of a NAT gateway that is gone; it becomes one of the new NAT gateway',
  'field/group-deleted': 'the service named a security group that does not exist',
  'field/ec2-static-port': 'percentages that a deployment cannot start with',
  'field/deadlock-with-tasks': 'percentages that a deployment cannot start with',
  'field/deadlock-first-task': 'percentages that a deployment cannot start with',
  'field/task-role-trusts-ec2': 'the trust policy as it was written is not among the facts',
  'field/task-role-account-condition': 'the trust policy as it was written is not among the facts',
  'field/ebs-role-trusts-tasks': 'the trust policy as it was written is not among the facts',
  'field/blue-green-hook-role': 'the trust policy as it was written is not among the facts',
  'field/blue-green-load-balancer-role': 'the trust policy as it was written is not among the facts',
  'field/deploying-inactive-revision': 'a revision stays registered, and the former one cannot be deployed',
  'field/deploying-revision-being-deleted': 'a revision stays registered, and the former one cannot be deployed',
  'field/windows-half-a-vcpu': 'a revision stays registered, and the former one cannot be deployed',
  'field/windows-quarter-vcpu': 'a revision stays registered, and the former one cannot be deployed',
  'field/blue-green-alternate-group-gone': 'the service named a target group that does not exist',
  'field/blue-green-alternate-group-instance': 'the service named a target group that it cannot use',
  'field/key-pending-deletion': 'a key whose deletion was cancelled is not scheduled for it again',
}

/** The first repair rests on what nobody could see: the scripts make nothing, and say so. */
export const RESTS_ON_UNKNOWN: readonly string[] = [
  'vpc/37',
  'field/nat-instance-group-closed',
  'field/ipv6-only-without-way-out',
  'field/ipv6-only-acl',
  'field/internet-firewall-bidirectional',
]
