import { afterEach, describe, expect, test } from '@jest/globals'
import { connect } from '../../../src/aws/reader/connection.ts'
import { simulate } from '../simulated.ts'

const SERVICE = { cluster: 'c', services: ['s'] }

describe('a client that is expected', () => {
  test('is there for whoever asks, and keeps nobody waiting where nothing was asked before', async () => {
    const simulator = await simulate({ files: {} })
    const connection = connect({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
    connection.expect(['ecr', 'logs'])
    const asked = Promise.allSettled([
      connection.send('sts', 'GetCallerIdentity', {}),
      connection.send('ecr', 'DescribeRepositories', {}),
    ])
    connection.expect(['iam'])
    const [identity] = await asked
    expect(identity).toMatchObject({ value: { Account: simulator.accountId } })
    expect(simulator.requests().map(({ service }) => service)).toEqual(expect.arrayContaining(['sts', 'ecr']))
  })
})

describe('without credentials', () => {
  const { env } = process
  afterEach(() => {
    process.env = env
  })

  test('every service says so, the first one not in the way of the others', async () => {
    process.env = {
      ...env,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/none',
      AWS_SHARED_CREDENTIALS_FILE: '/none',
    }
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) delete process.env[name]
    const connection = connect({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9', maxAttempts: 1 })
    const asked = await Promise.allSettled([
      connection.send('ecs', 'DescribeServices', SERVICE),
      connection.send('sts', 'GetCallerIdentity', {}),
      connection.send('ec2', 'DescribeVpcs', {}),
    ])
    expect(asked.map((one) => one.status === 'rejected' && one.reason.name)).toEqual(
      Array(3).fill('CredentialsProviderError'),
    )
  })
})
