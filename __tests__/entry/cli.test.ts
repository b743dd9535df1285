/** The built command line: what it prints where, and the exit code it ends with. */
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { writeSeoul } from '../../simulator/seoul/files.ts'
import { TOOL } from '../../src/domain/version.ts'
import { COMMANDS, LATER } from '../../src/inputs/commands.ts'
import { awsAt, BARE, CLI, DIST, run, start, temporary } from './program.ts'

const seoul = join(temporary(), 'seoul')
const healthy = join(temporary(), 'healthy')
const scratch = temporary()

beforeAll(async () => {
  await writeSeoul(seoul)
  await writeSeoul(healthy, { healthy: true })
})

function cli(...argv: readonly string[]) {
  return run(CLI, argv)
}

describe('without any work', () => {
  test('it says its version', async () => {
    expect(await cli('--version')).toEqual({ exitCode: 0, stdout: `${TOOL.name} ${TOOL.version}\n`, stderr: '' })
  })

  test.each([[[]], [['--help']], [['help']]])('%j shows the commands', async (argv) => {
    const { exitCode, stdout, stderr } = await cli(...argv)
    expect([exitCode, stderr]).toEqual([0, ''])
    for (const command of COMMANDS) expect(stdout).toContain(`\n  ${command}\n`)
    for (const command of LATER) expect(stdout).not.toContain(`\n  ${command}\n`)
  })

  test('a command has a page of its own, in Korean too', async () => {
    const { exitCode, stdout } = await cli('trace', '--help', '--language', 'ko')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('--from-subnet subnet-…')
    expect(stdout).toContain('종료 코드 (trace):')
  })
})

describe('exit codes of preflight', () => {
  test.each([
    ['1 for a blocker', () => ['--snapshot', seoul], 1],
    ['0 for a blocker that fail-on does not name', () => ['--snapshot', seoul, '--fail-on', 'never'], 0],
    ['0 for a healthy service', () => ['--snapshot', healthy], 0],
  ])('%s', async (_, argv, expected) => {
    expect((await cli('preflight', ...argv())).exitCode).toBe(expected)
  })

  test('1 for an unknown that fail-on names, 0 otherwise', async () => {
    const partly = join(scratch, 'partly')
    cpSync(healthy, partly, { recursive: true })
    rmSync(join(partly, 'ec2/describe-route-tables.json'))
    const named = await cli('preflight', '--snapshot', partly, '--fail-on', 'unknown', '--format', 'json')
    expect([named.exitCode, JSON.parse(named.stdout).verdict]).toEqual([1, 'unknown'])
    expect((await cli('preflight', '--snapshot', partly)).exitCode).toBe(0)
  })
})

describe('--format json', () => {
  test('standard output is one JSON document in the form of the contract', async () => {
    const { stdout, stderr } = await cli('preflight', '--snapshot', seoul, '--format', 'json')
    const report = JSON.parse(stdout)
    expect(stderr).toBe('')
    expect(report).toMatchObject({ schemaVersion: 1, tool: TOOL, mode: 'preflight', verdict: 'fail' })
    expect(report.failingStep.id).toBe('routes')
  })

  test('stays so when files are written and colour is forced', async () => {
    const folder = join(scratch, 'reports')
    const argv = ['preflight', '--snapshot', seoul, '--format', 'json', '--output', folder]
    const { stdout, stderr } = await run(CLI, argv, { FORCE_COLOR: '1' })
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe(stdout)
    expect(readdirSync(folder).toSorted()).toEqual([
      'fix.sh',
      'report.html',
      'report.json',
      'report.junit.xml',
      'report.md',
      'report.sarif',
      'unfix.sh',
    ])
    expect(stderr).toBe(`The report is in ${folder}.\n`)
  })

  test('has prose in the language that was asked for, and the same words elsewhere', async () => {
    const [en, ko] = await Promise.all(
      ['en', 'ko'].map(async (language) =>
        JSON.parse((await cli('preflight', '--snapshot', seoul, '--format', 'json', '--language', language)).stdout),
      ),
    )
    expect(ko.findings[0].title).toMatch(/[가-힣]/)
    expect(ko.findings.map((finding: { check: string }) => finding.check)).toEqual(
      en.findings.map((finding: { check: string }) => finding.check),
    )
    expect(ko.verdict).toBe(en.verdict)
  })
})

