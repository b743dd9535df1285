/** Which services are watched, and which revision of each. */
import { describe, expect, test } from '@jest/globals'
import { requestsFor } from '../../../src/commands/watch/requests.ts'
import { UsageError } from '../../../src/domain/usage-error.ts'
import { readArguments, readValues } from '../../../src/inputs/parse-arguments.ts'
import { CONTEXT } from '../../entry/context.ts'

const PROD = 'arn:aws:ecs:ap-northeast-2:123456789012:service/prod'
const REVISION = 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:42'

async function requested(...argv: readonly string[]) {
  const asked = readArguments(['watch', ...argv])
  if (asked.kind !== 'run') throw new Error('nothing to run')
  const requests = await requestsFor(readValues('watch', asked.given, 'cli'), CONTEXT)
  return requests.map(({ cluster, service, taskDefinition }) => [cluster, service, taskDefinition])
}

describe('services', () => {
  test.each([
    ['one alone, as it stands', ['--service', `${PROD}/web`], [[null, `${PROD}/web`, null]]],
    [
      'a line or a comma between them',
      ['--cluster', 'prod', '--service', 'web, api\n\nworker\n'],
      ['web', 'api', 'worker'].map((name) => ['prod', name, null]),
    ],
    [
      'an input a service',
      ['--cluster', 'prod', '--service', 'web', '--service', 'api'],
      ['web', 'api'].map((name) => ['prod', name, null]),
    ],
    ['one that is named twice, by name and by ARN', ['--service', `web,${PROD}/web`], [['prod', 'web', null]]],
    [
      'a name beside an ARN is of the same cluster',
      ['--service', `${PROD}/web,api`],
      [
        ['prod', `${PROD}/web`, null],
        ['prod', 'api', null],
      ],
    ],
    [
      'the cluster by ARN',
      ['--cluster', 'arn:aws:ecs:ap-northeast-2:123456789012:cluster/prod', '--service', `${PROD}/web,api`],
      [`${PROD}/web`, 'api'].map((name) => ['arn:aws:ecs:ap-northeast-2:123456789012:cluster/prod', name, null]),
    ],
  ])('%s', async (_, argv, expected) => {
    expect(await requested(...argv)).toEqual(expected)
  })

  test.each([
    [['--service', `${PROD}/web,${PROD.replace('prod', 'test')}/api`], 'of several (prod, test)'],
    [['--cluster', 'test', '--service', `${PROD}/web,api`], 'of several (test, prod)'],
    [['--service', `${PROD}/web,${PROD.replace('ap-northeast-2', 'us-east-1')}/api`], 'us-east-1 123456789012'],
  ])('%j: one cluster a watch', async (argv, named) => {
    await expect(requested(...argv)).rejects.toThrow(named)
    await expect(requested(...argv)).rejects.toThrow(UsageError)
  })
})

describe('revisions', () => {
  test.each([
    ['of one service', ['--service', 'web', '--task-definition', 'web:42'], [[null, 'web', 'web:42']]],
    ['of one service by its name', ['--service', 'web', '--task-definition', 'web=web:42'], [[null, 'web', 'web:42']]],
    [
      'a line a service; one without a line is followed as it is',
      ['--service', 'web,api,worker', '--task-definition', `api=api:7\nweb = ${REVISION}`],
      [
        [null, 'web', REVISION],
        [null, 'api', 'api:7'],
        [null, 'worker', null],
      ],
    ],
    [
      'an input a service, which may be an ARN',
      ['--service', `${PROD}/web,api`, '--task-definition', `${PROD}/web=web:1`, '--task-definition', 'api=api:2'],
      [
        ['prod', `${PROD}/web`, 'web:1'],
        ['prod', 'api', 'api:2'],
      ],
    ],
  ])('%s', async (_, argv, expected) => {
    expect(await requested(...argv)).toEqual(expected)
  })

  test.each([
    [['--service', 'web,api', '--task-definition', 'web:42'], 'got `web:42`; the services are web, api.'],
    [['--service', 'web,api', '--task-definition', 'wep=web:42'], 'got `wep=web:42`; the services are web, api.'],
    [['--service', 'web,api', '--task-definition', 'web=web:1\nweb=web:2'], 'got `web=web:2`'],
    [['--service', 'web', '--task-definition', 'web:1\nweb:2'], 'got `web:2`; the services are web.'],
    [['--service', 'web,api', '--task-definition', 'web=./web.json'], 'not a file'],
    [['--service', 'web', '--task-definition', './a=b.json'], 'not a file'],
  ])('%j is refused', async (argv, named) => {
    await expect(requested(...argv)).rejects.toThrow(named)
  })
})
