/** `simulate`: a snapshot folder, or a scenario, served as AWS on loopback. */
import { answerFiles, jsonFilesIn } from '../aws/reader/folder-files.ts'
import { decodeText } from '../aws/reader/json-text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { MEBIBYTE } from '../files/plain-file.ts'
import type { ExitCode } from '../inputs/commands.ts'
import { labelOf } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import { namedJson } from './named-file.ts'

/** Thousands of subnets and deeds. */
const LARGEST_SCENARIO = MEBIBYTE

/** Resolves once it was interrupted. `print` takes a line of output. */
export async function simulate(values: Values, print: (line: string) => void): Promise<ExitCode> {
  const { snapshot: folder, scenario, speed } = values
  if (folder === null && scenario === null) {
    throw new UsageError({
      en: '`simulate` needs the folder to serve, a scenario to play, or both: `ecs-pull-guard simulate DIR --scenario FILE`.',
      ko: '제공할 폴더나 재생할 시나리오를 지정해야 합니다: `ecs-pull-guard simulate DIR --scenario FILE`',
    })
  }
  const { scenarioOf, serveFolder } = await import('../../simulator/serve.ts')
  const written = scenario === null ? null : await namedJson(labelOf('scenario', 'cli'), scenario, LARGEST_SCENARIO)
  const playing = scenario === null ? {} : { scenario: scenarioOf(written, scenario), speed }
  const served = folder === null ? {} : { folder, files: await filesIn(folder) }
  try {
    await serveFolder({
      ...served,
      ...playing,
      port: values.port,
      latencyMs: values.latency,
      ...(values['page-size'] === null ? {} : { pageSize: values['page-size'] }),
      language: values.language,
      print,
    })
  } catch (error) {
    throw isPortTaken(error) ? portTaken(values.port) : error
  }
  return 0
}

/** Read as a preflight reads them: a folder may come from anybody. */
async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const paths = await jsonFilesIn(folder)
  const bytesOf = answerFiles(folder)
  return Object.fromEntries(paths.map((path) => [path, decodeText(bytesOf(path))]))
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}

function portTaken(port: number): UsageError {
  return new UsageError({
    en: `\`--port\` takes a port that is free, and ${port} is not; 0 takes any.`,
    ko: `사용할 수 없는 포트입니다: \`--port\` = ${port} (0을 지정하면 비어 있는 포트를 사용합니다)`,
  })
}