describe('trace', () => {
  const sender = ['--from-subnet', 'subnet-09d2f7a641be3c85e', '--security-groups', 'sg-0a4e8c15d7f3b9621']

  test('prints one entry of `paths`, and ends with 1 where it is blocked', async () => {
    const { exitCode, stdout, stderr } = await cli(
      'trace',
      '--snapshot',
      seoul,
      ...sender,
      '--to',
      's3',
      '--format',
      'json',
    )
    expect([exitCode, stderr]).toEqual([1, ''])
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'blocked', port: 443, from: { subnetId: sender[1] } })
  })

  test('ends with 0 where it is reachable', async () => {
    const { exitCode, stdout } = await cli(
      'trace',
      '--snapshot',
      seoul,
      ...sender,
      '--to',
      'ecr-dkr',
      '--format',
      'json',
    )
    expect([exitCode, JSON.parse(stdout).outcome]).toEqual([0, 'reachable'])
  })

  test('prints an array in the order of `flows`', async () => {
    const flow = { fromSubnet: sender[1], securityGroups: [sender[3]] }
    const file = join(scratch, 'two-flows.json')
    writeFileSync(
      file,
      JSON.stringify([
        { ...flow, to: 'ecr-api' },
        { ...flow, to: 's3', port: 443, protocol: 'tcp', sourcePort: null },
      ]),
    )
    const both = await cli('trace', '--snapshot', seoul, '--flows', file, '--format', 'json')
    expect(JSON.parse(both.stdout).map((path: { outcome: string }) => path.outcome)).toEqual(['reachable', 'blocked'])
    expect(both.exitCode).toBe(1)
  })

  test('says in words which hop stops it', async () => {
    const { stdout } = await cli('trace', '--snapshot', seoul, ...sender, '--to', 's3', '--language', 'ko')
    expect(stdout).toMatch(/차단됨 .*rtb-0f83b2c6e5a7d1940/s)
  })
})

describe('explain', () => {
  const timeout =
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): dial tcp 52.219.148.62:443: i/o timeout'

  test('prints an array, one entry a text', async () => {
    const { exitCode, stdout, stderr } = await cli('explain', timeout, '--format', 'json')
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ label: 'pull/network-timeout', destination: 's3-layers' }),
    ])
  })

  test('reads one text a line from standard input', async () => {
    const { stdout } = await run(CLI, ['explain', '--lines', '--format', 'json'], {}, `${timeout}\r\n\nlorem ipsum\n`)
    const told = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(told).toMatchObject([
      { line: 1, text: timeout, label: 'pull/network-timeout' },
      { line: 3, text: 'lorem ipsum', label: 'unknown' },
    ])
  })

  test('holds one line at a time, however many come in', async () => {
    const lines = 20_000
    const input = `${'x'.repeat(390)} lorem ipsum\n`.repeat(lines)
    const { exitCode, stdout } = await run(
      CLI,
      ['explain', '--lines', '--format', 'json'],
      { NODE_OPTIONS: '--max-old-space-size=24' },
      input,
    )
    expect([exitCode, stdout.trimEnd().split('\n').length]).toEqual([0, lines])
  })

  test('reads all that is piped in as one text', async () => {
    const { stdout } = await run(CLI, ['explain', '--format', 'json'], {}, `${timeout}\n\nDone in 3 s\n`)
    expect(JSON.parse(stdout)).toMatchObject([{ label: 'pull/network-timeout', also: [] }])
  })

  test('says it in words', async () => {
    expect((await cli('explain', timeout, '--language', 'ko')).stdout).toMatch(/[가-힣].*\(pull\/network-timeout\)/)
  })
})

