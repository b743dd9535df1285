/**
 * The role of docs/en/setup.md and docs/ko/setup.md: the printed commands run by bash and the real AWS CLI against moto, the template linted
 * and made there, the Terraform parsed. All three let the same jobs in and grant what docs/iam-policy*.json holds, no less and no more.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { GetRoleCommand, GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DIST, temporary } from '../entry/program.ts'
import { type Moto, startMoto } from '../second-aws/moto-server.ts'
import { codeIn, prose } from './fences.ts'
import { type Block, chunksOf, literal, parse } from './terraform/blocks.ts'
import { requireTools } from './tools.ts'

requireTools()

const PAGES = ['docs/en/setup.md', 'docs/ko/setup.md'] as const

interface Statement {
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}
interface Policy {
  readonly Statement: readonly Statement[]
}

/** Every action with every resource that it is allowed on. */
function grants(...policies: readonly Policy[]): readonly string[] {
  const list = (value: string | readonly string[]) => [value].flat()
  const pairs = policies.flatMap(({ Statement }) =>
    Statement.flatMap(({ Action, Resource }) =>
      list(Action).flatMap((action) => list(Resource).map((resource) => `${action} on ${resource}`)),
    ),
  )
  return pairs.sort()
}

const written = (path: string): Policy => JSON.parse(readFileSync(path, 'utf8'))
const PREFLIGHT = grants(written('docs/iam-policy.json'))
const WATCH = grants(written('docs/iam-policy-watch.json'))

interface Made {
  readonly trust: unknown
  readonly grants: readonly string[]
}

let moto: Moto
let place: string
beforeAll(async () => {
  moto = await startMoto()
})
afterAll(() => moto.stop())

function bash(script: string): string {
  const env = {
    PATH: [resolve('.venv/bin'), process.execPath.replace(/\/node$/, ''), process.env['PATH']].join(delimiter),
    HOME: place,
    AWS_ENDPOINT_URL: moto.url,
    // At an endpoint of its own even a global service is signed for a Region.
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_PAGER: '',
  }
  const { status, stdout, stderr } = spawnSync('bash', ['-ec', script], { cwd: place, env, encoding: 'utf8' })
  expect([script, status, stderr]).toEqual([script, 0, ''])
  return stdout
}

/** The inline policies and the trust of a role, as moto has them. */
async function roleNamed(name: string): Promise<Made> {
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
  const iam = new IAMClient({ endpoint: moto.url, region: 'us-east-1', credentials })
  const document = (text = '') => JSON.parse(decodeURIComponent(text))
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }))
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: name }))
  const answers = await Promise.all(
    PolicyNames.map((one) => iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: one }))),
  )
  iam.destroy()
  return {
    trust: document(Role?.AssumeRolePolicyDocument),
    grants: grants(...answers.map(({ PolicyDocument }) => document(PolicyDocument))),
  }
}

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/web:*' },
      },
    },
  ],
}

/** As HCL writes an object, as JSON does. */
function fromHcl(text: string): unknown {
  const json = text
    .replace(/^\$\{jsonencode\(|\)\}$/g, '')
    .replace(/"?([\w.:-]+)"? = /g, '"$1": ')
    .replace(
      /data\.aws_iam_openid_connect_provider\.github\.arn/,
      JSON.stringify(TRUST.Statement[0]?.Principal.Federated),
    )
  return JSON.parse(json)
}

/** An account without roles, and a folder that looks like a clone of this repository. */
async function beginning(): Promise<void> {
  await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' })
  place = temporary()
  symlinkSync(resolve(DIST), join(place, 'dist'))
  symlinkSync(resolve('docs'), join(place, 'docs'))
}

describe.each(PAGES)('%s', (page) => {
  beforeAll(beginning)

  const [provider = '', role = '', stack = '', deploys = '', ...more] = codeIn(page, 'sh')

  test('its commands run, one after another, and make the role for watch', async () => {
    bash(
      `${provider}\n${role}\naws iam create-role --role-name deploy --assume-role-policy-document file://trust.json\n${deploys}`,
    )
    expect(await roleNamed('ecs-pull-guard')).toEqual({ trust: TRUST, grants: WATCH })
    expect((await roleNamed('deploy')).grants).toEqual(WATCH)
    expect(more).toEqual([])
  })

  test('its template makes the same', async () => {
    await beginning()
    bash(stack)
    expect(await roleNamed('ecs-pull-guard')).toEqual({ trust: TRUST, grants: WATCH })
  })

  test('its Terraform trusts the same jobs and attaches the same file', () => {
    const parsed = parse(codeIn(page, 'hcl').flatMap(chunksOf))
    expect(parsed.filter(({ error }) => error !== null)).toEqual([])
    const blocks = parsed.flatMap((one) => one.blocks)
    const body = (type: string): Block['body'] => blocks.find((one) => one.type === type)?.body ?? {}
    expect(blocks.map(({ kind, type }) => `${kind} ${type}`)).toEqual([
      'data aws_iam_openid_connect_provider',
      'resource aws_iam_role',
      'resource aws_iam_role_policy',
    ])
    expect(fromHcl(literal(body('aws_iam_role')['assume_role_policy']))).toEqual(TRUST)
    const { name, role, policy } = body('aws_iam_role_policy')
    expect([name, role, policy]).toEqual(['"read"', `\${aws_iam_role.ecs_pull_guard.id}`, `\${file("policy.json")}`])
  })

  test('what it says besides can be typed', () => {
    const policies = prose(page).match(/(?<=`)(?:watch )?--print-policy [^`]+(?=`)/g) ?? []
    expect(policies.length).toBe(2)
    for (const words of policies)
      expect(() => JSON.parse(bash(`node dist/cli/index.js ${words.replace(/^--/, 'preflight --')}`))).not.toThrow()
  })
})

describe('the template', () => {
  test('of a role that never watches grants what preflight needs', async () => {
    await beginning()
    const [, , stack = ''] = codeIn(PAGES[0], 'sh')
    bash(stack.replace('Repository=acme/web', 'Repository=acme/web Watch=false'))
    expect(await roleNamed('ecs-pull-guard')).toEqual({ trust: TRUST, grants: PREFLIGHT })
  })

  test('has nothing that cfn-lint objects to', () => {
    const { status, stdout } = spawnSync('.venv/bin/cfn-lint', ['docs/role.yml'], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, ''])
  })
})
