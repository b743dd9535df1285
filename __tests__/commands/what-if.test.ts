/** `what-if`: the network as it would be, of a recorded VPC whose one route table lacks the route to S3. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { NO_INPUT } from '../../src/commands/command.ts'
import { runCommand } from '../../src/commands/index.ts'
import { readArguments, readValues } from '../../src/inputs/parse-arguments.ts'
import { scratch } from '../aws/scratch.ts'
import { clockFrom } from './watch-request.ts'

const SERVICE = ['--service', 'role-nestjs-second-service', '--cluster', 'cluster-nestjs-second']

async function run(...argv: readonly string[]) {
  const asked = readArguments(argv)
  if (asked.kind !== 'run' || asked.command === 'demo' || asked.command === 'simulate') throw new Error('a command')
  return runCommand(asked.command, readValues(asked.command, asked.given, 'cli'), {
    frontend: 'cli',
    env: {},
    input: NO_INPUT,
    print: async () => {},
    colour: false,
    columns: 100,
    say: () => {},
    clock: clockFrom(0),
  })
}

function world(changes: unknown) {
  const folder = scratch(seoulFiles())
  const file = join(folder, 'changes.json')
  writeFileSync(file, typeof changes === 'string' ? changes : JSON.stringify(changes))
  return { folder, file }
}

async function smallest(): Promise<readonly unknown[]> {
  const { output } = await run('preflight', '--snapshot', scratch(seoulFiles()), ...SERVICE, '--format', 'json')
  return JSON.parse(output).repairs[0].changes
}

test('the first repair of a report, supposed to be made, leaves nothing to fail', async () => {
  const changes = await smallest()
  const { folder, file } = world(changes)
  const { exitCode, output } = await run(
    'preflight',
    '--snapshot',
    folder,
    ...SERVICE,
    '--what-if',
    file,
    '--format',
    'json',
  )
  const report = JSON.parse(output)
  expect([exitCode, report.verdict, report.repairs]).toEqual([0, 'pass', []])
  expect(report.whatIf).toEqual(changes)
})

test('the report says that it is of a network that is not there', async () => {
  const { folder, file } = world(await smallest())
  const { output } = await run('preflight', '--snapshot', folder, ...SERVICE, '--what-if', file)
  expect(output).toMatch(/Judged as if the change of what-if had been made\./)
})

test('trace follows a flow through it', async () => {
  const flow = ['--from-subnet', 'subnet-09d2f7a641be3c85e', '--security-groups', 'sg-0a4e8c15d7f3b9621', '--to', 's3']
  const { folder, file } = world(await smallest())
  expect((await run('trace', '--snapshot', folder, ...flow)).exitCode).toBe(1)
  expect((await run('trace', '--snapshot', folder, ...flow, '--what-if', file)).exitCode).toBe(0)
})

test.each([
  ['no JSON', '[{', /`--what-if` names the file .*changes\.json, which is not JSON: see line 1/],
  ['no list', {}, /takes a JSON array of changes/],
  ['nothing', [], /takes a JSON array of changes/],
  ['an unknown kind', [{ kind: 'create-rout' }], /\[0\] has the kind "create-rout".*Did you mean create-route\?/],
  ['no kind', ['create-route'], /has the kind undefined/],
  [
    'a reference to nothing',
    [{ kind: 'attach-internet-gateway', internetGatewayId: { ref: 'gateway' }, vpcId: 'vpc-1' }],
    /refers to gateway, which no change before it makes/,
  ],
  [
    'what AWS refuses',
    [
      {
        kind: 'modify-vpc-endpoint',
        vpcEndpointId: 'vpce-0aaaaaaaaaaaaaaaa',
        addRouteTableIds: ['rtb-0aaaaaaaaaaaaaaaa'],
      },
    ],
    /AWS would refuse this change with InvalidVpcEndpointId\.NotFound: .*\[0\], modify-vpc-endpoint/,
  ],
  [
    'a change without its members',
    [{ kind: 'create-vpc-endpoint' }],
    /\[0\], create-vpc-endpoint, is not as the schema of a change has it: must have required property/,
  ],
])('%s is told with its place', async (_, changes, said) => {
  const { folder, file } = world(changes)
  const refused = run('preflight', '--snapshot', folder, ...SERVICE, '--what-if', file)
  await expect(refused).rejects.toMatchObject({ text: { en: expect.stringMatching(said) } })
})
