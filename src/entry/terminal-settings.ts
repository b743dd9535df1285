/** What the environment says about how to write: colour, width. */

interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface Surroundings {
  readonly colour: boolean
  readonly columns: number
}

const UNKNOWN_WIDTH = 100

/** NO_COLOR (no-color.org) beats FORCE_COLOR, which beats what the terminal is. Colour only where standard output goes to one. */
export function surroundings(env: NodeJS.ProcessEnv, output: Output): Surroundings {
  const forced = env['FORCE_COLOR'] !== undefined && !['0', 'false'].includes(env['FORCE_COLOR'])
  const able = output.isTTY === true && env['TERM'] !== 'dumb' && env['FORCE_COLOR'] === undefined
  const columns = output.columns ?? Number.parseInt(env['COLUMNS'] ?? '', 10)
  return {
    colour: (env['NO_COLOR'] ?? '') === '' && (forced || able),
    columns: columns > 0 ? columns : UNKNOWN_WIDTH,
  }
}
