import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { containerAnswers, isWhole } from '../../../src/aws/exec/container-answers.ts'
import { draws } from '../../draws.ts'

const MARK = 'mark_1f'

describe('what a container prints', () => {
  test('is read between other lines, whatever a terminal adds', () => {
    const output = `Welcome to the image!\r\n${MARK} begin\r\nwarning: x\r\n${MARK} 1 getent curl connected 10.0.0.4 2001:db8::1\r\n${MARK} 0 none none not-tried\r\n${MARK} end\r\n`
    expect(containerAnswers(output, MARK, 3)).toEqual([
      { resolvedTo: [], namesBy: null, connect: 'not-tried', by: null },
      { resolvedTo: ['10.0.0.4', '2001:db8::1'], namesBy: 'getent', connect: 'connected', by: 'curl' },
      null,
    ])
    expect(isWhole(output, MARK)).toBe(true)
  })

  test.each([
    ['another mark', 'mark_2a 0 getent curl connected 10.0.0.4'],
    ['more before it', `x ${MARK} 0 getent curl connected 10.0.0.4`],
    ['an end that nobody knows', `${MARK} 0 getent curl exploded 10.0.0.4`],
    ['a program that nobody knows', `${MARK} 0 getent telnet connected 10.0.0.4`],
    ['what is no address', `${MARK} 0 getent curl connected <b>10.0.0.4</b>`],
    ['no number', `${MARK} -1 getent curl connected 10.0.0.4`],
    ['a line that is cut', `${MARK} 0 getent curl conn`],
  ])('a line with %s is none', (_, line) => {
    expect(containerAnswers(`${line}\n`, MARK, 1)).toEqual([null])
  })

  test('the first line of a host counts', () => {
    const output = [`${MARK} 0 getent curl refused`, `${MARK} 0 getent curl connected`].join('\n')
    expect(containerAnswers(output, MARK, 1)).toMatchObject([{ connect: 'refused' }])
  })

  test('whatever is printed, there is an answer of the form or none, and no end without its line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const output = `${MARK} 0 ${text}\n${text}`
        for (const answer of containerAnswers(output, MARK, 2))
          expect(answer === null || answer.resolvedTo.every((one) => /^[\d.a-f:]+$/i.test(one))).toBe(true)
        expect(isWhole(output, MARK)).toBe(false)
      }),
      { numRuns: draws(200) },
    )
  })
})
