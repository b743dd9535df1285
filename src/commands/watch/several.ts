/**
 * Several services of a cluster, watched at the same time: each is a watch of its own, with its state, its tape and its end. What they
 * share is AWS: one pace for the polls of all, and one look at the network that they have in common.
 */

import { sharing } from '../../aws/gather/reading.ts'
import { paced } from '../../aws/reader/paced.ts'
import { reportOfServices } from '../../checks/engine/services.ts'
import type { Report } from '../../domain/report.ts'
import type { MissingService, ServicesReport } from '../../domain/services-report.ts'
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { headOf } from '../../report/document/head.ts'
import { VERDICTS } from '../../report/text/words.ts'
import { faultText } from '../error-message.ts'
import { preflightForWatch } from './background-preflight.ts'
import { replayWatch, watchRun } from './loop.ts'
import type { WatchDeps, WatchRequest } from './request.ts'
import { nameOf } from './requests.ts'
import { missingLine, type ServicesOnTape, servicesLine } from './services-tape.ts'

export interface SeveralDeps extends Omit<WatchDeps, 'tape' | 'prepare'> {
  /** Takes each line of the tape of a service, or of that of the whole (null), as it is made. */
  readonly tapeOf?: (service: string | null) => (line: string) => void
}

/** As many as a single watch may ask for on average while things move; of many services, each is still seen every ten seconds. */
const REQUESTS_PER_SECOND = { together: 2, each: 0.5 }

/** Throws what the first one throws where none of them could be watched. */
export async function watchServices(
  requests: readonly WatchRequest[],
  { tapeOf, ...deps }: SeveralDeps,
): Promise<ServicesReport> {
  const { clock, say, signal, tool } = deps
  const names = requests.map(({ service }) => nameOf(service))
  const tape = tapeOf?.(null)
  tape?.(servicesLine(names, clock.now()))
  const patientReader = deps.patientReader ?? deps.reader
  const requestsPerSecond = Math.max(REQUESTS_PER_SECOND.together, requests.length * REQUESTS_PER_SECOND.each)
  const reader = paced(deps.reader, { requestsPerSecond, clock, ...(signal === undefined ? {} : { signal }) })
  const network = sharing(patientReader)
  const watched = new Set(names)

  const watchOne = async (request: WatchRequest): Promise<Outcome> => {
    const service = nameOf(request.service)
    const tell = (line: Text) => say(of(service, line))
    let tries = 0
    try {
      const report = await watchRun(request, {
        ...deps,
        reader,
        patientReader,
        say: tell,
        // What failed is asked anew.
        prepare: () => preflightForWatch(request, { reader: tries++ === 0 ? network : patientReader, tool }),
        ...(tapeOf === undefined ? {} : { tape: tapeOf(service) }),
      })
      watched.delete(service)
      tell(ending(report, [...watched]))
      return { report }
    } catch (error) {
      const missing = { service, because: error instanceof UsageError ? error.text : faultText(error) }
      watched.delete(service)
      tell(missing.because)
      tape?.(missingLine(missing, clock.now()))
      return { missing, error }
    }
  }

  const outcomes = await Promise.all(requests.map(watchOne))
  const [first, ...others] = outcomes.flatMap((one) => ('report' in one ? one.report : []))
  const failed = outcomes.flatMap((one) => ('error' in one ? one : []))
  if (first === undefined) throw failed[0]?.error
  return reportOfServices(
    [first, ...others],
    failed.map(({ missing }) => missing),
  )
}

type Outcome = { readonly report: Report } | { readonly missing: MissingService; readonly error: unknown }

/** The same report from its tape and those of the services, of which `read` gives the text. Throws `UsageError` where none could be watched. */
export async function replayServices(
  { services, missing }: ServicesOnTape,
  read: (service: string) => Promise<string>,
): Promise<ServicesReport> {
  const there = services.filter((service) => missing.every((one) => one.service !== service))
  const [first, ...others] = await Promise.all(there.map(async (service) => replayWatch(await read(service))))
  if (first === undefined) throw new UsageError(missing[0]?.because ?? NOTHING_ON_TAPE)
  return reportOfServices([first, ...others], missing)
}

const NOTHING_ON_TAPE: Text = {
  en: 'The input "replay" names a tape without services.',
  ko: '"replay" 입력의 테이프에 서비스가 없습니다.',
}

function of(service: string, { en, ko }: Text): Text {
  return { en: `${service}: ${en}`, ko: `${service}: ${ko}` }
}

function ending(report: Report, others: readonly string[]): Text {
  const [verdict, { line }] = [VERDICTS[report.verdict], headOf(report)]
  const rest = others.join(', ')
  return {
    en: `Over: ${verdict.en}. ${line.en}${others.length === 0 ? '' : ` Still watched: ${rest}.`}`,
    ko: `관찰이 끝났습니다(${verdict.ko}). ${line.ko}${others.length === 0 ? '' : ` 계속 관찰하는 서비스: ${rest}`}`,
  }
}
