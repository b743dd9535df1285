/** `explain --lines` on as many lines as asked, with a reader that takes its time: the most memory that the process held, and what it kept. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'

const LINE =
  'CannotPullContainerError: pull image manifest has been retried 5 time(s): dial tcp 52.219.148.62:443: i/o timeout'

/** A reader that stops now and then: the program has to wait for it. */
const PAUSE = { everyAnswers: 2000, ms: 100 }

/** In the process that is measured, behind all that it says. */
const MEASURE = `process.on('exit', () => {
  gc()
  const figures = { peakKb: process.resourceUsage().maxRSS, heapKb: Math.round(process.memoryUsage().heapUsed / 1024) }
  process.stderr.write('\\n' + JSON.stringify(figures))
})`
/** A young generation that may grow would hide what is kept. */
const NODE = [
  '--max-semi-space-size=1',
  '--expose-gc',
  '--import',
  `data:text/javascript,${encodeURIComponent(MEASURE)}`,
]

export interface LinesExplained {
  readonly lines: number
  readonly answers: number
  /** Of the process, in KiB. */
  readonly peakKb: number
  /** After a collection at its end, in KiB. */
  readonly heapKb: number
  readonly stderr: string
}

export async function explainLines(cli: string, lines: number): Promise<LinesExplained> {
  const child = spawn(process.execPath, [...NODE, cli, 'explain', '--lines', '--format', 'json'], { stdio: 'pipe' })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [answers] = await Promise.all([answersIn(child.stdout), written(child.stdin, lines), once(child, 'close')])
  const end = said.lastIndexOf('\n')
  return { lines, answers, ...JSON.parse(said.slice(end)), stderr: said.slice(0, end) }
}

async function written(stdin: Writable, lines: number): Promise<void> {
  for (let line = 1; line <= lines; line++) {
    if (!stdin.write(`2026-11-27T12:00:00Z task ${line}: ${LINE}\n`)) await once(stdin, 'drain')
  }
  stdin.end()
}

async function answersIn(stdout: Readable): Promise<number> {
  let answers = 0
  let pauses = 0
  for await (const chunk of stdout) {
    answers += String(chunk).split('\n').length - 1
    if (answers < (pauses + 1) * PAUSE.everyAnswers) continue
    pauses += 1
    await pause(PAUSE.ms)
  }
  return answers
}