describe('other formats', () => {
  test.each([
    ['markdown', /^## .*FAIL/],
    ['html', /^<!doctype html>/i],
    ['text', /FAIL/],
  ])('%s', async (format, begins) => {
    expect((await cli('preflight', '--snapshot', seoul, '--format', format)).stdout).toMatch(begins)
  })
})

describe('colour', () => {
  const ESCAPE = '\u001b['
  test.each([
    ['none in a pipe', {}, false],
    ['some where it is forced', { FORCE_COLOR: '1' }, true],
    ['none where nobody wants it', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%s', async (_, env, coloured) => {
    const { stdout } = await run(CLI, ['preflight', '--snapshot', seoul], env)
    expect(stdout.includes(ESCAPE)).toBe(coloured)
  })
})

describe('wrong input ends with 2, one sentence on standard error and nothing on standard output', () => {
  beforeAll(() => {
    mkdirSync(join(scratch, 'empty'))
    cpSync(seoul, join(scratch, 'torn'), { recursive: true })
    writeFileSync(join(scratch, 'torn/ec2/describe-subnets.json'), '{\n  "Subnets": [,]\n}')
    writeFileSync(join(scratch, 'broken.json'), '{\n  "family": }')
    writeFileSync(join(scratch, 'no-family.json'), '{"containerDefinitions":[{"name":"web","image":"nginx"}]}')
    writeFileSync(join(scratch, 'flows.json'), '[{"to":"s3"},{"to":"s3","port":"https"}]')
    writeFileSync(join(scratch, 'no-flows.json'), '[]')
    writeFileSync(join(scratch, 'file'), '')
  })

  const here = (name: string) => join(scratch, name)
  const on = () => ['--snapshot', seoul]

  test.each<[string, () => readonly string[], string]>([
    ['a command that is none', () => ['preflght'], 'preflight'],
    ['a command of a later version', () => ['audit', '--cluster', 'prod'], '`audit` is not part of this version'],
    ['an unknown flag', () => ['preflight', '--servce', 'web'], '`--service`'],
    ['a wrong value', () => ['preflight', '--format', 'pdf'], '`--format` takes one of'],
    ['a folder that is not there', () => ['preflight', '--snapshot', here('nowhere')], here('nowhere')],
    ['an empty folder', () => ['preflight', '--snapshot', here('empty')], here('empty')],
    ['a snapshot file that is no JSON', () => ['preflight', '--snapshot', here('torn')], 'describe-subnets.json'],
    ['its place in the file', () => ['preflight', '--snapshot', here('torn')], 'line 2, column 15'],
    [
      'a service that is not there, and which are',
      () => ['preflight', ...on(), '--service', 'nope'],
      'role-nestjs-second-service',
    ],
    [
      'a task definition that is no JSON',
      () => ['preflight', ...on(), '--task-definition', here('broken.json')],
      'line 2, column 13',
    ],
    [
      'a task definition that ECS refuses',
      () => ['preflight', ...on(), '--task-definition', here('no-family.json')],
      'no-family.json, which ECS would refuse: line 1, family is required',
    ],
    [
      'a task definition that is not there',
      () => ['preflight', ...on(), '--task-definition', here('none.json')],
      'none.json',
    ],
    ['a container that is not there', () => ['preflight', ...on(), '--image', 'nope=nginx'], 'nope'],
    ['an output that is a file', () => ['preflight', ...on(), '--output', here('file')], '`--output`'],
    ['no Region', () => ['preflight', '--service', 'web'], '`--region`'],
    ['no credentials', () => ['preflight', '--service', 'web', '--region', 'ap-northeast-2'], 'credential'],
    ['a trace to nowhere', () => ['trace', ...on(), '--from', 'eni-1'], '`--to` or `--flows`'],
    ['a trace from nowhere', () => ['trace', ...on(), '--to', 's3'], '`--from` or `--from-subnet`'],
    [
      'a trace without groups',
      () => ['trace', ...on(), '--to', 's3', '--from-subnet', 'subnet-1'],
      '`--security-groups`',
    ],
    [
      'a subnet that is not there',
      () => ['trace', ...on(), '--to', 's3', '--from-subnet', 'subnet-1', '--security-groups', 'sg-1'],
      'subnet-1',
    ],
    ...['s3:0', 's3:99999', 's3:abc', 'foo bar', 'ht!tp://x', '10.0.0.1:65536'].map(
      (to) =>
        [`no destination: ${to}`, () => ['trace', ...on(), '--from', 'eni-1', '--to', to], `\`${to}\``] as [
          string,
          () => readonly string[],
          string,
        ],
    ),
    [
      'a URL for a host',
      () => ['trace', ...on(), '--from', 'eni-1', '--to', 'https://db.example.com/'],
      'give the host: `db.example.com`',
    ],
    [
      'two senders',
      () => ['trace', ...on(), '--from', 'eni-1', '--from-subnet', 'subnet-1', '--to', 's3'],
      '`--from` alone',
    ],
    ['no flow at all', () => ['trace', ...on(), '--flows', here('no-flows.json')], 'no-flows.json holds none'],
    [
      'another Region than the snapshot',
      () => ['preflight', ...on(), '--region', 'us-east-1'],
      '`--region` says us-east-1',
    ],
    [
      'a wrong flow, and where it is',
      () => ['trace', ...on(), '--flows', here('flows.json')],
      'flows.json[1].port takes a whole number',
    ],
    ['an explanation as a page', () => ['explain', 'x', '--format', 'html'], '`--format` of `explain` takes'],
    ['nothing to explain', () => ['explain'], '`--text` or `--lines`'],
    ['a snapshot to nowhere', () => ['snapshot', '--service', 'web', '--region', 'ap-northeast-2'], '`--output`'],
    ['nothing to serve', () => ['simulate'], 'simulate DIR'],
  ])('%s', async (_, argv, named) => {
    const [en, ko] = await Promise.all([cli(...argv()), cli(...argv(), '--language', 'ko')])
    expect(en).toMatchObject({ exitCode: 2, stdout: '' })
    expect(en.stderr).toContain(named)
    expect(en.stderr).toMatch(/^ecs-pull-guard: [^\n]+\n$/)
    expect(ko).toMatchObject({ exitCode: 2, stdout: '' })
    expect(ko.stderr).toMatch(/^ecs-pull-guard: [^\n]*[가-힣][^\n]*\n$/)
  })
})

test('a standard output that is full is no verdict', () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', '"$0" "$1" preflight --snapshot "$2" > /dev/full', process.execPath, CLI, seoul],
    {
      encoding: 'utf8',
      env: BARE,
    },
  )
  expect([status, stderr]).toEqual([2, 'ecs-pull-guard: Standard output could not be written (ENOSPC).\n'])
})

