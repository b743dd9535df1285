import { expect, test } from '@jest/globals'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { passingSubnets } from '../../../src/commands/settings/passing.ts'
import { toolIn } from '../../../src/commands/tool.ts'
import { BAD, CLUSTER, depsFor, GOOD, SERVICE } from './one-run.ts'
import { stage } from './stage.ts'

test.each([
  ['broken', seoulFiles(), [GOOD]],
  ['repaired', seoulFiles({ healthy: true }), [GOOD, BAD]],
] as const)('in a network that is %s, preflight passes where it may', async (_, files, passing) => {
  const { reader } = depsFor((await stage({ files })).url)
  const request = { cluster: CLUSTER, service: SERVICE, failOn: [], ignore: [] }
  const judge = passingSubnets(request, { reader, tool: toolIn({}) })
  expect([...(await judge([GOOD, BAD]))].sort()).toEqual([...passing].sort())
  expect([...(await judge([BAD]))]).toEqual(passing.filter((id) => id === BAD))
  expect([...(await judge(['subnet-0ffffffffffffffff']))]).toEqual([])
})

test('nothing passes where nothing could be read', async () => {
  const { reader } = depsFor((await stage({ faults: [{ on: '*', kind: 'denied' }] })).url)
  const request = { cluster: CLUSTER, service: SERVICE, failOn: [], ignore: [] }
  expect(await passingSubnets(request, { reader, tool: toolIn({}) })([GOOD])).toEqual(new Set())
})
