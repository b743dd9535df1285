/** The pictures of the Markdown report: real Mermaid takes each of them, whatever names they carry, and none grows past 40 nodes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Path } from '../../src/domain/path.ts'
import { OUTCOMES } from '../../src/domain/path.ts'
import type { Report } from '../../src/domain/report.ts'
import { LANGUAGES } from '../../src/domain/text.ts'
import { rolloutMermaid } from '../../src/report/diagrams/mermaid-gantt.ts'
import { networkMermaid } from '../../src/report/diagrams/mermaid-network.ts'
import { taskSpans } from '../../src/report/document/task-spans.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown.ts'
import { rolloutReport } from '../../src/rollout/report.ts'
import { draws } from '../draws.ts'
import { at, failedToStart, followed, poll, running, S3_TIMEOUT } from '../rollout/world.ts'
import { diagramsIn } from './diagrams.ts'
import { hostileReport, reworded } from './hostile.ts'
import { complaintOf } from './mermaid-parser.ts'
import { ROLLOUTS } from './rollout-samples.ts'
import { ALL_CLEAR, SEOUL } from './samples.ts'

const GOLDEN = join(import.meta.dirname, '..', 'golden', 'report')

test('the judge refuses what is not Mermaid', async () => {
  expect(await complaintOf('flowchart LR\n  a["x]')).not.toBeNull()
  expect(await complaintOf('gantt\n  section x\n  no colon here')).not.toBeNull()
})

test('every diagram of every golden file parses', async () => {
  const files = readdirSync(GOLDEN).filter((name) => name.endsWith('.md'))
  const diagrams = files.flatMap((name) => diagramsIn(readFileSync(join(GOLDEN, name), 'utf8')))
  expect(diagrams.length).toBeGreaterThan(10)
  for (const diagram of diagrams)
    expect({ diagram, complaint: await complaintOf(diagram) }).toEqual({ diagram, complaint: null })
})

describe('the network', () => {
  test('is not drawn when everything is reachable', () => {
    expect(networkMermaid(ALL_CLEAR, 'en')).toBeNull()
  })

  test('shows the subnet that is cut off, the hop that cuts it off, and those that get through', () => {
    const lines =
      networkMermaid(SEOUL, 'en')
        ?.split('\n')
        .map((line) => line.trim()) ?? []
    expect(lines).toContain('s0["subnet-0c63e9f40bd57b82a"]')
    expect(lines).toContain('h0["❌ Route table<br/>rtb-0c9e8d7f6a5b4c3d2"]')
    expect(lines).toContain('h1["✅ Gateway endpoint<br/>vpce-0f1e2d3c4b5a69788"]')
    for (const edge of ['s0 --- h0', 'h0 --x d0', 's1 --- h1', 's2 --- h1', 'h1 --> d0']) expect(lines).toContain(edge)
    expect(lines.join()).not.toContain('ecr-api')
  })

  test('never says that a hop stops a destination which it lets a subnet reach', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ subnet: fc.nat(5), destination: fc.nat(4), outcome: fc.constantFrom(...OUTCOMES) }), {
          minLength: 1,
          maxLength: 30,
        }),
        (drafts) => {
          const unique = [...new Map(drafts.map((draft) => [`${draft.subnet} ${draft.destination}`, draft])).values()]
          const paths = unique.map(({ subnet, destination, outcome }) => pathOf(subnet, destination, outcome))
          const drawn = edgesOf(networkMermaid({ ...SEOUL, paths }, 'en') ?? '')
          for (const [subnet, destination, outcome] of drawn) {
            expect(paths).toContainEqual(
              expect.objectContaining({ from: expect.objectContaining({ subnetId: subnet }), destination, outcome }),
            )
          }
        },
      ),
      { numRuns: draws(50) },
    )
  })

  test('stays within 40 nodes, and counts what it leaves out', async () => {
    const paths = Array.from({ length: 50 }, (_, subnet) =>
      Array.from({ length: 20 }, (__, destination) => pathOf(subnet, destination, 'blocked', `acl-${subnet}`)),
    ).flat()
    for (const language of LANGUAGES) {
      const diagram = networkMermaid({ ...SEOUL, paths }, language) ?? ''
      expect(nodesOf(diagram)).toBeGreaterThan(20)
      expect(nodesOf(diagram)).toBeLessThanOrEqual(40)
      expect(diagram).toMatch(language === 'en' ? /more\["\d+ more not drawn"\]/ : /more\["그 외 \d+개는 생략"\]/)
      expect(await complaintOf(diagram)).toBeNull()
    }
  })
})

function pathOf(subnet: number, destination: number, outcome: Path['outcome'], acl = 'acl-0a1b2c3d4e5f60718'): Path {
  const [path] = SEOUL.paths
  if (path === undefined) throw new Error('a sample without paths')
  return {
    ...path,
    from: { ...path.from, subnetId: `subnet-${subnet}`, availabilityZone: `zone-${subnet % 12}` },
    destination: `registry${destination}`,
    outcome,
    hops: [{ at: 'network-acl-out', id: acl, decision: 'deny', reason: ['x'], why: { en: 'x', ko: 'x' } }],
  }
}

function nodesOf(diagram: string): number {
  return diagram.match(/^\s+(subgraph \w+\["|\w+\["|\w+\(\[")/gm)?.length ?? 0
}

/** Subnet, destination and outcome of every way through the drawing. */
function edgesOf(diagram: string): readonly (readonly [string, string, string])[] {
  const names = new Map(
    [...diagram.matchAll(/^\s+(\w+)\(?\["(.*?)"\]/gm)].map(([, id, name]) => [id ?? '', name ?? '']),
  )
  const classes = new Map(
    [...diagram.matchAll(/^ {2}class (\S+) (\w+)$/gm)].flatMap(([, ids = '', name = '']) =>
      ids.split(',').map((id) => [id, name]),
    ),
  )
  const into = [...diagram.matchAll(/^ {2}(s\d+) --- (h\d+)$/gm)]
  const out = [...diagram.matchAll(/^ {2}(h\d+) -.* (d\d+)$/gm)]
  return into.flatMap(([, subnet = '', hop = '']) =>
    out.flatMap(([, from, to = '']) =>
      from === hop ? [[names.get(subnet) ?? '', names.get(to) ?? '', classes.get(hop) ?? ''] as const] : [],
    ),
  )
}

describe('the tasks of a rollout', () => {
  test('stand with their stretches of time, the failed one in red', () => {
    const diagram = rolloutMermaid(ROLLOUTS['rollout-failed']?.rollout as never, 'en') ?? ''
    expect(diagram).toContain('section 3c2d1e0f ap-northeast-2c')
    // Fargate shows no beginning of a pull that fails: it is not called one.
    expect(diagram).toContain('start, failed 3 min 36 s : crit, t1x0, 2000-01-01T00:00:07, 2000-01-01T00:03:43')
    expect(diagram.match(/crit/g)).toHaveLength(2)
  })

  test('are not drawn when there is none', () => {
    expect(rolloutMermaid(ROLLOUTS['rollout-unplaced']?.rollout as never, 'en')).toBeNull()
  })

  test('what is under way lasts to the end of what was watched', () => {
    const diagram = rolloutMermaid(ROLLOUTS['rollout-cancelled']?.rollout as never, 'en') ?? ''
    expect(diagram).toContain('provision 1 min 7 s : t1x0, 2000-01-01T00:00:07, 2000-01-01T00:01:14')
  })

  test('come from the timeline that a watch writes', () => {
    const replaced = running('replaced', {
      ...{ version: 6, lastStatus: 'STOPPED', desiredStatus: 'STOPPED', createdAt: at(8) },
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2222222222222222222)',
      ...{ stoppingAt: at(60), stoppedAt: at(70) },
    })
    const tasks = [
      running('good'),
      failedToStart('bad', S3_TIMEOUT, { pullStartedAt: at(20) }),
      failedToStart('unplaced', S3_TIMEOUT, { createdAt: at(7) }),
      replaced,
    ]
    const spans = taskSpans(rolloutReport(followed([poll(300, { tasks })])))
    const shape = spans.map(({ taskId, failed, spans: own }) => [
      taskId,
      failed,
      own.map(({ kind, failed: red }) => (red ? `${kind}!` : kind)),
    ])
    expect(shape).toEqual([
      ['bad', true, ['provision', 'pull!']],
      ['good', false, ['provision', 'pull', 'run']],
      ['unplaced', true, ['provision!']],
      ['replaced', false, ['provision', 'pull', 'run']],
    ])
    expect(spans.at(-1)?.spans.at(-1)?.toAt).toBe(at(70))
    for (const { spans: own } of spans) for (const { fromAt, toAt } of own) expect(toAt).toBeGreaterThan(fromAt)
  })
})

