/** Printed alarm and dashboard: the AWS CLI takes the lines, Terraform and CloudFormation say the same, and all of it is over metrics that are written. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand } from '../../src/commands/index.ts'
import { readArguments, readValues } from '../../src/inputs/parse-arguments.ts'
import { NAMESPACE, UNITS } from '../../src/report/metrics/records.ts'
import { CONTEXT } from '../entry/context.ts'
import { temporary } from '../entry/program.ts'
import { type RealCli, startRealCli } from './real-cli/real-cli.ts'
import { chunksOf, literal, parse } from './terraform/blocks.ts'
import { requireTools } from './tools.ts'

requireTools()

let cli: RealCli
beforeAll(() => {
  cli = startRealCli()
})
afterAll(() => cli.stop())

const SERVICE = ['--cluster', 'prod', '--service', 'web', '--region', 'ap-northeast-2']

async function printed(form: string, more: readonly string[] = SERVICE) {
  const asked = readArguments(['deploy', ...more, '--print-monitoring', form])
  if (asked.kind !== 'run') throw new Error(form)
  return (await runCommand('deploy', readValues('deploy', asked.given, 'cli'), CONTEXT)).output
}

interface Alarm {
  readonly MetricName: string
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[]
}

async function byCommands(more?: readonly string[]) {
  const { calls, code, stderr } = await cli.script(await printed('cli', more), { reads: {}, files: {} })
  expect([code, stderr, calls.filter((one) => 'error' in one)]).toEqual([0, '', []])
  const [alarm, dashboard, ...others] = calls.flatMap((one) => ('params' in one ? [one] : []))
  expect([alarm?.operation, dashboard?.operation, others]).toEqual(['PutMetricAlarm', 'PutDashboard', []])
  return {
    regions: [alarm?.region, dashboard?.region],
    alarm: alarm?.params as Alarm,
    dashboard: dashboard?.params as { readonly DashboardName: string; readonly DashboardBody: string },
  }
}

async function byTemplate() {
  const { Resources } = JSON.parse(await printed('cloudformation'))
  return { alarm: Resources.RolloutAlarm.Properties, dashboard: Resources.RolloutDashboard.Properties }
}

describe('printed monitoring', () => {
  test('the AWS CLI takes it, in the Region of the service', async () => {
    const { alarm, regions } = await byCommands()
    expect(regions).toEqual(['ap-northeast-2', 'ap-northeast-2'])
    expect(alarm).toMatchObject({
      Namespace: NAMESPACE,
      Dimensions: [
        { Name: 'Cluster', Value: 'prod' },
        { Name: 'Service', Value: 'web' },
      ],
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'ignore',
    })
  })

  test('the template is what the commands make, and cfn-lint objects to nothing', async () => {
    const [commands, template] = [await byCommands(), await byTemplate()]
    expect(template.alarm).toEqual(commands.alarm)
    expect(template.dashboard).toEqual(commands.dashboard)
    const file = join(temporary(), 'monitoring.json')
    writeFileSync(file, await printed('cloudformation'))
    const { status, stdout } = spawnSync('.venv/bin/cfn-lint', [file], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, ''])
  })

  test('so is the Terraform, in arguments that the provider has', async () => {
    const { alarm, dashboard } = await byTemplate()
    const blocks = parse(chunksOf(await printed('terraform'))).flatMap(({ blocks }) => blocks)
    expect(blocks.map(({ type }) => type)).toEqual(['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_dashboard'])
    const { resources } = JSON.parse(readFileSync('__tests__/fixtures/terraform-arguments.json', 'utf8'))
    for (const { type, body } of blocks) {
      expect(Object.keys(body).filter((name) => !resources[type].arguments.includes(name))).toEqual([])
      expect(resources[type].required.filter((name: string) => !(name in body))).toEqual([])
    }
    const [own, board] = blocks.map(({ body }) => body)
    const said = (name: string) => literal(own?.[name])
    expect([said('alarm_name'), said('metric_name'), said('namespace'), said('statistic')]).toEqual([
      alarm.AlarmName,
      alarm.MetricName,
      alarm.Namespace,
      alarm.Statistic,
    ])
    expect([said('comparison_operator'), said('treat_missing_data'), Number(own?.['threshold'])]).toEqual([
      alarm.ComparisonOperator,
      alarm.TreatMissingData,
      alarm.Threshold,
    ])
    expect(literal(board?.['dashboard_name'])).toBe(dashboard.DashboardName)
    expect(await printed('terraform')).toContain(`jsonencode(${dashboard.DashboardBody})`)
  })

  test('alarm and dashboard look at metrics that are written', async () => {
    const { alarm, dashboard } = await byTemplate()
    const names = Object.keys(UNITS)
    const shown = [...String(dashboard.DashboardBody).matchAll(/"ecs-pull-guard","(\w+)"|MetricName=\\"(\w+)\\"/g)]
    const told = shown.map(([, plain, searched]) => plain ?? searched)
    expect(new Set(told)).toEqual(new Set(names))
    expect(names).toContain(alarm.MetricName)
    expect(dashboard.DashboardName).toMatch(/^[\w-]{1,255}$/)
  })

  test('of a service by its ARN, and in Korean, it is of the same names', async () => {
    const arn = 'arn:aws:ecs:ap-northeast-2:123456789012:service/prod/web'
    const [plain, named] = [await byCommands(), await byCommands(['--service', arn])]
    expect(named).toEqual(plain)
    const korean = await byCommands([...SERVICE, '--language', 'ko'])
    expect(korean.alarm).toMatchObject({ AlarmDescription: expect.stringMatching(/[가-힣]/) })
  })

  test('names that mean something to a shell or to Terraform stay names', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform, and of a shell
    const cluster = "a'b$(id)${x}"
    const { alarm } = await byCommands(['--cluster', cluster, '--service', 'web', '--region', 'eu-west-1'])
    expect(alarm.Dimensions).toContainEqual({ Name: 'Cluster', Value: cluster })
    const hcl = await printed('terraform', ['--cluster', cluster, '--service', 'web', '--region', 'eu-west-1'])
    expect(parse(chunksOf(hcl)).flatMap(({ blocks }) => blocks)).toHaveLength(2)
  })

  test('without a service it says what it needs', async () => {
    await expect(printed('cli', ['--region', 'eu-west-1'])).rejects.toThrow(/--service/)
  })
})
