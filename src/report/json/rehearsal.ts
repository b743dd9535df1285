/** A rehearsal as the contract's JSON (section 10); additions come last. */
import type { Rehearsal } from '../../domain/rehearsal.ts'
import type { Language } from '../../domain/text.ts'
import type { RehearsalJson } from './shape.ts'

export function rehearsalJson(rehearsal: Rehearsal, language: Language): RehearsalJson {
  return {
    subnets: rehearsal.subnets.map((one) => ({
      subnetId: one.subnetId,
      availabilityZone: one.availabilityZone,
      outcome: one.outcome,
      pullSeconds: one.pullSeconds,
      label: one.label,
      text: one.text,
      predicted: one.predicted,
      agrees: one.agrees,
    })),
    vcpuSeconds: rehearsal.vcpuSeconds,
    removed: rehearsal.removed,
    leftovers: rehearsal.leftovers.map(({ what, because, cli }) => ({ what, because, cli })),
    because: rehearsal.because === null ? null : rehearsal.because[language],
    notes: rehearsal.notes.map((note) => note[language]),
  }
}
