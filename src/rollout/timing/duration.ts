/** A length of time as people say it: `15 min 38 s`. */
import type { Text } from '../../domain/text.ts'

export function durationText(seconds: number): Text {
  const whole = Math.max(0, Math.round(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  // Beside hours, seconds are noise.
  const parts: readonly (readonly [number, string, string])[] = [
    [hours, ' h', '시간'],
    [minutes, ' min', '분'],
    [hours > 0 ? 0 : rest, ' s', '초'],
  ]
  const said = parts.filter(([count]) => count > 0)
  const shown: typeof parts = said.length === 0 ? [[0, ' s', '초']] : said
  return {
    en: shown.map(([count, unit]) => `${count}${unit}`).join(' '),
    ko: shown.map(([count, , unit]) => `${count}${unit}`).join(' '),
  }
}
