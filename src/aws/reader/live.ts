/** Answers from AWS itself: every page, in as many requests as AWS's limits demand, all of them at once. */
import { type Answer, known, together, unread } from '../../domain/answer.ts'
import { type Call, isListOf, isLoose, type Loose, type Query, type QueryKey, type RawAnswer } from '../calls/call.ts'
import { type Connection, type ConnectionOptions, connect } from './connection.ts'
import { type Ailment, ailmentIn, isAbort, toUnread, troubleText } from './live-errors.ts'
import type { Reader } from './reader.ts'

export interface LiveOptions extends ConnectionOptions {
  /** Of the run: where credentials were looked for. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** Opens AWS for reading. Nothing is sent before the first read. */
export function openLive(options: LiveOptions): Reader {
  return readerOver(connect(options), options.env)
}

/** The same over a connection that is open already. */
export function readerOver(connection: Connection, env: LiveOptions['env'] = {}): Reader {
  const meter = { calls: 0, answered: 0, rounds: 0 }
  let reading = 0
  let trouble: { readonly ailment: Ailment; readonly detail: string } | undefined

  async function read<Item>(call: Call<Item>, query: Query = {}): Promise<Answer<readonly Item[]>> {
    const requests = requestsFor(call as Call<unknown>, query)
    if (requests.length === 0) return known([])
    // Reads that begin while others are under way are one round with them.
    if (reading === 0) meter.rounds += 1
    reading += 1
    try {
      const region = placeOf(call as Call<unknown>, query)
      const answers = await Promise.all(requests.map((request) => readPages(call as Call<unknown>, request, region)))
      return together(answers) as Answer<readonly Item[]>
    } finally {
      reading -= 1
    }
  }

  async function readPages(call: Call<unknown>, request: Loose, region: string | undefined): Promise<RawAnswer> {
    const items: unknown[] = []
    const seen = new Set<string>()
    let before = ''
    let input: Loose | null = request
    while (input !== null) {
      const page = await ask(call, input, region)
      if (!page.known) return page
      const [answer] = page.value
      const own = call.list === null ? [answer] : answer[call.list]
      if (!isListOf(call, own)) return unread('garbled', call.permission, `${call.operation}: ${call.list}`)
      for (const item of own) items.push(item)
      const next: Loose | null = call.next(answer)
      const token = JSON.stringify(next)
      const content = (next === null && before === '') || own.length === 0 ? '' : JSON.stringify(own)
      // AWS's tokens and things differ from page to page; an endless list is no answer.
      if (seen.has(token) || (content !== '' && content === before))
        return unread('garbled', call.permission, `${call.operation}: the same page twice`)
      if (seen.size === call.mostPages)
        return unread('garbled', call.permission, `${call.operation}: pages without end`)
      seen.add(token)
      before = content
      input = next === null ? null : { ...request, ...next }
    }
    return known(items)
  }

  async function ask(call: Call<unknown>, input: Loose, region: string | undefined): Promise<Answer<readonly [Loose]>> {
    meter.calls += 1
    try {
      const answer = await connection.send(call.service, call.operation, input, region)
      if (isOfNobody(answer)) throw new SyntaxError('an answer without a request id')
      // Who asks is told to anybody: an answer of STS shows that the credentials are good, and nothing more.
      if (call.service !== 'sts') meter.answered += 1
      return isLoose(answer) ? known([answer]) : unread('garbled', call.permission, call.operation)
    } catch (error) {
      if (isAbort(error)) throw error
      const missing = toUnread(error, call)
      // What ails every call is told before what ails one.
      if (trouble === undefined || trouble.ailment === 'other')
        trouble = { ailment: ailmentIn(error), detail: missing.detail }
      if (missing.because === 'not-found') meter.answered += 1
      if (missing.because === 'not-found' && call.goneIsNone)
        return known([call.list === null ? {} : { [call.list]: [] }])
      return missing
    }
  }

  return {
    source: 'aws',
    region: connection.region,
    read,
    meter: () => ({ ...meter }),
    expect: connection.expect,
    trouble: () =>
      troubleText(trouble?.ailment ?? 'other', { region: connection.region, detail: trouble?.detail ?? '', env }),
  }
}

/** The Region that a query names to be asked, where it names one. */
function placeOf(call: Call<unknown>, query: Query): string | undefined {
  const named = Object.entries(query).find(([key]) => call.by[key as QueryKey]?.place)
  return named?.[1][0]
}

/** The requests of a query, each with no more values than AWS takes; none where the query asks for nothing. */
function requestsFor(call: Call<unknown>, query: Query): readonly Loose[] {
  let requests: readonly Loose[] = [call.always]
  for (const [key, values] of Object.entries(query)) {
    const by = call.by[key as QueryKey]
    if (by === undefined) throw new TypeError(`${call.operation} cannot be asked by ${key}`)
    const chunks = Array.from({ length: Math.ceil(values.length / by.chunk) }, (_, index) =>
      values.slice(index * by.chunk, (index + 1) * by.chunk),
    )
    requests = requests.flatMap((request) => chunks.map((chunk) => merged(request, by.input(chunk))))
  }
  return requests
}

/** Filters add up, every other parameter stands alone. */
function merged(request: Loose, piece: Loose): Loose {
  const lists = Object.entries(piece).map(([key, value]) => {
    const before = request[key]
    return [key, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value]
  })
  return { ...request, ...Object.fromEntries(lists) }
}

/** AWS names every answer. What XML is read from may be any page: a proxy's login, which then looks like an answer of nothing. */
function isOfNobody(answer: unknown): boolean {
  if (!isLoose(answer)) return false
  const { $metadata: metadata, ...members } = answer
  return isLoose(metadata) && metadata['requestId'] === undefined && Object.keys(members).length === 0
}
