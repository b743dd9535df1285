import { expect, test } from '@jest/globals'
import { demo } from '../../src/commands/demo.ts'
import { readValues } from '../../src/inputs/parse-arguments.ts'

/** Plays it on a clock that only moves when somebody sleeps. `until` interrupts it once the output shows that. */
async function played(language: string, until?: RegExp) {
  const interruption = new AbortController()
  let ms = Date.parse('2026-11-21T04:00:00Z')
  let output = ''
  const exitCode = await demo(readValues('demo', new Map([['language', [language]]]), 'cli'), {
    clock: {
      now: () => ms,
      sleep: async (rest) => {
        ms += rest
      },
    },
    colour: false,
    columns: 100,
    signal: interruption.signal,
    print: (text) => {
      output += text
      if (until?.test(output)) interruption.abort()
    },
  })
  return { exitCode, acts: output.split(/^──── .* ────$/m).slice(1), output }
}

test('four acts: what would have stopped it, the rollout with its two failed starts, the next one, and a deploy that rehearses', async () => {
  const { exitCode, acts } = await played('en')
  expect(exitCode).toBe(0)
  expect(acts).toHaveLength(6)
  const [before, incident, next, rehearsal, refusal, repaired] = acts
  expect(before).toMatch(/✘ FAIL {2}Routes: A route table has no route to S3/)
  expect(incident).toMatch(/52\.219\.148\.62/)
  expect(incident).toMatch(/2 failed|failed: 2/)
  expect(incident).toMatch(/aws ec2 modify-vpc-endpoint/)
  expect(next).toMatch(/✔ PASS/)
  expect(next).not.toMatch(/modify-vpc-endpoint/)

  const bad = 'subnet-09d2f7a641be3c85e'
  const [suspicion = '', proof = ''] = (rehearsal ?? '').split('\n').filter((line) => line.startsWith(`${bad}: `))
  const [, seconds] = /still pulling (\d+) s after the start/.exec(suspicion) ?? []
  expect(Number(seconds)).toBeLessThanOrEqual(60)
  expect(proof).toMatch(/failed\. The image pull got no answer/)
  expect(rehearsal).toMatch(/^Removed: .*task-definition\//m)
  expect(refusal).toMatch(/Nothing was registered and nothing was updated/)
  expect(refusal).not.toMatch(/The service is updated/)
  expect(repaired).toMatch(/✔ PASS {2}Rollout steady/)
}, 180_000)

test('in Korean as well; interrupted, it ends where it is', async () => {
  const { exitCode, acts, output } = await played('ko', /2막/)
  expect(exitCode).toBe(0)
  expect(acts).toHaveLength(2)
  expect(output).not.toMatch(/Act 1|Paste this/)
})
