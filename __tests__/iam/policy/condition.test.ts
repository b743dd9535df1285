// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables of AWS are written so
import { describe, expect, test } from '@jest/globals'
import { COMPARISONS } from '../../../src/iam/policy/comparison.ts'
import type { Context } from '../../../src/iam/policy/context.ts'
import { condition, type Fields } from './question.ts'

/** Name, operator, values in the policy, values in the request (none: the key is absent), does the statement apply? */
type Row = readonly [string, string, string | readonly string[], readonly string[] | null, 'yes' | 'no' | 'unknown']

const WORDS = { allowed: 'yes', 'implicit-deny': 'no', 'explicit-deny': 'no', unknown: 'unknown' } as const
const KEY = 'example:Key'

function run(rows: readonly Row[]): void {
  test.each(rows)('%s', (_, operator, written, given, expected) => {
    const asked = condition({ [operator]: { [KEY]: written } }, { [KEY]: given ?? [] })
    expect(WORDS[asked.decision]).toBe(expected)
  })
}

describe('strings', () => {
  run([
    ['StringEquals matches the same text', 'StringEquals', 'john', ['john'], 'yes'],
    ['StringEquals minds the case', 'StringEquals', 'john', ['John'], 'no'],
    ['StringEquals knows no wildcards', 'StringEquals', 'j*', ['john'], 'no'],
    ['StringEquals takes one of several values', 'StringEquals', ['ana', 'john'], ['john'], 'yes'],
    ['StringEquals fails without the key', 'StringEquals', 'john', null, 'no'],
    ['StringNotEquals matches another text', 'StringNotEquals', 'john', ['ana'], 'yes'],
    ['StringNotEquals fails for the same text', 'StringNotEquals', 'john', ['john'], 'no'],
    ['StringNotEquals with several values is NOR', 'StringNotEquals', ['ana', 'john'], ['john'], 'no'],
    ['StringNotEquals holds without the key', 'StringNotEquals', 'john', null, 'yes'],
    ['StringEqualsIgnoreCase ignores the case', 'StringEqualsIgnoreCase', 'john', ['JOHN'], 'yes'],
    ['StringEqualsIgnoreCase still compares', 'StringEqualsIgnoreCase', 'john', ['jon'], 'no'],
    ['StringNotEqualsIgnoreCase ignores the case', 'StringNotEqualsIgnoreCase', 'john', ['JOHN'], 'no'],
    ['StringLike knows the star', 'StringLike', 'home/*', ['home/a/b'], 'yes'],
    ['StringLike knows the question mark', 'StringLike', 'h?me', ['home'], 'yes'],
    ['StringLike goes beyond colons', 'StringLike', 'arn:*:finance', ['arn:a:b:finance'], 'yes'],
    ['StringLike minds the case', 'StringLike', 'Home*', ['home'], 'no'],
    ['StringLike takes the empty text', 'StringLike', ['', 'home/'], [''], 'yes'],
    ['StringNotLike is its opposite', 'StringNotLike', 'home/*', ['home/a'], 'no'],
    ['StringNotLike holds without the key', 'StringNotLike', 'home/*', null, 'yes'],
  ])
})

describe('numbers', () => {
  run([
    ['NumericEquals compares numbers, not texts', 'NumericEquals', '10', ['10.0'], 'yes'],
    ['NumericEquals fails for another number', 'NumericEquals', '10', ['11'], 'no'],
    ['NumericNotEquals holds for another number', 'NumericNotEquals', '10', ['11'], 'yes'],
    ['NumericNotEquals holds without the key', 'NumericNotEquals', '10', null, 'yes'],
    ['NumericLessThan holds below', 'NumericLessThan', '10', ['9'], 'yes'],
    ['NumericLessThan fails at the number', 'NumericLessThan', '10', ['10'], 'no'],
    ['NumericLessThanEquals holds at the number', 'NumericLessThanEquals', '10', ['10'], 'yes'],
    ['NumericGreaterThan holds above', 'NumericGreaterThan', '10', ['10.5'], 'yes'],
    ['NumericGreaterThan fails at the number', 'NumericGreaterThan', '10', ['10'], 'no'],
    ['NumericGreaterThanEquals holds at the number', 'NumericGreaterThanEquals', '10', ['10'], 'yes'],
    ['NumericLessThan fails without the key', 'NumericLessThan', '10', null, 'no'],
    ['a number that is none leaves the opposite open too', 'NumericNotEquals', 'ten', ['10'], 'unknown'],
    ['a number that is none leaves it open', 'NumericEquals', 'ten', ['10'], 'unknown'],
  ])
})

