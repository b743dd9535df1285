/** Randomness that a seed and a name decide, so that the same scenario is the same story every time. */

export type Span = readonly [low: number, high: number]
type Key = string | number

/** From 0 up to, not including, 1. */
export function unit(seed: number, ...keys: readonly Key[]): number {
  return hash(`${seed}/${keys.join('/')}`) / 2 ** 53
}

export function between([low, high]: Span, seed: number, ...keys: readonly Key[]): number {
  return low + (high - low) * unit(seed, ...keys)
}

export function oneOf<T>(items: readonly T[], seed: number, ...keys: readonly Key[]): T | undefined {
  return items[Math.floor(unit(seed, ...keys) * items.length)]
}

/** So many characters of an alphabet of 64 letters at most, six for each draw. */
function characters(alphabet: string, length: number, seed: number, keys: readonly Key[]): string {
  let text = ''
  for (let draw = 0; text.length < length; draw += 1) {
    let value = hash(`${seed}/${keys.join('/')}/${draw}`)
    for (let left = 6; left > 0; left -= 1) {
      text += alphabet[value % alphabet.length]
      value = Math.floor(value / alphabet.length)
    }
  }
  return text.slice(0, length)
}

export function hex(length: number, seed: number, ...keys: readonly Key[]): string {
  return characters('0123456789abcdef', length, seed, keys)
}

/** A number as ECS gives deployments and revisions, without a leading zero. */
export function digits(length: number, seed: number, ...keys: readonly Key[]): string {
  return characters('123456789', 1, seed, ['first', ...keys]) + characters('0123456789', length - 1, seed, keys)
}

export function uuid(seed: number, ...keys: readonly Key[]): string {
  const text = hex(32, seed, ...keys)
  return [text.slice(0, 8), text.slice(8, 12), `4${text.slice(13, 16)}`, `8${text.slice(17, 20)}`, text.slice(20)].join(
    '-',
  )
}

/** The last part of a service deployment's ARN: 21 characters that fit into a URL. */
export function token(seed: number, ...keys: readonly Key[]): string {
  return characters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-', 21, seed, keys)
}

/** 53 bits of a text (cyrb53, public domain). */
function hash(text: string): number {
  let [one, other] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 2654435761)
    other = Math.imul(other ^ code, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return 4294967296 * (2097151 & other) + (one >>> 0)
}
