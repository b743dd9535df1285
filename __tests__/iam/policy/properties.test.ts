// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables of AWS are written so
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { covers, literal, overlaps, setOf } from '../../../src/domain/wildcard.ts'
import { COMPARISONS } from '../../../src/iam/policy/comparison.ts'
import { type Context, UNKNOWN } from '../../../src/iam/policy/context.ts'
import { beginsOtherwise, fits, patternOf } from '../../../src/iam/policy/pattern.ts'
import { draws } from '../../draws.ts'
import { ACCOUNT, allow, ask, deny, type Fields, OTHER_ACCOUNT, policy, REPOSITORY, ROLE } from './question.ts'

const KEYS = ['a:One', 'a:Two', 'a:Three'] as const
const VALUES = ['true', 'false', '10', '7', '2024-01-01', '10.0.0.1', 'arn:aws:iam::1:role/a', 'x', ''] as const
const WRITTEN = [...VALUES, '*', 'x*', '10.0.0.0/8', 'arn:aws:iam::1:role/*', '${a:One}', "${a:Two, 'x'}"] as const

const operator = fc
  .tuple(
    fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom(...COMPARISONS.keys()),
    fc.constantFrom('', 'IfExists'),
  )
  .map((parts) => parts.join(''))
const block = fc.dictionary(
  fc.oneof(operator, fc.constant('Null')),
  fc.dictionary(fc.constantFrom(...KEYS), fc.array(fc.constantFrom(...WRITTEN), { minLength: 1, maxLength: 2 }), {
    minKeys: 1,
    maxKeys: 2,
  }),
  { maxKeys: 2 },
)
const action = fc.constantFrom('*', 'ecr:*', 'ecr:BatchGetImage', 's3:*')
const resource = fc.constantFrom(
  '*',
  REPOSITORY,
  'arn:aws:ecr:*:*:repository/${a:One}',
  'arn:aws:ecr:*:*:repository/team/*',
)
const principal = fc.constantFrom<unknown>('*', { AWS: ROLE }, { AWS: ACCOUNT }, { AWS: OTHER_ACCOUNT })
const makeStatement = (pick: (fields: Fields) => Fields) =>
  fc.record({ Action: action, Resource: resource, Condition: block }).map((fields) => pick(fields))
const statements = fc.array(fc.oneof(makeStatement(allow), makeStatement(deny)), { minLength: 1, maxLength: 4 })
const granted = fc.array(
  fc
    .tuple(fc.oneof(makeStatement(allow), makeStatement(deny)), principal)
    .map(([fields, Principal]) => ({ ...fields, Principal })),
  { maxLength: 2 },
)
const known = fc.array(fc.constantFrom(...VALUES), { maxLength: 2 })
const context: fc.Arbitrary<Context> = fc.record({ 'a:One': known, 'a:Two': known, 'a:Three': known })
const veil = fc.subarray([...KEYS])

function veiled(full: Context, hidden: readonly string[]): Context {
  return Object.fromEntries(Object.entries(full).map(([key, value]) => [key, hidden.includes(key) ? UNKNOWN : value]))
}

const RANK = { 'explicit-deny': 'refused', 'implicit-deny': 'refused', allowed: 'allowed', unknown: 'unknown' } as const

