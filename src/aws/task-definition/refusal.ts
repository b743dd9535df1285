/** One sentence for a task-definition file that cannot be registered: the input, the file, the line, the place, the rule. */
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { jsonValues } from '../../report/source-lines/json-scalars.ts'
import type { Fault } from './fault.ts'

/** Finds the line of a place such as `containerDefinitions[0].image`; null in a text that is no JSON. */
export type LineOf = (path: string) => number | null

/** The line of the place itself, or, of what is missing, of that which should hold it. */
export function linesIn(text: string): LineOf {
  const lines = new Map<string, number>()
  for (const { path, line } of jsonValues(text)) {
    const bare = path.replace(/^taskDefinition(?:\.|$)/, '')
    if (!lines.has(bare)) lines.set(bare, line)
  }
  return (path) => {
    for (let steps = stepsOf(path); ; steps = steps.slice(0, -1)) {
      const line = lines.get(steps.join('.'))
      if (line !== undefined || steps.length === 0) return line ?? null
    }
  }
}

/** `a[0].b["c.d"]` → a, 0, b, c.d */
function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|[^.[\]$]+/g)].map(([step, quoted]) =>
    quoted === undefined ? step : String(JSON.parse(`"${quoted}"`)),
  )
}

/** Beside the first fault, places of the others are named up to this many. */
const OTHERS = 5

/** `faults`: their paths as they are in the file. */
export function refusedByEcs(file: string, faults: readonly [Fault, ...Fault[]], lineOf: LineOf): UsageError {
  const [{ path, rule }, ...others] = faults
  const at = placeText(path, lineOf(path))
  const rest = others.slice(0, OTHERS).map((one) => placeText(one.path, lineOf(one.path)))
  const left = others.length - rest.length
  const more: Text =
    others.length === 0
      ? { en: '', ko: '' }
      : {
          en: ` Further places: ${rest.map(({ en }) => en).join('; ')}${left > 0 ? `; and ${left} more` : ''}.`,
          ko: ` 다른 위치: ${rest.map(({ ko }) => ko).join('; ')}${left > 0 ? ` 외 ${left}개` : ''}`,
        }
  return new UsageError({
    en: `The input "task-definition" names the file ${file}, which ECS would refuse: ${at.en} ${rule.en}.${more.en}`,
    ko: `"task-definition" 입력의 파일을 ECS가 거부합니다. 파일: ${file}, 위치: ${at.ko}, 규칙: ${rule.ko}.${more.ko}`,
  })
}

function placeText(path: string, line: number | null): Text {
  return line === null ? { en: path, ko: path } : { en: `line ${line}, ${path}`, ko: `${line}번째 줄의 ${path}` }
}

/** For a file that is JSON and nothing more. `why` completes "the file …, which". */
export function unusable(file: string, why: Text): UsageError {
  return new UsageError({
    en: `The input "task-definition" names the file ${file}, which ${why.en}.`,
    ko: `"task-definition" 입력의 파일을 사용할 수 없습니다: ${file} (${why.ko})`,
  })
}

/** A file that does not begin as JSON does, and whose first words are a key. */
export function notJson(file: string, text: string, line: number, column: number): UsageError {
  if (/^\s*(?:#[^\n]*\n\s*|---[^\n]*\n\s*)*[A-Za-z]\w*[ \t]*:(?:\s|$)/.test(text)) {
    return new UsageError({
      en: `The input "task-definition" names the file ${file}, which is YAML, and a task definition is taken as JSON: convert it, with \`yq -o=json\` for instance.`,
      ko: `"task-definition" 입력의 파일이 YAML입니다. 태스크 정의는 JSON 파일이어야 합니다. 파일: ${file} (변환 예: \`yq -o=json\`)`,
    })
  }
  return new UsageError({
    en: `The input "task-definition" names the file ${file}, which is not JSON: see line ${line}, column ${column}.`,
    ko: `"task-definition" 입력의 파일이 올바른 JSON 형식이 아닙니다. 파일: ${file}, 줄: ${line}, 열: ${column}`,
  })
}
