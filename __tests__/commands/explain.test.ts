import { describe, expect, test } from '@jest/globals'
import { explain, explanationJson, explanationText } from '../../src/commands/explain.ts'

const LAYERS =
  'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/nest:1: dial tcp 52.219.148.62:443: i/o timeout'

const only = explain

describe('explain', () => {
  test.each([
    [LAYERS, 'pull/network-timeout'],
    ['hello', 'unknown'],
    ['(service x) has reached a steady state.', 'steady'],
  ])('%s', (text, label) => {
    expect(explain(text)).toMatchObject({ text, label, also: [] })
  })

  test('tells every failure, the deciding one first', () => {
    const { label, also } = explain(`${LAYERS}\n(service x) (task 1) failed ELB health checks in (target-group t)`)
    expect([label, ...also.map((one) => one.label)]).toEqual(['pull/network-timeout', 'health/elb'])
  })
})

describe('explanationJson', () => {
  test("has the contract's fields in the contract's order", () => {
    const json = explanationJson(only(LAYERS), 'en')
    expect(Object.keys(json)).toEqual([
      'text',
      'label',
      'step',
      'destination',
      'transient',
      'address',
      'title',
      'why',
      'remedy',
      'also',
    ])
    expect(json).toMatchObject({
      label: 'pull/network-timeout',
      step: 'pull',
      destination: 's3-layers',
      transient: false,
      address: { ip: '52.219.148.62', port: 443, is: 's3' },
      title: 'S3 gave no answer: the image layers did not come',
    })
    expect(Object.keys(json.address ?? {})).toEqual(['ip', 'port', 'is'])
  })

  test('translates prose and nothing else', () => {
    const [en, ko] = [explanationJson(only(LAYERS), 'en'), explanationJson(only(LAYERS), 'ko')]
    expect(ko).toMatchObject({ ...en, title: ko.title, why: ko.why, remedy: ko.remedy })
    expect(ko.title).toBe('S3 응답이 없어 이미지 레이어를 받지 못했습니다')
    expect(ko.remedy).toHaveLength(en.remedy.length)
  })

  test('has nulls where there is nothing to say', () => {
    expect(explanationJson(only('hello'), 'en')).toMatchObject({
      label: 'unknown',
      step: null,
      destination: null,
      transient: null,
      address: null,
    })
  })
})

describe('explanationText', () => {
  test('puts title, facts, reason and remedy on lines of their own', () => {
    const lines = explanationText(only(LAYERS), 'en').split('\n')
    expect(lines[0]).toBe('S3 gave no answer: the image layers did not come (pull/network-timeout)')
    expect(lines[1]).toBe(
      '  step: Image pull · destination: s3-layers · address: 52.219.148.62:443 (Amazon S3) · a later try may work: no',
    )
    expect(lines.filter((line) => line.startsWith('  - ')).length).toBeGreaterThan(1)
  })

  test('speaks Korean', () => {
    const lines = explanationText(only(LAYERS), 'ko').split('\n')
    expect(lines[1]).toBe(
      '  단계: 이미지 풀 · 대상: s3-layers · 주소: 52.219.148.62:443 (Amazon S3) · 다시 시도하면 성공할 가능성: 없음',
    )
  })

  test('brackets an IPv6 address and leaves out what is not known', () => {
    const text = 'CannotPullContainerError: Get "https://quay.io/v2/": dial tcp [2600:1f18::1]:443: i/o timeout'
    expect(explanationText(only(text), 'en')).toContain('address: [2600:1f18::1]:443 (public)')
    expect(explanationText(only('hello'), 'en').split('\n')[1]).toBe('  a later try may work: not told')
  })
})