describe('dates', () => {
  const noon = '2024-05-01T12:00:00Z'
  run([
    ['DateEquals knows time zones', 'DateEquals', noon, ['2024-05-01T21:00:00+09:00'], 'yes'],
    ['DateEquals knows epoch seconds', 'DateEquals', noon, ['1714564800'], 'yes'],
    ['DateNotEquals holds for another time', 'DateNotEquals', noon, ['2024-05-01T12:00:01Z'], 'yes'],
    ['DateLessThan holds before', 'DateLessThan', noon, ['2024-05-01'], 'yes'],
    ['DateLessThan fails at the time', 'DateLessThan', noon, [noon], 'no'],
    ['DateLessThanEquals holds at the time', 'DateLessThanEquals', noon, [noon], 'yes'],
    ['DateGreaterThan holds after', 'DateGreaterThan', '2020-01-01T00:00:01Z', [noon], 'yes'],
    ['DateGreaterThan fails before', 'DateGreaterThan', '2025', [noon], 'no'],
    ['DateGreaterThanEquals holds at the time', 'DateGreaterThanEquals', noon, [noon], 'yes'],
    ['DateGreaterThan fails without the key', 'DateGreaterThan', noon, null, 'no'],
    ['a time without a zone leaves it open', 'DateEquals', '2024-05-01T12:00:00', [noon], 'unknown'],
  ])
})

describe('booleans and bytes', () => {
  run([
    ['Bool matches the same word', 'Bool', 'true', ['true'], 'yes'],
    ['Bool ignores the case', 'Bool', 'TRUE', ['true'], 'yes'],
    ['Bool fails for the other word', 'Bool', 'false', ['true'], 'no'],
    ['Bool fails without the key', 'Bool', 'false', null, 'no'],
    ['BinaryEquals matches the same bytes', 'BinaryEquals', 'QmluYXJ5', ['QmluYXJ5'], 'yes'],
    ['BinaryEquals minds the case of Base64', 'BinaryEquals', 'QmluYXJ5', ['qmluyxj5'], 'no'],
  ])
})

describe('addresses', () => {
  run([
    ['IpAddress holds inside the range', 'IpAddress', '203.0.113.0/24', ['203.0.113.7'], 'yes'],
    ['IpAddress fails outside the range', 'IpAddress', '203.0.113.0/24', ['203.0.114.7'], 'no'],
    ['an address alone is a range of one', 'IpAddress', '203.0.113.7', ['203.0.113.7'], 'yes'],
    ['a range of one holds no neighbour', 'IpAddress', '203.0.113.7', ['203.0.113.8'], 'no'],
    ['IpAddress knows IPv6', 'IpAddress', '2001:DB8:1234:5678::/64', ['2001:db8:1234:5678::1'], 'yes'],
    ['an IPv4 range holds no IPv6 address', 'IpAddress', '0.0.0.0/0', ['2001:db8::1'], 'no'],
    ['one of several ranges is enough', 'IpAddress', ['10.0.0.0/8', '203.0.113.0/24'], ['10.1.2.3'], 'yes'],
    ['IpAddress fails without the key', 'IpAddress', '0.0.0.0/0', null, 'no'],
    ['NotIpAddress holds outside every range', 'NotIpAddress', ['10.0.0.0/8', '203.0.113.0/24'], ['192.0.2.1'], 'yes'],
    ['NotIpAddress fails inside one range', 'NotIpAddress', ['10.0.0.0/8', '203.0.113.0/24'], ['10.1.2.3'], 'no'],
    ['NotIpAddress holds without the key', 'NotIpAddress', '10.0.0.0/8', null, 'yes'],
    ['a range that is none leaves it open', 'IpAddress', '10.0.0.0/40', ['10.0.0.1'], 'unknown'],
    ['a number is no address', 'IpAddress', '10', ['0.0.0.10'], 'unknown'],
  ])
})

