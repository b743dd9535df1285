/** A VPC of a folder, made in moto by AWS's API (server.py), and what the product says of it there. */
import { openLive } from '../../../src/aws/reader/live.ts'
import { preflight } from '../../../src/commands/preflight/preflight.ts'
import type { Report } from '../../../src/domain/report.ts'
import type { Case } from '../cases.ts'
import { startPython } from '../tools.ts'

const REGION = 'ap-northeast-2'
const KEYS = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_EC2_METADATA_DISABLED: 'true' }

/** The ids that moto gave, by those of the folder; or the operation that moto lacks. */
export type Made =
  | { readonly ids: Readonly<Record<string, string>> }
  | { readonly missing: string; readonly because: string }

export interface Moto {
  readonly url: string
  readonly make: (vpc: Case) => Promise<Made>
  /** All that it holds, list by list. */
  readonly recording: () => Promise<object>
  readonly judge: (vpc: Case) => Promise<Report>
  readonly stop: () => Promise<void>
}

export async function startMoto(): Promise<Moto> {
  Object.assign(process.env, KEYS)
  const { listen, ask, stop } = startPython(['__tests__/proof/moto/server.py'])
  const { url }: { url: string } = await listen()
  return {
    url,
    make: ({ folder }) => folder.onDisk((path) => ask({ folder: path })),
    recording: () => ask({ recording: true }),
    judge: ({ cluster, service }) =>
      preflight(
        { cluster, service, failOn: ['blocker'], ignore: [] },
        {
          reader: openLive({ region: REGION, endpoint: url, maxAttempts: 1 }),
          tool: { name: 'ecs-pull-guard', version: '0.0.0' },
        },
      ),
    stop,
  }
}
