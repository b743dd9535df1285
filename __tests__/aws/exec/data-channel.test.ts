/** The channel itself: a WebSocket on loopback, with the simulator's agent or with none at its end. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { execSessions } from '../../../simulator/exec/sessions.ts'
import { type ChannelRequest, runInChannel, type Session } from '../../../src/aws/exec/data-channel.ts'
import { systemClock } from '../../../src/commands/clock.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const HOUR_MS = 3_600_000

async function sessionWith(command: string): Promise<Session> {
  const sessions = execSessions(() => ({ shell: '/bin/sh', env: {} }))
  const server = createServer()
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  sessions.listenAt(server, (server.address() as AddressInfo).port)
  return sessions.open(command, 'task', 'container') as unknown as Session
}

function run(session: Session, more: Partial<ChannelRequest> = {}) {
  return runInChannel({ session, isEnough: () => false, limitMs: HOUR_MS, clock: systemClock, ...more })
}

test('what the command prints comes back, and its end ends the channel', async () => {
  const result = await run(await sessionWith(`/bin/sh -c 'echo one; echo two >&2'`))
  expect(result.ended).toBe('closed')
  expect(result.output.split('\r\n').toSorted()).toEqual(['', 'one', 'two'])
})

test('nobody waits for the end once enough is said', async () => {
  const session = await sessionWith(`/bin/sh -c 'echo enough; sleep 3600'`)
  expect(await run(session, { isEnough: (output) => output.includes('enough') })).toMatchObject({ ended: 'enough' })
})

test('a command that goes on for too long is left', async () => {
  expect(await run(await sessionWith(`/bin/sh -c 'sleep 3600'`), { limitMs: 300 })).toMatchObject({
    ended: 'timed-out',
  })
})

test('the caller ends it', async () => {
  const session = await sessionWith(`/bin/sh -c 'echo begun; sleep 3600'`)
  const stop = new AbortController()
  const isEnough = (output: string) => {
    if (output.includes('begun')) stop.abort()
    return false
  }
  expect(await run(session, { isEnough, signal: stop.signal })).toMatchObject({ ended: 'stopped' })
  expect(await run(session, { signal: AbortSignal.abort() })).toMatchObject({ ended: 'stopped' })
})

test('a wrong token, a session that is over and a port that nobody listens at are told, without the token', async () => {
  const session = await sessionWith('/bin/sh -c true')
  const tokenValue = 'another-token'
  expect(await run({ ...session, tokenValue })).toMatchObject({ ended: 'lost', output: '' })
  const over = await run({ ...session, tokenValue })
  expect([over.ended, over.detail]).toEqual(['unopened', 'Unexpected server response: 403'])
  const nobody = await run({ streamUrl: `ws://127.0.0.1:1/${tokenValue}`, tokenValue })
  expect(nobody.ended).toBe('unopened')
  expect(nobody.detail).not.toContain(tokenValue)
})

test.each(['ws://ssmmessages.eu-west-1.amazonaws.com/v1', 'http://127.0.0.1:1/', 'wss:', ''])(
  'the token goes nowhere without TLS: %j',
  async (streamUrl) => {
    expect(await run({ streamUrl, tokenValue: 'token' })).toEqual({ ended: 'unopened', output: '', detail: '' })
  },
)
