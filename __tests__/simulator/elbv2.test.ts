import { expect, test } from '@jest/globals'
import { folderWith, simulate } from './support.ts'

const LB = 'arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:loadbalancer/net/front/0a1b2c3d4e5f6071'
const WEB = 'arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/web/1f2e3d4c5b6a7988'
const API = 'arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/api/8897a6b5c4d3e2f1'

const FILES = folderWith({
  'elbv2/describe-load-balancers.json': {
    LoadBalancers: [{ LoadBalancerArn: LB, LoadBalancerName: 'front', Type: 'network' }],
  },
  'elbv2/describe-target-groups.json': {
    TargetGroups: [
      { TargetGroupArn: WEB, TargetGroupName: 'web', Port: 3000, LoadBalancerArns: [LB] },
      { TargetGroupArn: API, TargetGroupName: 'api', Port: 80, LoadBalancerArns: [] },
    ],
  },
  'elbv2/describe-target-health/web.1f2e3d4c5b6a7988.json': {
    TargetHealthDescriptions: [
      { Target: { Id: '10.0.0.5', Port: 3000 }, TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout' } },
      { Target: { Id: '10.0.0.6', Port: 3000 }, TargetHealth: { State: 'healthy' } },
    ],
  },
})

/** As any client of awsQuery would send it: no SDK for it is installed here. */
async function ask(url: string, form: Readonly<Record<string, string>>): Promise<{ status: number; text: string }> {
  const body = new URLSearchParams({ Version: '2015-12-01', ...form })
  const response = await fetch(url, { method: 'POST', body })
  return { status: response.status, text: await response.text() }
}

function contents(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text ?? '')
}

test('target groups are found by ARN, by name and by load balancer', async () => {
  const { url, requests } = await simulate({ files: FILES })
  const namesWith = async (form: Readonly<Record<string, string>>) =>
    contents((await ask(url, { Action: 'DescribeTargetGroups', ...form })).text, 'TargetGroupName')
  expect(await namesWith({})).toEqual(['web', 'api'])
  expect(await namesWith({ 'TargetGroupArns.member.1': API })).toEqual(['api'])
  expect(await namesWith({ 'Names.member.2': 'web', 'Names.member.1': 'api' })).toEqual(['web', 'api'])
  expect(await namesWith({ LoadBalancerArn: LB })).toEqual(['web'])
  expect(requests()[2]?.params).toEqual({ Names: ['api', 'web'] })
})

test('answers and refusals have the shape of awsQuery', async () => {
  const { url, requests } = await simulate({ files: FILES, pageSize: 1 })
  const first = await ask(url, { Action: 'DescribeTargetGroups' })
  expect(first.text).toContain(
    '<DescribeTargetGroupsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetGroupsResult><TargetGroups><member>',
  )
  const Marker = contents(first.text, 'NextMarker')[0] ?? ''
  const second = await ask(url, { Action: 'DescribeTargetGroups', Marker })
  expect([contents(second.text, 'TargetGroupName'), contents(second.text, 'NextMarker')]).toEqual([['api'], []])
  const unknown = await ask(url, { Action: 'DescribeTargetGroups', 'Names.member.1': 'nope' })
  expect([unknown.status, contents(unknown.text, 'Code'), contents(unknown.text, 'Type')]).toEqual([
    400,
    ['TargetGroupNotFound'],
    ['Sender'],
  ])
  expect(requests()[2]).toMatchObject({ service: 'elbv2', params: { Names: ['nope'] } })
})

test('the health of targets is told by the name of its file', async () => {
  const { url } = await simulate({ files: FILES })
  const health = { Action: 'DescribeTargetHealth', TargetGroupArn: WEB }
  expect(contents((await ask(url, health)).text, 'State')).toEqual(['unhealthy', 'healthy'])
  const one = await ask(url, { ...health, 'Targets.member.1.Id': '10.0.0.6', 'Targets.member.1.Port': '3000' })
  expect(contents(one.text, 'State')).toEqual(['healthy'])
  const gone = await ask(url, { ...health, TargetGroupArn: `${WEB}0` })
  expect(contents(gone.text, 'Code')).toEqual(['TargetGroupNotFound'])
  const denied = await ask(url, { Action: 'DescribeListeners', LoadBalancerArn: LB })
  expect([denied.status, contents(denied.text, 'Code')]).toEqual([403, ['AccessDenied']])
  expect(denied.text).toContain('elasticloadbalancing:DescribeListeners')
})
