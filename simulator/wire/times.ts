/** Times: the AWS CLI prints ISO 8601 with an offset; XML carries it in UTC, JSON carries seconds since 1970. */

/** A text that is no time, and a number (epoch seconds already), pass as they are. */
export function epochSeconds(value: unknown): unknown {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? value : ms / 1000
}

/** `2026-11-20T00:00:00.000Z`; a number is taken for epoch seconds. */
export function isoTime(value: string): string {
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value)
  return Number.isNaN(ms) ? value : new Date(ms).toISOString()
}
