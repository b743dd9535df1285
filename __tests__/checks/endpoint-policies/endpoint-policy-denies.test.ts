import { describe, expect, test } from '@jest/globals'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { BY_ENDPOINTS, change, DKR, findingsOf, judge, LOGS, S3, told, unknownOf, type World } from '../world.ts'

const ID = 'endpoint-policy-denies'
const OWN_BUCKET = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop-assets/*' }
const LAYERS = {
  Effect: 'Allow',
  Principal: '*',
  Action: ['s3:GetObject'],
  Resource: 'arn:aws:s3:::prod-ap-northeast-2-starport-layer-bucket/*',
}
const ALL = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }

function ruled(endpointId: string, document: unknown): World {
  const policy = typeof document === 'string' ? document : JSON.stringify(document)
  return change(BY_ENDPOINTS, 'endpoints', endpointId, { policy })
}

function written(line: string | undefined): unknown {
  return JSON.parse(/--policy-document '(.*)'$/.exec(line ?? '')?.[1]?.replaceAll("'\\''", "'") ?? 'null')
}

describe(ID, () => {
  test('found where the policy forgot the bucket of the layers: one statement is added, the rest stays', () => {
    const world = ruled(S3, { Version: '2008-10-17', Statement: [OWN_BUCKET] })
    expect(told(world)).toEqual([`${ID} ${S3}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain('No statement in the policy')
    expect(written(commandsOf(finding)[0])).toEqual({ Version: '2008-10-17', Statement: [OWN_BUCKET, LAYERS] })
    expectPages(finding)
    expect(judge(ruled(S3, written(commandsOf(finding)[0])))).toEqual({ findings: [], unknowns: [] })
  })

  test('a single statement without a list, quotes and variables survive', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    const odd = { ...OWN_BUCKET, Sid: "Shop's", Resource: 'arn:aws:s3:::shop/${aws:PrincipalAccount}/*' }
    const [finding] = findingsOf(ruled(S3, { Statement: odd }), ID)
    expect(written(commandsOf(finding)[0])).toEqual({ Statement: [odd, LAYERS] })
    expect(finding.remedy.terraform).toContain('$${aws:PrincipalAccount}')
  })

  test('every action of a call is allowed, resource by resource', () => {
    const [finding] = findingsOf(ruled(LOGS, { Statement: [OWN_BUCKET] }), ID)
    expect(written(commandsOf(finding)[0])).toEqual({
      Statement: [
        OWN_BUCKET,
        {
          Effect: 'Allow',
          Principal: '*',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: 'arn:aws:logs:ap-northeast-2:123456789012:log-group:*:log-stream:*',
        },
      ],
    })
  })

  test('a statement that denies is named, and no other statement is offered against it', () => {
    const world = ruled(DKR, {
      Statement: [ALL, { Sid: 'NoPull', Effect: 'Deny', Principal: '*', Action: 'ecr:BatchGetImage', Resource: '*' }],
    })
    expect(told(world)).toEqual([`${ID} ${DKR}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain('denies what a start calls (ecr-dkr): NoPull')
    expect(commandsOf(finding)).toEqual([`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${DKR} --reset-policy`])
    expect(finding.remedy.console[0]?.en).toContain('narrow or remove NoPull')
  })

  test('clear with full access, given or by default', () => {
    expect(judge(ruled(S3, { Statement: [ALL] }))).toEqual({ findings: [], unknowns: [] })
    expect(judge(BY_ENDPOINTS).findings).toEqual([])
  })

  test('clear, since not decided, where the policy cannot be read', () => {
    expect(judge(ruled(S3, 'not json')).findings).toEqual([])
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