test('compiled code is kept in the cache folder of the user, and not in CI', async () => {
  const [home, bare] = [temporary(), temporary()]
  const version = (HOME: string, more = {}) =>
    spawnSync(process.execPath, [CLI, '--version'], { env: { PATH: BARE['PATH'], HOME, ...more }, encoding: 'utf8' })
  expect(version(home).status).toBe(0)
  expect(readdirSync(join(home, '.cache'))).toEqual(['ecs-pull-guard'])
  expect(version(bare, { CI: 'true' }).status).toBe(0)
  expect(readdirSync(bare)).toEqual([])
})

test('a line of ignore that hides nothing is named', async () => {
  const { stderr } = await cli('preflight', '--snapshot', seoul, '--ignore', 's3-route-missing rtb-other')
  expect(stderr).toContain('"s3-route-missing rtb-other"')
})

describe('against AWS on loopback', () => {
  test('a live preflight says what the snapshot says, a new snapshot of it too, and Ctrl+C ends the simulator with 0', async () => {
    const simulator = start(CLI, ['simulate', seoul])
    const [, url = ''] = await simulator.says(/AWS_ENDPOINT_URL=(\S+)/)
    const service = ['--cluster', 'cluster-nestjs-second', '--service', 'role-nestjs-second-service']
    const taken = join(scratch, 'taken')
    const live = await run(CLI, ['preflight', ...service, '--format', 'json'], awsAt(url))
    const saved = await run(CLI, ['snapshot', ...service, '--output', taken], awsAt(url))
    simulator.interrupt()
    expect(live).toMatchObject({ exitCode: 1, stderr: '' })
    expect([saved.exitCode, saved.stdout]).toEqual([0, expect.stringContaining(taken)])
    const again = await cli('preflight', '--snapshot', taken, '--format', 'json')
    const findings = (stdout: string) => JSON.parse(stdout).findings
    expect(findings(again.stdout)).toEqual(findings(live.stdout))
    expect(findings((await cli('preflight', '--snapshot', seoul, '--format', 'json')).stdout)).toEqual(
      findings(live.stdout),
    )
    expect((await simulator.ended).exitCode).toBe(0)
  })
})

