/** The templates of every repair, held to AWS's own resource schemas by cfn-lint. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Repair } from '../../src/domain/repair.ts'
import { repairsOf } from '../../src/repairs/index.ts'
import { CASES, worldOf } from '../repairs/worlds.ts'
import { requireTools } from './tools.ts'

requireTools()

/** Recorded with ids of the short form. */
const SHORT_IDS = /E115\d|E1156|'(?:sg|acl|rtb|subnet)-[0-9a-f]{2,7}'/

test('cfn-lint objects to nothing in the template of any repair', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-'))
  try {
    const files: string[] = []
    for (const one of CASES) {
      const { facts, target } = await worldOf(one)
      for (const [at, repair] of repairsOf(facts, target).entries()) {
        if (repair.cloudformation === '') continue
        const file = join(folder, `${one.name.replace('/', '-')}-${at}.yaml`)
        writeFileSync(file, repair.cloudformation)
        files.push(file)
      }
    }
    expect(files.length).toBeGreaterThan(60)
    const { stdout } = spawnSync('.venv/bin/cfn-lint', ['--format', 'parseable', ...files], { encoding: 'utf8' })
    expect(stdout.split('\n').filter((line) => /:E\d+:/.test(line) && !SHORT_IDS.test(line))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 600_000)

test('what a repair makes stands in its template once, and others name it', async () => {
  const [one] = CASES.filter(({ name }) => name === 'vpc/26')
  if (one === undefined) throw new Error('vpc/26 is gone')
  const { facts, target } = await worldOf(one)
  const withGateway = repairsOf(facts, target).find(makesGateway)
  expect(withGateway?.cloudformation).toMatch(
    /NatGateway:\n {4}Type: AWS::EC2::NatGateway[\s\S]*AllocationId: !GetAtt ElasticIp\.AllocationId/,
  )
  expect(withGateway?.cloudformation).toMatch(/NatGatewayId: !Ref NatGateway/)
})

function makesGateway({ changes }: Repair): boolean {
  return changes.some(({ kind }) => kind === 'create-nat-gateway')
}
