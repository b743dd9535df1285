/** The AppSpec file of CodeDeploy, with the revision that is deployed in the place of what stands there. */
import { UsageError } from '../../domain/usage-error.ts'
import { MEBIBYTE, readNamedFile, whyUnreadable } from '../../files/plain-file.ts'

/** CodeDeploy takes YAML as it takes JSON, so that the text stays as its author wrote it, and no parser of YAML is needed for one value. */
export interface AppSpec {
  readonly contentFor: (revision: string) => string
}

const MOST_BYTES = MEBIBYTE

/** Throws `UsageError` for a file that cannot be read, and for one without a `TaskDefinition`. */
export async function appSpecFrom(path: string): Promise<AppSpec> {
  const read = await readNamedFile(path, MOST_BYTES)
  if (!read.ok) {
    const why = whyUnreadable(read, MOST_BYTES)
    throw new UsageError({
      en: `The input "codedeploy-appspec" names the file ${path}, which ${why.en}: the service is deployed by CodeDeploy, which needs its AppSpec file.`,
      ko: `"codedeploy-appspec" 입력의 파일을 읽을 수 없습니다: ${path} (${why.ko}). CodeDeploy로 배포하는 서비스에는 AppSpec 파일이 필요합니다.`,
    })
  }
  const text = new TextDecoder().decode(read.bytes)
  const spec = /^\s*\{/.test(text) ? inJson(text) : inYaml(text)
  if (spec === null) throw withoutPlace(path)
  return spec
}

/** Every `TaskDefinition` among the properties of the resources, whatever its capitals. Null without one. */
function inJson(text: string): AppSpec | null {
  const parsed = parsedJson(text)
  const replaced = (revision: string): { readonly value: unknown; readonly count: number } => {
    let count = 0
    const walk = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(walk)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value).map(([key, own]) => {
          if (key.toLowerCase() !== 'taskdefinition') return [key, walk(own)]
          count += 1
          return [key, revision]
        }),
      )
    }
    return { value: walk(parsed), count }
  }
  if (parsed === undefined || replaced('').count === 0) return null
  return { contentFor: (revision) => JSON.stringify(replaced(revision).value) }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `TaskDefinition: VALUE` on a line of its own, in quotes or not, with a comment behind it or not. */
const LINE =
  /^(?<key>[ \t]*(?:- )?(?<quote>["']?)TaskDefinition\k<quote>[ \t]*:[ \t]+)(?:"[^"\n]*"|'[^'\n]*'|[^\s#"'{[|>&*!][^\n#]*?)(?<rest>[ \t]*(?:#[^\n]*)?)$/gim
/** What follows on further lines, or is none at all, is no value that could be replaced. */
const KEY = /^[ \t]*(?:- )?["']?TaskDefinition["']?[ \t]*:/gim

function inYaml(text: string): AppSpec | null {
  const unix = text.replaceAll('\r\n', '\n')
  const [lines, keys] = [unix.match(LINE) ?? [], unix.match(KEY) ?? []]
  if (lines.length === 0 || lines.length !== keys.length) return null
  return {
    contentFor: (revision) =>
      unix.replace(LINE, (...found) => {
        const { key, rest } = found.at(-1) as { readonly key: string; readonly rest: string }
        return `${key}"${revision}"${rest}`
      }),
  }
}

function withoutPlace(path: string): UsageError {
  return new UsageError({
    en: `The AppSpec file ${path} needs \`TaskDefinition: <TASK_DEFINITION>\` on a line of its own among the properties of its resource (JSON: as a member): the revision is put there.`,
    ko: `AppSpec 파일의 리소스 속성에 \`TaskDefinition: <TASK_DEFINITION>\` 줄이 필요합니다(JSON에서는 멤버). 배포할 개정을 그 자리에 넣습니다. 파일: ${path}`,
  })
}