test('names cannot end a label, add a node or stop the parser', async () => {
  const failed = ROLLOUTS['rollout-failed'] as Report
  const shape = (report: Report) =>
    networkMermaid(report, 'en')
      ?.replace(/"[^"\n]*"/g, '""')
      .split('\n')
      .toSorted()
  const plain = shape(reworded(failed, (n) => `word${n}`))
  await fc.assert(
    fc.asyncProperty(hostileReport, async (hostile) => {
      const words = reworded(failed, (n) => `${hostile.target.cluster} ${n} ${hostile.findings[0]?.subject}`)
      expect(diagramsIn(renderMarkdown(words, { language: 'en' }))).toHaveLength(2)
      for (const report of [hostile, words]) {
        const markdown = renderMarkdown(report, { language: 'en' })
        for (const diagram of diagramsIn(markdown)) {
          expect({ diagram, complaint: await complaintOf(diagram) }).toEqual({ diagram, complaint: null })
        }
      }
      expect(shape(words)).toEqual(plain)
    }),
    { numRuns: draws(15), endOnFailure: true },
  )
})

test.each([
  'end',
  'style x:#34;',
  '"]; click s0 href',
  '%%{init: {}}%%',
  '`**bold**`',
  '1. one',
  '- one',
  'ﬂ°lt¶ß',
  '</script>',
  'graph TD',
])('a subnet may be called %j', async (name) => {
  const paths = SEOUL.paths.map((path) => ({ ...path, from: { ...path.from, subnetId: name, availabilityZone: name } }))
  const diagram = networkMermaid({ ...SEOUL, paths }, 'en') ?? ''
  expect(await complaintOf(diagram)).toBeNull()
  expect(nodesOf(diagram)).toBe(5)
})