describe('ARNs', () => {
  const finance = 'arn:aws:someservice:*:111122223333:finance/*'
  const tricky = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt'
  run([
    [
      'ArnLike matches part by part',
      'ArnLike',
      finance,
      ['arn:aws:someservice:us-east-2:111122223333:finance/a'],
      'yes',
    ],
    ['ArnLike does not go beyond a colon', 'ArnLike', finance, [tricky], 'no'],
    ['StringLike does go beyond a colon', 'StringLike', finance, [tricky], 'yes'],
    [
      'ArnEquals knows wildcards as well',
      'ArnEquals',
      finance,
      ['arn:aws:someservice:eu-west-1:111122223333:finance/'],
      'yes',
    ],
    ['ArnEquals minds the case', 'ArnEquals', 'arn:aws:iam::1:role/a', ['arn:aws:iam::1:role/A'], 'no'],
    [
      'ArnNotLike is its opposite',
      'ArnNotLike',
      finance,
      ['arn:aws:someservice:us-east-2:111122223333:finance/a'],
      'no',
    ],
    ['ArnNotEquals holds for another ARN', 'ArnNotEquals', 'arn:aws:iam::1:role/a', ['arn:aws:iam::1:role/b'], 'yes'],
    ['ArnNotEquals holds without the key', 'ArnNotEquals', 'arn:aws:iam::1:role/a', null, 'yes'],
    ['ArnLike fails without the key', 'ArnLike', '*', null, 'no'],
    [
      'a star in the last part goes beyond colons',
      'ArnLike',
      'arn:aws:logs:*:1:*',
      ['arn:aws:logs:us-east-1:1:log-group:a:b'],
      'yes',
    ],
    [
      'a pattern of fewer than six parts leaves it open',
      'ArnLike',
      'arn:aws:iam:*',
      ['arn:aws:iam::1:role/a'],
      'unknown',
    ],
    ['a text that is no ARN is like none', 'ArnLike', 'arn:aws:iam::1:*', ['role/a'], 'no'],
  ])
})

describe('IfExists', () => {
  run([
    ['holds without the key', 'StringEqualsIfExists', 'a', null, 'yes'],
    ['compares where the key is there', 'StringEqualsIfExists', 'a', ['b'], 'no'],
    ['holds without the key when negated', 'StringNotEqualsIfExists', 'a', null, 'yes'],
    ['compares when negated', 'StringNotEqualsIfExists', 'a', ['a'], 'no'],
    ['works for numbers', 'NumericLessThanIfExists', '10', null, 'yes'],
    ['works for dates', 'DateGreaterThanIfExists', '2020', null, 'yes'],
    ['works for booleans', 'BoolIfExists', 'false', null, 'yes'],
    ['works for bytes', 'BinaryEqualsIfExists', 'QQ==', null, 'yes'],
    ['works for addresses', 'IpAddressIfExists', '10.0.0.0/8', null, 'yes'],
    ['works for the opposite of addresses', 'NotIpAddressIfExists', '10.0.0.0/8', ['10.0.0.1'], 'no'],
    ['works for ARNs', 'ArnLikeIfExists', 'arn:aws:iam::1:*', null, 'yes'],
    ['does not go with Null', 'NullIfExists', 'true', null, 'unknown'],
  ])
})

describe('Null', () => {
  run([
    ['"true" holds without the key', 'Null', 'true', null, 'yes'],
    ['"true" fails with the key', 'Null', 'true', ['a'], 'no'],
    ['"false" holds with the key', 'Null', 'false', ['a'], 'yes'],
    ['"false" fails without the key', 'Null', 'false', null, 'no'],
    ['another word leaves it open', 'Null', 'maybe', null, 'unknown'],
  ])
})

