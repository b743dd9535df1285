/** The very script that runs in containers, in the shells and with the programs of this machine, against hosts on loopback. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { shellWords } from '../../../simulator/exec/shell-words.ts'
import { type ContainerAnswer, containerAnswers, isWhole } from '../../../src/aws/exec/container-answers.ts'
import { type ContainerTarget, canBeTried, containerCommand } from '../../../src/aws/exec/container-script.ts'
import { imageWith, networkOf, programPath } from '../../commands/probe/probed-world.ts'
import { certificateIn, type Listeners, listen } from './listeners.ts'

const MARK = 'mark_1f'
const SECRET = 'hunter2-of-the-image'
const LOCAL = '127.0.0.1'

type Answers = readonly (ContainerAnswer | null)[]

/** As the agent starts it: no shell but the command's own splits it. */
function runIn(
  path: string,
  targets: readonly ContainerTarget[],
  shell = '/bin/sh',
): Promise<{ readonly output: string; readonly answers: Answers }> {
  const [, ...words] = shellWords(containerCommand(targets, MARK))
  const [program = '', ...own] = shell.split(' ')
  // What an image may have set, against us.
  const env = {
    PATH: path,
    http_proxy: 'http://127.0.0.1:1',
    HTTPS_PROXY: 'http://127.0.0.1:1',
    NODE_OPTIONS: '--bad',
    PASSWORD: SECRET,
  }
  const child = spawn(program, [...own, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve({ output, answers: containerAnswers(output, MARK, targets.length) }))
  })
}