test('the demo needs no AWS and nothing beside it, and Ctrl+C ends it with 0', async () => {
  const demo = start(CLI, ['demo'])
  await demo.says(/Act 2[\s\S]*\[0:/)
  demo.interrupt()
  const { exitCode, stdout, stderr } = await demo.ended
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/✘ FAIL {2}Routes: A route table has no route to S3/)
})

test('a reader that has seen enough is no failure', async () => {
  const { stdout } = await runShell(
    `"$NODE" ${CLI} preflight --snapshot "$FOLDER" --format json | head -c 1; echo " \${PIPESTATUS[0]}"`,
  )
  expect(stdout).toBe('{ 1\n')
})

async function runShell(script: string) {
  const { spawnSync } = await import('node:child_process')
  const env = { ...process.env, NODE: process.env['NODE_UNDER_TEST'] ?? process.execPath, FOLDER: seoul }
  return spawnSync('bash', ['-c', script], { env, encoding: 'utf8' })
}

describe('the bundle', () => {
  // A change in the SDK's schema format would silently switch off the shaking, by half a megabyte. Both doors are in it, with the
  // simulator, and GitHub's toolkit, of which undici and the REST methods would be another half.
  // Deploy, rehearsal, probe, settings and repairs brought what it has above 2.2 MB: commands of their own, each in a chunk that is
  // loaded with it, and the check of a change that somebody writes (ajv and the schema). The limit is what they need, and five per cent.
  test('is at most 2.75 MB', () => {
    const bytes = scriptsOf(DIST).reduce((sum, file) => sum + readFileSync(file).length, 0)
    expect(bytes).toBeGreaterThan(1_000_000)
    expect(bytes).toBeLessThan(2_750_000)
  })

  test('needs no SDK to say its version, to help, and to judge a snapshot', async () => {
    const bare = join(scratch, 'without-sdk')
    cpSync(DIST, bare, { recursive: true })
    const sdk = scriptsOf(bare).filter((file) => /smithy|aws-sdk/.test(readFileSync(file, 'utf8')))
    for (const file of sdk) rmSync(file)
    const script = join(bare, 'cli/index.js')
    expect(sdk.length).toBeGreaterThan(3)
    expect(sdk).not.toContain(script)
    expect((await run(script, ['--version'])).exitCode).toBe(0)
    expect((await run(script, ['preflight', '--help'])).exitCode).toBe(0)
    expect((await run(script, ['preflight', '--snapshot', seoul])).exitCode).toBe(1)
  })

  test('names the packages inside with their licences', () => {
    const licences = readFileSync(join(DIST, 'licenses.txt'), 'utf8')
    for (const name of ['@aws-sdk/client-ec2', '@actions/core', 'ipaddr.js']) expect(licences).toContain(name)
  })
})

function scriptsOf(folder: string): readonly string[] {
  return globSync(`${folder}/**/*.js`)
}
