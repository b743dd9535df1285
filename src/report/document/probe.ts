/** What was tried from inside the tasks: each host beside what preflight had said of it, and what could not be tried. */
import { grouped } from '../../domain/collections.ts'
import type { Connect, NotProbed, ProbeAttempt, ProbeReport, ResolvedTo } from '../../domain/probe.ts'
import type { Report } from '../../domain/report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { OUTCOME_WORDS, WORDS } from '../text/words.ts'
import { type Block, code, field, type Head, list, type Section, type Span, section, table, text } from './blocks.ts'
import type { Sign } from './signs.ts'

const PROBE_WORDS = {
  title: { en: 'From inside the tasks', ko: '태스크 안에서 시험한 결과' },
  destination: { en: 'Destination', ko: '대상' },
  address: { en: 'Address', ko: '주소' },
  connection: { en: 'Connection', ko: '연결' },
  foretold: { en: 'Preflight said', ko: 'preflight 판정' },
  otherwise: { en: 'otherwise', ko: '판정과 다름' },
  settled: { en: 'now known', ko: '이제 확인됨' },
  notProbed: { en: 'Could not be tried', ko: '시험하지 못한 곳' },
  switchOn: { en: 'What to switch on', ko: '켜야 할 것' },
  withoutTls: { en: 'without TLS', ko: 'TLS 제외' },
} as const satisfies Record<string, Text>

const CONNECT_WORDS: Readonly<Record<Connect, Text>> = {
  connected: { en: 'connected', ko: '연결됨' },
  refused: { en: 'refused', ko: '거부됨' },
  'timed-out': { en: 'timed out', ko: '시간 초과' },
  'tls-failed': { en: 'connected, TLS failed', ko: '연결되었으나 TLS 실패' },
  'not-tried': { en: 'not tried', ko: '시험하지 않음' },
}

const RESOLVED_WORDS: Readonly<Record<ResolvedTo, Text>> = {
  endpoint: { en: 'VPC endpoint', ko: 'VPC 엔드포인트' },
  public: { en: 'public', ko: '퍼블릭' },
  private: { en: 'private', ko: '프라이빗' },
  nothing: { en: 'no address', ko: '주소 없음' },
}

/** The head of a probe: what was seen, and behind it what had been foretold. */
export function besideProbe(probe: ProbeReport, head: Head): Head {
  const sentence = probeSentence(probe)
  const foretold = { en: `preflight: ${head.line.en}`, ko: `preflight: ${head.line.ko}` }
  return { ...head, line: sentence, sentence, because: [...disagreements(probe), foretold] }
}

function probeSentence({ attempts, notProbed }: ProbeReport): Text {
  const needed = attempts.filter(({ required }) => required)
  const [answered, silent] = [needed.filter(isAnswered), needed.filter(isSilent)]
  const hosts = new Set(silent.map(({ host }) => host)).size
  const subnets = new Set(silent.map(({ subnetId }) => subnetId)).size
  const untried = notProbed.length > 0 || needed.length === 0 || answered.length + silent.length < needed.length
  if (silent.length > 0)
    return {
      en: `${counted(hosts, 'needed host')} did not answer from inside the tasks of ${counted(subnets, 'subnet')}.`,
      ko: `서브넷 ${subnets}개의 태스크 안에서 필요한 호스트 ${hosts}개에 연결하지 못했습니다.`,
    }
  if (answered.length === 0)
    return {
      en: 'It could not be tried from inside the tasks; what to switch on stands below.',
      ko: '태스크 안에서 시험하지 못했습니다. 무엇을 켜야 하는지는 아래에 있습니다.',
    }
  return untried
    ? {
        en: `All that could be tried from inside the tasks answered (${answered.length}), and not all could be tried.`,
        ko: `태스크 안에서 시험한 연결은 모두 성공했지만(${answered.length}건) 시험하지 못한 것이 있습니다.`,
      }
    : {
        en: `Every needed host answered from inside the tasks (${answered.length} of ${needed.length}).`,
        ko: `태스크 안에서 필요한 모든 호스트에 연결했습니다(${needed.length}건 중 ${answered.length}건).`,
      }
}