describe('the command', () => {
  const command = containerCommand([{ host: 'api.ecr.eu-west-1.amazonaws.com', port: 443, tls: true }], MARK)

  test('is one word of one line behind `/bin/sh -c`, to the agent, to a shell and to a document', () => {
    const [program, flag, script, ...rest] = shellWords(command)
    expect([program, flag, rest]).toEqual(['/bin/sh', '-c', []])
    expect(command).toBe(`/bin/sh -c '${script}'`)
    expect(script).not.toMatch(/['\\\n]|\{\{/)
    expect(spawnSync('/bin/sh', ['-nc', script ?? '']).status).toBe(0)
  })

  test.each([';reboot', '$(id)', '-oProxyCommand=x', 'a b', "a'b", '', 'a'.repeat(300)])(
    'takes no host like %j',
    (host) => {
      const target = { host, port: 443, tls: true }
      expect(canBeTried(target)).toBe(false)
      expect(() => containerCommand([target], MARK)).toThrow()
    },
  )
})

describe('with the programs of this machine', () => {
  const certificate = certificateIn(mkdtempSync(join(tmpdir(), 'ecs-pull-guard-tls-')))
  const WITH_TLS = ['curl', 'openssl', 'wget', 'python3', 'node']
  const WITHOUT_TLS = ['bash', 'nc']
  const there = (name: string) => programPath(name) !== null
  let listeners: Listeners | null = null
  const seen = new Map<string, { readonly tls: Answers; readonly plain: Answers; readonly output: string }>()

  beforeAll(async () => {
    if (certificate === null) return
    listeners = await listen(certificate)
    const { tls, torn, silent, refused, full } = listeners
    const ports = [tls, torn, silent, refused, ...(full === null ? [] : [full])]
    const targets = (withTls: boolean) => ports.map((port) => ({ host: LOCAL, port, tls: withTls }))
    await Promise.all(
      [...WITH_TLS, ...WITHOUT_TLS].filter(there).map(async (name) => {
        const path = imageWith(['getent', name, ...(name === 'nc' ? ['true'] : [])])
        const [secure, plain] = await Promise.all([runIn(path, targets(true)), runIn(path, targets(false))])
        seen.set(name, { tls: secure.answers, plain: plain.answers, output: secure.output + plain.output })
      }),
    )
  })
  afterAll(() => listeners?.close())

  const when = (name: string) => (certificate !== null && there(name) && there('getent') ? test : test.skip)
  const connects = (answers: Answers | undefined) => answers?.map((one) => one?.connect)
  const late = () => (listeners?.full === null ? [] : ['timed-out'])

  for (const name of WITH_TLS) {
    when(name)(`${name} tells TLS, no TLS, refused and timed out apart`, () => {
      const { tls, output } = seen.get(name) ?? {}
      expect(connects(tls)).toEqual(['connected', 'tls-failed', 'tls-failed', 'refused', ...late()])
      for (const one of tls ?? []) expect(one).toMatchObject({ by: name, namesBy: 'getent', resolvedTo: [LOCAL] })
      expect(output).not.toContain(SECRET)
    })
  }

  for (const name of WITHOUT_TLS) {
    when(name)(`${name} tells connected, refused and timed out apart, and knows nothing of TLS`, () => {
      expect(connects(seen.get(name)?.tls)).toEqual(['connected', 'connected', 'connected', 'refused', ...late()])
    })
  }

  for (const name of ['curl', 'python3', 'node', ...WITHOUT_TLS]) {
    when(name)(`${name} asks no TLS of a host that has none`, () => {
      expect(connects(seen.get(name)?.plain)).toEqual(['connected', 'connected', 'connected', 'refused', ...late()])
    })
  }
})

describe('in any shell', () => {
  const BUSYBOX = programPath('busybox')
  const shells = ['dash', 'bash --posix', ...(BUSYBOX === null ? [] : [`${BUSYBOX} ash`])]
  const REFUSES = 'echo "0.000000 0.000000"; exit 7'
  const target = (host: string) => ({ host, port: 443, tls: true })

  test.each(shells)('%s', async (shell) => {
    const [name = '', ...own] = shell.split(' ')
    const path = imageWith([], networkOf({ closed: { address: '10.0.0.9', curl: REFUSES }, nowhere: {} }))
    const { answers, output } = await runIn(
      path,
      ['open.test', 'closed.test', 'nowhere.test'].map(target),
      [programPath(name) ?? name, ...own].join(' '),
    )
    expect(answers).toEqual([
      { resolvedTo: ['52.95.110.1'], namesBy: 'getent', connect: 'connected', by: 'curl' },
      { resolvedTo: ['10.0.0.9'], namesBy: 'getent', connect: 'refused', by: 'curl' },
      { resolvedTo: [], namesBy: 'getent', connect: 'not-tried', by: null },
    ])
    expect(isWhole(output, MARK)).toBe(true)
  })

  // As busybox 1.36, busybox 1.27 and BIND 9 print it.
  const HEADS = [
    'Server:\t\t10.0.0.2\nAddress:\t10.0.0.2:53\n\nNon-authoritative answer:\n',
    'Server:    10.0.0.2\nAddress 1: 10.0.0.2 ip-10-0-0-2.internal\n\n',
    'Server:\t\t10.0.0.2\nAddress:\t10.0.0.2#53\n\nNon-authoritative answer:\n',
  ]
  const BODIES = [
    'Name:\topen.test\nAddress: 10.0.1.4\n\nNon-authoritative answer:\nName:\topen.test\nAddress: 10.0.1.5\n',
    'Name:      open.test\nAddress 1: 10.0.1.4 ip-10-0-1-4.internal\nAddress 2: 10.0.1.5\n',
    'Name:\topen.test\nAddress: 10.0.1.4\nName:\topen.test\nAddress: 10.0.1.5\n',
  ]

  test.each([0, 1, 2])('nslookup of form %i: the server that was asked is no answer', async (form) => {
    const said = `${HEADS[form]}${BODIES[form]}`
    const { curl } = networkOf()
    const path = imageWith([], { nslookup: `printf '%s' '${said}'`, curl })
    expect((await runIn(path, [target('open.test')])).answers).toEqual([
      { resolvedTo: ['10.0.1.4', '10.0.1.5'], namesBy: 'nslookup', connect: 'connected', by: 'curl' },
    ])
  })

  test('an image with nothing but a shell says so, and ends', async () => {
    const { answers, output } = await runIn(imageWith([]), [target('open.test')])
    expect(answers).toEqual([{ resolvedTo: [], namesBy: null, connect: 'not-tried', by: null }])
    expect(isWhole(output, MARK)).toBe(true)
  })

  test('a program that hangs is ended, and the next host is tried', async () => {
    const path = imageWith([], {
      ...networkOf(),
      getent: 'case "$2" in slow*) exec sleep 60 ;; esac; echo "10.0.1.4 STREAM $2"',
    })
    const { answers } = await runIn(path, ['slow.test', 'open.test'].map(target))
    expect(answers.map((one) => one?.connect)).toEqual(['not-tried', 'connected'])
  })
})
