/** A rollout as the contract's JSON (section 6): times in ISO 8601, prose in one language; additions come last. */
import type { RolloutFailure, RolloutReport, Slow } from '../../domain/rollout.ts'
import type { Language } from '../../domain/text.ts'
import type { AdviceJson, FailureJson, RolloutJson, SlowJson } from './shape.ts'

export function rolloutJson(rollout: RolloutReport, language: Language): RolloutJson {
  return {
    phase: rollout.phase,
    hopeless:
      rollout.hopeless === null
        ? null
        : { since: instantText(rollout.hopeless.since), because: rollout.hopeless.because[language] },
    deploymentId: rollout.deploymentId,
    serviceDeploymentArn: rollout.serviceDeploymentArn,
    startedAt: instantText(rollout.startedAt),
    endedAt: instantText(rollout.endedAt),
    seconds: rollout.seconds,
    slow: slowJson(rollout.slow, language),
    tasks: {
      started: rollout.tasks.started,
      failed: rollout.tasks.failed,
      successRate: rollout.tasks.successRate,
    },
    bySubnet: rollout.bySubnet.map(({ subnetId, availabilityZone, started, failed, succeeded }) => ({
      subnetId,
      availabilityZone,
      started,
      failed,
      succeeded,
    })),
    failures: rollout.failures.map((failure) => failureJson(failure, language)),
    firstFailureSeenAt: instantText(rollout.firstFailureSeenAt),
    diagnosedAt: instantText(rollout.diagnosedAt),
    timeline: rollout.timeline.map(({ at, what, taskId, kind }) => ({
      at: instantText(at),
      what: what[language],
      taskId,
      kind,
    })),
    logs: rollout.logs.map(({ taskId, container, lines, missing }) => ({
      taskId,
      container,
      lines,
      missing: missing === null ? null : missing[language],
    })),
    because: rollout.because[language],
    byZone: rollout.byZone.map(({ availabilityZone, started, failed, succeeded }) => ({
      availabilityZone,
      started,
      failed,
      succeeded,
    })),
    suspicions: rollout.suspicions.map(({ taskId, subnetId, at, destination, cause, state }) => ({
      taskId,
      subnetId,
      at: instantText(at),
      destination,
      cause,
      state,
    })),
    phases: rollout.phases.map(({ phase, seconds }) => ({ phase, seconds })),
    looks: { taken: rollout.looks.taken, missed: rollout.looks.missed, calls: rollout.looks.calls },
    notes: rollout.notes.map((note) => note[language]),
    timelineLeftOut: rollout.timelineLeftOut,
    history: rollout.history.map(({ seconds, status, finishedAt }) => ({
      seconds,
      status,
      finishedAt: instantText(finishedAt),
    })),
    situations: rollout.situations.map(({ kind, since, until, what }) => ({
      kind,
      since: instantText(since),
      until: instantText(until),
      what: what[language],
    })),
    advice: adviceJson(rollout.advice ?? null, language),
    untriedSubnets: rollout.untriedSubnets ?? [],
    digests: (rollout.digests ?? []).map(({ container, wanted, running, same, image, tasks }) => ({
      container,
      wanted,
      running,
      same,
      image,
      tasks,
    })),
  }
}

function adviceJson(advice: NonNullable<RolloutReport['advice']> | null, language: Language): AdviceJson | null {
  return advice === null ? null : { what: advice.what[language], cli: advice.cli }
}

function slowJson({ is, because, phase, baselineSeconds, setting }: Slow, language: Language): SlowJson {
  return {
    is,
    because: because[language],
    phase,
    baselineSeconds,
    setting: setting === null ? null : setting[language],
  }
}

function failureJson(failure: RolloutFailure, language: Language): FailureJson {
  const { address } = failure
  return {
    taskId: failure.taskId,
    at: instantText(failure.at),
    subnetId: failure.subnetId,
    privateIp: failure.privateIp,
    label: failure.label,
    destination: failure.destination,
    address:
      address === null ? null : { ip: address.ip, port: address.port, is: address.is, endpointId: address.endpointId },
    text: failure.text,
    cause: failure.cause,
    confidence: failure.confidence,
    causeSubject: failure.causeSubject,
    step: failure.step,
    availabilityZone: failure.availabilityZone,
    container: failure.container,
    exitCode: failure.exitCode,
    transient: failure.transient,
    title: failure.title[language],
    why: failure.why[language],
    remedy: failure.remedy.map((one) => one[language]),
    notes: failure.notes.map((note) => note[language]),
  }
}

/** Without milliseconds where there are none. */
export function instantText(at: number | null): string | null {
  return at === null || !Number.isFinite(at) ? null : new Date(at).toISOString().replace('.000Z', 'Z')
}
