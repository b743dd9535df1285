/** A snapshot without one of its files: never a crash, never a pass where that file decides (contract, section 3). */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { writeSeoul } from '../../simulator/seoul/files.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { UsageError } from '../../src/domain/usage-error.ts'

const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }
const ASKED = { failOn: ['blocker'], ignore: [] } as const

/** Nothing hangs on these: other files say the same, no route or rule names them, or they reveal rare overrides only. */
const LEAVES_A_PASS: readonly RegExp[] = [
  /^meta\.json$/, // Region and account stand in every ARN
  /^ecs\/(describe-clusters|describe-tasks|describe-capacity-providers|describe-container-instances|list-|describe-service-)/,
  /^ec2\/describe-(nat-gateways|internet-gateways|egress-only-internet-gateways|vpc-peering-connections|transit-gateway.*|vpn-.*|instances)\.json$/,
  /^ec2\/(describe-prefix-lists|describe-managed-prefix-lists|get-managed-prefix-list-entries.*)/, // either of two calls suffices
  /^ec2\/describe-vpc-(block-public-access|encryption-controls)/,
  /^(route53|route53resolver|route53profiles|elbv2|service-quotas|ssm|secretsmanager)\//,
  /^ecr\/(get-lifecycle-policy|describe-pull-through-cache-rules|get-repository-policy|describe-repositories)\b/,
  /^ecr\/describe-images\//, // the manifest proves that the image is there
  /^iam\/simulate-principal-policy\//, // the role's policies say the same
  /^iam\/(get-role-policy|get-policy-version|get-policy|list-)/, // the simulation already answered
]

const folders: string[] = []

async function seoul(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seoul-'))
  folders.push(folder)
  await writeSeoul(folder, { healthy: true })
  return folder
}

async function verdictOf(folder: string): Promise<string> {
  try {
    return (await preflight(ASKED, { reader: await openFolder(folder), tool: TOOL })).verdict
  } catch (error) {
    // Where nothing is left to judge, one sentence says so; anything else is a crash.
    if (error instanceof UsageError) return `refused: ${error.text.en}`
    throw error
  }
}

let complete = ''
let files: readonly string[] = []

beforeAll(async () => {
  complete = await seoul()
  const entries = await readdir(complete, { recursive: true, withFileTypes: true })
  files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(complete.length + 1))
})

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

describe('a snapshot without one of its files', () => {
  test('passes when none is missing', async () => {
    expect(await verdictOf(complete)).toBe('pass')
  })

  test('never crashes, and never passes where the file decides', async () => {
    expect(files.length).toBeGreaterThan(20)
    const passed: string[] = []
    const deciding: string[] = []
    for (const file of files) {
      const folder = await mkdtemp(join(tmpdir(), 'seoul-'))
      folders.push(folder)
      await cp(complete, folder, { recursive: true })
      await rm(join(folder, file))
      const verdict = await verdictOf(folder)
      if (LEAVES_A_PASS.some((pattern) => pattern.test(file))) continue
      deciding.push(file)
      if (verdict === 'pass') passed.push(file)
    }
    expect(passed).toEqual([])
    expect(deciding.length).toBeGreaterThan(12)
  })
})