describe('keys of several values', () => {
  run([
    [
      'ForAllValues holds when every value matches',
      'ForAllValues:StringLike',
      'Created*',
      ['CreatedBy', 'CreatedAt'],
      'yes',
    ],
    ['ForAllValues fails when one value does not', 'ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'no'],
    ['ForAllValues holds without the key', 'ForAllValues:StringEquals', 'a', null, 'yes'],
    ['ForAllValues takes an empty text for no value', 'ForAllValues:StringEquals', 'a', [''], 'yes'],
    ['ForAllValues negated holds when no value matches', 'ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], 'yes'],
    ['ForAllValues negated fails when one matches', 'ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'a'], 'no'],
    ['ForAnyValue holds when one value matches', 'ForAnyValue:StringEquals', ['a', 'b'], ['c', 'a'], 'yes'],
    ['ForAnyValue fails when none does', 'ForAnyValue:StringEquals', ['a', 'b'], ['c'], 'no'],
    ['ForAnyValue fails without the key', 'ForAnyValue:StringEquals', 'a', null, 'no'],
    ['ForAnyValue negated holds when one value matches none', 'ForAnyValue:StringNotEquals', 'a', ['a', 'b'], 'yes'],
    ['ForAnyValue negated fails when all match', 'ForAnyValue:StringNotEquals', 'a', ['a'], 'no'],
    ['ForAnyValue negated without the key leaves it open', 'ForAnyValue:StringNotEquals', 'a', null, 'unknown'],
    ['ForAnyValue with IfExists is open without the key', 'ForAnyValue:StringEqualsIfExists', 'a', null, 'unknown'],
    ['ForAnyValue works for ARNs', 'ForAnyValue:ArnLike', 'arn:aws:iam::1:*', ['x', 'arn:aws:iam::1:role/a'], 'yes'],
    ['several values without a set operator leave it open', 'StringEquals', 'a', ['a', 'b'], 'unknown'],
    ['an operator that nobody knows leaves it open', 'StringMatches', 'a', ['a'], 'unknown'],
    ['a set operator that nobody knows leaves it open', 'ForSomeValues:StringEquals', 'a', ['a'], 'unknown'],
  ])
})

describe('several conditions', () => {
  const both: Fields = { StringEquals: { 'a:x': 'v', 'a:y': 'w' }, Bool: { 'a:z': 'true' } }
  const rows: readonly (readonly [string, Fields, Context, string])[] = [
    ['all of them must hold', both, { 'a:x': ['v'], 'a:y': ['w'], 'a:z': ['true'] }, 'allowed'],
    ['one key that fails is enough to fail', both, { 'a:x': ['v'], 'a:y': ['no'], 'a:z': ['true'] }, 'implicit-deny'],
    [
      'one operator that fails is enough to fail',
      both,
      { 'a:x': ['v'], 'a:y': ['w'], 'a:z': ['false'] },
      'implicit-deny',
    ],
    ['a failure outweighs an unknown key', both, { 'a:x': ['no'], 'a:y': ['w'] }, 'implicit-deny'],
    ['an unknown key leaves the rest open', both, { 'a:x': ['v'], 'a:y': ['w'] }, 'unknown'],
    [
      'the case of a key does not matter',
      { StringEquals: { 'AWS:sourcevpc': 'vpc-1' } },
      { 'aws:SourceVpc': ['vpc-1'] },
      'allowed',
    ],
    ['an empty block always holds', {}, {}, 'allowed'],
    [
      'a variable stands for another key',
      { StringEquals: { 'a:x': '${a:y}' } },
      { 'a:x': ['v'], 'a:y': ['v'] },
      'allowed',
    ],
    [
      'a variable without a value equals nothing',
      { StringEquals: { 'a:x': '${a:y}' } },
      { 'a:x': ['v'], 'a:y': [] },
      'implicit-deny',
    ],
    [
      'a negated operator against no value is open',
      { StringNotEquals: { 'a:x': '${a:y}' } },
      { 'a:x': ['v'], 'a:y': [] },
      'unknown',
    ],
    [
      'a variable in an ARN condition works',
      { ArnLike: { 'a:x': 'arn:aws:iam::1:role/${a:y}-*' } },
      { 'a:x': ['arn:aws:iam::1:role/t-1'], 'a:y': ['t'] },
      'allowed',
    ],
  ]
  test.each(rows)('%s', (_, block, context, expected) => {
    expect(condition(block, context).decision).toBe(expected)
  })

  test('every missing key is named once, in order', () => {
    const block = { StringEquals: { 'b:y': '1', 'a:x': '1' }, StringLike: { 'B:Y': '1' }, Bool: { 'c:z': 'true' } }
    expect(condition(block, { 'c:z': ['true'] }).missing).toEqual(['B:Y', 'a:x'])
  })

  test('an unknown key is not named when another condition fails anyway', () => {
    const asked = condition({ StringEquals: { 'a:x': '1', 'a:y': '1' } }, { 'a:y': ['2'] })
    expect(asked).toMatchObject({ decision: 'implicit-deny', missing: [] })
  })
})

test.each([...COMPARISONS.keys()])('%s says unknown when nobody knows the key', (operator) => {
  for (const name of [operator, `${operator}IfExists`, `ForAllValues:${operator}`, `ForAnyValue:${operator}`]) {
    expect(condition({ [name]: { [KEY]: '1' } }, {})).toMatchObject({ decision: 'unknown', missing: [KEY] })
  }
})
