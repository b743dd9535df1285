import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2'
import { DescribeTasksCommand } from '@aws-sdk/client-ecs'
import { GetRoleCommand } from '@aws-sdk/client-iam'
import { describe, expect, test } from '@jest/globals'
import { clientsOf, folderWith, refusal, simulate } from './support.ts'

const HOSTILE: readonly [about: string, text: string][] = [
  ['quotes', `"double" and 'single'`],
  ['markup', '</description><item>&lt;b&gt;</item>'],
  ['ampersands', 'a & b &amp; c &#60; &nosuch;'],
  ['a section end', 'x ]]> <![CDATA[ y ]]>'],
  ['comments and instructions', '<!-- no --> <?xml version="1.0"?> <!DOCTYPE x>'],
  ['line breaks and tabs', 'one\r\ntwo\rthree\nfour\tfive'],
  ['spaces at both ends', '  padded  '],
  ['emoji and Hangul', '🚀 배포 실패 👩‍💻'],
  ['a number', '007'],
  ['a word that looks like a value', 'true'],
]

describe('text survives XML and JSON unharmed', () => {
  test.each(HOSTILE)('%s', async (_, text) => {
    const cluster = 'arn:aws:ecs:ap-northeast-2:123456789012:cluster/demo'
    const group = { GroupId: 'sg-1', Description: text, Tags: [{ Key: 'Name', Value: text }] }
    const role = { RoleName: 'exec', Description: text, AssumeRolePolicyDocument: { Sid: text } }
    const files = folderWith({
      'ec2/describe-security-groups.json': { SecurityGroups: [group] },
      'iam/get-role/exec.json': { Role: role },
      'ecs/describe-tasks.json': { tasks: [{ taskArn: 't/1', clusterArn: cluster, stoppedReason: text }] },
    })
    const { ec2, iam, ecs } = clientsOf(await simulate({ files }))
    const filters = [{ Name: 'tag:Name', Values: [text.replace(/[*?\\]/g, '\\$&')] }]
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: filters }))
    expect(SecurityGroups).toEqual([group])
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'exec' }))
    expect(Role?.Description).toBe(text)
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual({ Sid: text })
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'demo', tasks: ['1'] }))
    expect(tasks?.[0]?.stoppedReason).toBe(text)
  })

  test('what XML 1.0 cannot write at all becomes U+FFFD', async () => {
    const group = { GroupId: 'sg-1', Description: 'a\u0000b\u001Bc\uD800d\uFFFFe' }
    const files = folderWith({ 'ec2/describe-security-groups.json': { SecurityGroups: [group] } })
    const { ec2 } = clientsOf(await simulate({ files }))
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({}))
    expect(SecurityGroups?.[0]?.Description).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe')
  })

  test('an error repeats what was asked, escaped', async () => {
    const files = folderWith({ 'ec2/describe-subnets.json': { Subnets: [] } })
    const { ec2 } = clientsOf(await simulate({ files }))
    const { message } = await refusal(ec2.send(new DescribeSubnetsCommand({ SubnetIds: ['<&"\'>'] })))
    expect(message).toBe(`The subnet ID '<&"'>' does not exist`)
  })
})

test('members that the SDK does not know yet are written by the usual rule', async () => {
  const subnet = { SubnetId: 'subnet-1', MadeUpIn2030: 'new', MadeUpSet: [{ Some: 'thing' }] }
  const { url } = await simulate({ files: folderWith({ 'ec2/describe-subnets.json': { Subnets: [subnet] } }) })
  const body = new URLSearchParams({ Action: 'DescribeSubnets', Version: '2016-11-15' })
  const text = await (await fetch(url, { method: 'POST', body })).text()
  expect(text).toContain(
    '<subnetId>subnet-1</subnetId><madeUpIn2030>new</madeUpIn2030><madeUpSet><item><some>thing</some></item></madeUpSet>',
  )
})

test('a hundred callers at once each get their own answer', async () => {
  const Subnets = Array.from({ length: 100 }, (_, at) => ({ SubnetId: `subnet-${at}`, CidrBlock: `10.0.${at}.0/24` }))
  const simulator = await simulate({ files: folderWith({ 'ec2/describe-subnets.json': { Subnets } }) })
  const { ec2 } = clientsOf(simulator)
  const answers = await Promise.all(
    Subnets.map(({ SubnetId }) => ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }))),
  )
  expect(answers.map((answer) => answer.Subnets)).toEqual(Subnets.map((subnet) => [subnet]))
  expect(simulator.requests()).toHaveLength(100)
})