/** Loud: one of the two is wrong, or something changed in between. */
function disagreements({ attempts }: ProbeReport): readonly Text[] {
  const others = attempts.filter(({ agrees }) => agrees === false)
  const settled = attempts.filter(isSettled)
  const pairs = others.slice(0, 3).map(({ subnetId, host }) => `${subnetId} → ${host}`)
  const rest = others.length > 3 ? ', …' : ''
  return [
    ...(others.length === 0
      ? []
      : [
          {
            en: `${counted(others.length, 'attempt')} came out otherwise than preflight said (${pairs.join(', ')}${rest}): what was seen is so.`,
            ko: `preflight 판정과 다른 결과 ${others.length}건 (${pairs.join(', ')}${rest}): 실제로 확인한 결과가 맞습니다.`,
          },
        ]),
    ...(settled.length === 0
      ? []
      : [
          {
            en: `${counted(settled.length, 'path')} that preflight could not tell ${settled.length === 1 ? 'is' : 'are'} known now.`,
            ko: `preflight에서 판단하지 못한 경로 ${settled.length}개를 확인했습니다.`,
          },
        ]),
  ]
}

function isAnswered({ connect }: ProbeAttempt): boolean {
  return connect === 'connected'
}

function isSilent({ connect, is }: ProbeAttempt): boolean {
  return connect === 'not-tried' ? is === 'nothing' : connect !== 'connected'
}

function isSettled(attempt: ProbeAttempt): boolean {
  return attempt.predicted === 'indeterminate' && (isAnswered(attempt) || isSilent(attempt))
}

export function probeSections({ probe }: Report, language: Language): readonly Section[] {
  if (probe === undefined) return []
  const { attempts, notProbed } = probe
  const heads = [
    WORDS.subnet,
    PROBE_WORDS.destination,
    PROBE_WORDS.address,
    PROBE_WORDS.connection,
    PROBE_WORDS.foretold,
  ]
  return [
    ...section(
      PROBE_WORDS.title[language],
      attempts.length === 0
        ? []
        : [
            table(
              heads.map((head) => head[language]),
              attempts.map((attempt) => ({
                sign: signOf(attempt),
                cells: cellsOf(attempt, language),
              })),
            ),
          ],
      { id: 'probe' },
    ),
    ...section(
      `${PROBE_WORDS.notProbed[language]} (${notProbed.length})`,
      [...grouped(notProbed, sameOf).values()].flatMap((alike) => missedBlocks(alike, language)),
    ),
  ]
}

function signOf(attempt: ProbeAttempt): Sign {
  return isAnswered(attempt) ? 'good' : isSilent(attempt) ? 'bad' : 'unknown'
}

function cellsOf(attempt: ProbeAttempt, language: Language): readonly (readonly Span[])[] {
  const { subnetId, destination, host, port, resolvedTo, is, connect, by, predicted, agrees } = attempt
  const note = agrees === false ? PROBE_WORDS.otherwise : isSettled(attempt) ? PROBE_WORDS.settled : null
  const foretold = predicted === null ? '' : OUTCOME_WORDS[predicted][language]
  return [
    [{ code: subnetId }],
    [`${destination} `, { code: `${host}:${port}` }],
    [
      is === null ? '' : RESOLVED_WORDS[is][language],
      ...resolvedTo.slice(0, 4).flatMap((address): readonly Span[] => [' ', { code: address }]),
    ],
    [
      CONNECT_WORDS[connect][language],
      ...(by === null ? [] : [` (${by}${isPlain(by) ? `, ${PROBE_WORDS.withoutTls[language]}` : ''})`]),
    ],
    [foretold, ...(note === null ? [] : [foretold === '' ? '' : ' · ', { strong: note[language] }])],
  ]
}

/** They connect, and speak no TLS. */
function isPlain(by: string): boolean {
  return by === 'bash' || by === 'nc'
}

/** Several places of which the same is to be said. */
function sameOf({ kind, detail, cli }: NotProbed): string {
  return JSON.stringify([kind, detail, cli])
}

function missedBlocks(alike: readonly NotProbed[], language: Language): readonly Block[] {
  const [one] = alike
  if (one === undefined) return []
  const said: readonly Span[] = one.detail === '' ? [] : [' (', { code: one.detail }, ')']
  return [
    text([one.because[language], ...said]),
    list(alike.flatMap(({ subnetId, taskId }) => (subnetId === null ? [] : [placeOf(subnetId, taskId)]))),
    field(PROBE_WORDS.switchOn[language], list(one.remedy.map((line) => line[language]))),
    code(one.cli, 'sh'),
  ].filter((block) => block !== null)
}

function placeOf(subnetId: string, taskId: string | null): readonly Span[] {
  return [{ code: subnetId }, ...(taskId === null ? [] : [' · ', { code: taskId }])]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
