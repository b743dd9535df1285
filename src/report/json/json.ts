/** The report as the contract's JSON (section 4), prose in one language, keys in the contract's order. */
import type { Path } from '../../domain/path.ts'
import type { Finding, IgnoredFinding, Report, Unknown } from '../../domain/report.ts'
import { type AnyReport, isOfServices, type ServicesReport } from '../../domain/services-report.ts'
import type { Language } from '../../domain/text.ts'
import { headOf } from '../document/head.ts'
import { failingStepOf, overviewLine } from '../document/overview.ts'
import { jsonText } from '../text/untrusted.ts'
import { instantText, rolloutJson } from './rollout.ts'
import type { FindingJson, IgnoredJson, PathJson, ReportJson, ServicesReportJson, UnknownJson } from './shape.ts'

/** A whole document with a final newline. */
export function renderJson(report: AnyReport, language: Language): string {
  return `${jsonText(isOfServices(report) ? servicesJson(report, language) : reportJson(report, language))}\n`
}

/** Contract, section 6: several services of one run. */
export function servicesJson(report: ServicesReport, language: Language): ServicesReportJson {
  const { schemaVersion, tool, mode, verdict, enforced } = report
  const failingStep = failingStepOf(report)
  return {
    schemaVersion,
    tool: { name: tool.name, version: tool.version },
    mode,
    verdict,
    enforced,
    headline: overviewLine(report)[language],
    failingStep: failingStep && { id: failingStep.id, title: failingStep.title[language] },
    services: report.services.map((one) => reportJson(one, language)),
    missing: report.missing.map(({ service, because }) => ({ service, because: because[language] })),
  }
}

export function reportJson(report: Report, language: Language): ReportJson {
  const { schemaVersion, tool, mode, target, verdict, enforced, failingStep, forecast } = report
  return {
    schemaVersion,
    tool: { name: tool.name, version: tool.version },
    mode,
    target: {
      region: target.region,
      accountId: target.accountId,
      cluster: target.cluster,
      service: target.service,
      taskDefinition: target.taskDefinition,
    },
    verdict,
    enforced,
    ...(report.couldNotLook === undefined ? {} : { couldNotLook: report.couldNotLook }),
    headline: headOf(report).line[language],
    failingStep: failingStep && { id: failingStep.id, title: failingStep.title[language] },
    steps: report.steps.map(({ id, title, state }) => ({ id, title: title[language], state })),
    paths: report.paths.map((path) => pathJson(path, language)),
    findings: report.findings.map((finding) => findingJson(finding, language)),
    ignored: report.ignored.map((finding) => ignoredJson(finding, language)),
    unknowns: report.unknowns.map((unknown) => unknownJson(unknown, language)),
    forecast: forecast && {
      expectedFailedTasks: forecast.expectedFailedTasks,
      expectedMinutes: forecast.expectedMinutes,
      cleanMinutes: forecast.cleanMinutes,
      basis: forecast.basis.map((text) => text[language]),
    },
    readAt: instantText(report.readAt ?? null),
    ...(report.rollout === undefined ? {} : { rollout: rolloutJson(report.rollout, language) }),
  }
}

/** One entry of `paths`: what `trace` prints, too. */
export function pathJson(path: Path, language: Language): PathJson {
  const { from } = path
  return {
    from: {
      kind: from.kind,
      subnetId: from.subnetId,
      availabilityZone: from.availabilityZone,
      securityGroupIds: from.securityGroupIds,
      publicIp: from.publicIp,
    },
    destination: path.destination,
    host: path.host,
    port: path.port,
    neededBy: path.neededBy.map((text) => text[language]),
    via: { kind: path.via.kind, id: path.via.id },
    outcome: path.outcome,
    hops: path.hops.map(({ at, id, decision, why }) => ({ at, id, decision, why: why[language] })),
  }
}

export function findingJson(finding: Finding, language: Language): FindingJson {
  const { check, step, severity, subject, remedy } = finding
  return {
    check,
    step,
    severity,
    subject,
    title: finding.title[language],
    what: finding.what[language],
    why: finding.why[language],
    evidence: finding.evidence.map((text) => text[language]),
    affects: finding.affects.map(({ subnetId, destination }) => ({ subnetId, destination })),
    remedy: {
      console: remedy.console.map((text) => text[language]),
      cli: remedy.cli,
      terraform: remedy.terraform,
      changes: remedy.changes,
      verified: remedy.verified,
    },
    docs: finding.docs,
  }
}

function ignoredJson(finding: IgnoredFinding, language: Language): IgnoredJson {
  return { ...findingJson(finding, language), reason: finding.reason }
}

function unknownJson({ check, because, permission, matters, step }: Unknown, language: Language): UnknownJson {
  return { check, because: because[language], permission, matters, step }
}