describe('whatever the policies say', () => {
  test('an unknown key never gives an answer that its value would contradict', () => {
    fc.assert(
      fc.property(statements, granted, context, veil, (identity, resourcePolicy, full, hidden) => {
        const layers = { identity: [policy(...identity)], resource: policy(...resourcePolicy) }
        const blind = RANK[ask(layers, { context: veiled(full, hidden) }).decision]
        const seeing = RANK[ask(layers, { context: full }).decision]
        expect(blind === 'unknown' || blind === seeing).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  test('an explicit deny that is certain stays one when the unknown keys are filled in', () => {
    fc.assert(
      fc.property(statements, context, veil, (identity, full, hidden) => {
        const layers = { identity: [policy(...identity)] }
        fc.pre(ask(layers, { context: veiled(full, hidden) }).decision === 'explicit-deny')
        expect(ask(layers, { context: full }).decision).toBe('explicit-deny')
      }),
      { numRuns: 500 },
    )
  })

  test('an answer that is unknown for want of keys names hidden keys only', () => {
    fc.assert(
      fc.property(statements, context, veil, (identity, full, hidden) => {
        const asked = ask({ identity: [policy(...identity)] }, { context: veiled(full, hidden) })
        // A key of several values is missing as a variable, although it is known.
        const plural = KEYS.filter((key) => (full[key] as readonly string[]).length > 1)
        expect([...hidden, ...plural]).toEqual(expect.arrayContaining([...asked.missing]))
      }),
      { numRuns: 500 },
    )
  })

  test('one more Deny never lets a refused call through', () => {
    fc.assert(
      fc.property(statements, makeStatement(deny), context, veil, (identity, extra, full, hidden) => {
        const changes = { context: veiled(full, hidden) }
        const before = ask({ identity: [policy(...identity)] }, changes).decision
        const after = ask({ identity: [policy(...identity, extra)] }, changes).decision
        if (before !== 'allowed') expect(after).not.toBe('allowed')
        if (before === 'explicit-deny') expect(after).toBe('explicit-deny')
      }),
      { numRuns: 500 },
    )
  })

  test('one more Allow never refuses a call that was let through', () => {
    fc.assert(
      fc.property(statements, makeStatement(allow), context, veil, (identity, extra, full, hidden) => {
        const changes = { context: veiled(full, hidden) }
        fc.pre(ask({ identity: [policy(...identity)] }, changes).decision === 'allowed')
        expect(ask({ identity: [policy(...identity, extra)] }, changes).decision).toBe('allowed')
      }),
      { numRuns: 500 },
    )
  })

  test('the order of statements never matters', () => {
    fc.assert(
      fc.property(statements, granted, context, veil, (identity, resourcePolicy, full, hidden) => {
        const changes = { context: veiled(full, hidden) }
        const forth = ask({ identity: [policy(...identity)], resource: policy(...resourcePolicy) }, changes)
        const back = ask(
          { identity: [policy(...identity.toReversed())], resource: policy(...resourcePolicy.toReversed()) },
          changes,
        )
        expect([back.decision, back.missing]).toEqual([forth.decision, forth.missing])
      }),
      { numRuns: 500 },
    )
  })

  test('it never matters whether statements share a policy', () => {
    fc.assert(
      fc.property(statements, context, (identity, full) => {
        const together = ask({ identity: [policy(...identity)] }, { context: full }).decision
        const apart = ask({ identity: identity.map((each) => policy(each)) }, { context: full }).decision
        expect(apart).toBe(together)
      }),
    )
  })

  test('a boundary never adds a permission to those of the role', () => {
    fc.assert(
      fc.property(statements, statements, context, (identity, boundary, full) => {
        const changes = { context: full }
        fc.pre(ask({ identity: [policy(...identity)] }, changes).decision !== 'allowed')
        const bounded = ask({ identity: [policy(...identity)], boundary: policy(...boundary) }, changes)
        expect(bounded.decision).not.toBe('allowed')
      }),
      { numRuns: 500 },
    )
  })
})

const words = fc.stringMatching(/^[a-zA-Z0-9:/._*-]{0,30}$/)

describe('whatever the call is', () => {
  test('a star allows everything', () => {
    fc.assert(
      fc.property(words, words, (name, target) => {
        const asked = ask({ identity: [policy(allow())] }, { action: `svc:${name}`, resource: target || '*' })
        expect(asked.decision).toBe('allowed')
      }),
    )
  })

  test('no text of a policy makes the evaluator throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (name, target, key, value) => {
        const odd = {
          Action: name,
          Resource: target,
          Condition: { [key]: { [value]: name }, StringLike: { [key]: `\${${value}}` } },
        }
        const layers = {
          identity: [policy(allow(odd))],
          resource: policy(allow({ ...odd, Principal: { [key]: value } })),
        }
        expect(ask(layers).why.en).not.toBe('')
      }),
    )
  })
})

describe('wildcards', () => {
  const small = fc.stringMatching(/^[ab:]{0,6}$/)
  const pattern = fc.stringMatching(/^[ab:*]{0,6}$/)

  test('agree with a regular expression', () => {
    fc.assert(
      fc.property(pattern, small, (written, text) => {
        const expression = new RegExp(`^${written.replaceAll('*', '.*')}$`)
        expect(covers(setOf(written), literal(text))).toBe(expression.test(text))
        expect(overlaps(setOf(written), literal(text))).toBe(expression.test(text))
      }),
      { numRuns: 500 },
    )
  })

  test('cover a set only if they cover each of its texts, and miss it only if they miss each', () => {
    fc.assert(
      fc.property(pattern, pattern, small, (written, set, fill) => {
        const member = literal(set.replaceAll('*', fill))
        if (covers(setOf(written), setOf(set))) expect(covers(setOf(written), member)).toBe(true)
        if (!overlaps(setOf(written), setOf(set))) expect(covers(setOf(written), member)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})

test('a pattern that begins otherwise fits nothing of what it is held against', () => {
  const piece = fc.constantFrom('a', 'b', ':', '*', '?', '$', 'arn:', '${a:One}')
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
  const rules = { version: '2012-10-17', context: new Map(), signs: 'wild' } as const
  let rejected = 0
  fc.assert(
    fc.property(text, text, fc.constantFrom('wild', 'arn'), (pattern, subject, signs) => {
      if (!beginsOtherwise(pattern, subject)) return
      rejected += 1
      expect(fits(patternOf(pattern, { ...rules, signs }), setOf(subject)).truth).toBe('no')
    }),
    { numRuns: draws(2_000) },
  )
  expect(rejected).toBeGreaterThan(100)
})
