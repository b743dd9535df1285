/** An alarm and a dashboard over the metrics of a service's rollouts, to be made once: as commands, as Terraform, as a CloudFormation template. */
import { commandText } from '../../changes/command-line.ts'
import { encoded, newResource, text } from '../../changes/terraform.ts'
import type { Language, Text } from '../../domain/text.ts'
import { NAMESPACE } from './records.ts'

export type MonitoringForm = 'cli' | 'terraform' | 'cloudformation'

export interface MonitoredService {
  readonly region: string
  readonly cluster: string
  readonly service: string
}

export function monitoringText(form: MonitoringForm, monitored: MonitoredService, language: Language): string {
  const parts = { alarm: alarmOf(monitored, language), dashboard: dashboardOf(monitored, language) }
  return WRITERS[form](parts, monitored, language)
}

/** A rollout is a data point: what the last one had stands until the next. */
function alarmOf({ cluster, service }: MonitoredService, language: Language) {
  return {
    name: `${NAMESPACE} ${cluster}/${service}: failed starts`.slice(0, 255),
    description: WORDS.alarm[language],
    metric: 'TaskSuccessRate',
    dimensions: { Cluster: cluster, Service: service },
    statistic: 'Minimum',
    period: 300,
    evaluationPeriods: 1,
    threshold: 1,
    comparison: 'LessThanThreshold',
    missing: 'ignore',
  } as const
}

interface Dashboard {
  readonly name: string
  /** JSON (CloudWatch API Reference, "Dashboard Body Structure and Syntax"). */
  readonly body: string
}

function dashboardOf(monitored: MonitoredService, language: Language): Dashboard {
  const { region, cluster, service } = monitored
  const own = (metric: string, stat: string) => [
    ...[NAMESPACE, metric, 'Cluster', cluster, 'Service', service],
    { stat, label: `${metric} (${stat})` },
  ]
  const bySubnet = (metric: string, stat: string) => [{ expression: search(monitored, metric, stat) }]
  const widgets = [
    {
      title: WORDS.starts,
      metrics: [own('TaskSuccessRate', 'Minimum'), [...own('FailedStarts', 'Sum').slice(0, -1), RIGHT]],
    },
    {
      title: WORDS.seconds,
      metrics: [own('RolloutSeconds', 'Maximum'), own('PullSeconds', 'p50'), own('PullSeconds', 'Maximum')],
    },
    { title: WORDS.failedBySubnet, metrics: [bySubnet('FailedStarts', 'Sum')] },
    { title: WORDS.pullsBySubnet, metrics: [bySubnet('PullSeconds', 'p50'), bySubnet('PullSeconds', 'Maximum')] },
  ].map(({ title, metrics }, at) => ({
    ...{ type: 'metric', x: (at % 2) * 12, y: Math.floor(at / 2) * 6, width: 12, height: 6 },
    properties: { title: title[language], region, view: 'timeSeries', stacked: false, period: 300, metrics },
  }))
  return {
    // Letters, digits, hyphen and underscore alone (CloudWatch API Reference, PutDashboard).
    name: `${NAMESPACE}-${cluster}-${service}`.replaceAll(/[^\w-]/g, '-').slice(0, 255),
    body: JSON.stringify({ widgets }),
  }
}

const RIGHT = { stat: 'Sum', label: 'FailedStarts', yAxis: 'right' }

/** Of subnets that nobody knows yet, too (CloudWatch User Guide, "Search expression syntax": a name with a hyphen is quoted). Names of ECS have no quotes. */
function search({ cluster, service }: MonitoredService, metric: string, stat: string): string {
  const schema = `{"${NAMESPACE}",Cluster,Service,SubnetId}`
  return `SEARCH('${schema} MetricName="${metric}" Cluster="${cluster}" Service="${service}"', '${stat}')`
}

interface Parts {
  readonly alarm: ReturnType<typeof alarmOf>
  readonly dashboard: Dashboard
}

const WRITERS: Readonly<
  Record<MonitoringForm, (parts: Parts, monitored: MonitoredService, language: Language) => string>
> = {
  cli: ({ alarm, dashboard }, { region }, language) =>
    [
      commandText({ comment: WORDS.actions[language] }, region),
      commandText(
        {
          aws: ['cloudwatch', 'put-metric-alarm'],
          flags: [
            ['--alarm-name', alarm.name],
            ['--alarm-description', alarm.description],
            ['--namespace', NAMESPACE],
            ['--metric-name', alarm.metric],
            [
              '--dimensions',
              JSON.stringify(Object.entries(alarm.dimensions).map(([Name, Value]) => ({ Name, Value }))),
            ],
            ['--statistic', alarm.statistic],
            ['--period', String(alarm.period)],
            ['--evaluation-periods', String(alarm.evaluationPeriods)],
            ['--threshold', String(alarm.threshold)],
            ['--comparison-operator', alarm.comparison],
            ['--treat-missing-data', alarm.missing],
          ],
        },
        region,
      ),
      commandText(
        {
          aws: ['cloudwatch', 'put-dashboard'],
          flags: [
            ['--dashboard-name', dashboard.name],
            ['--dashboard-body', dashboard.body],
          ],
        },
        region,
      ),
      '',
    ].join('\n'),

  terraform: ({ alarm, dashboard }, _, language) =>
    [
      `# ${WORDS.actions[language]}`,
      newResource(
        {
          type: 'aws_cloudwatch_metric_alarm',
          name: NAME,
          fields: [
            ['alarm_name', text(alarm.name)],
            ['alarm_description', text(alarm.description)],
            ['namespace', text(NAMESPACE)],
            ['metric_name', text(alarm.metric)],
            [
              'dimensions',
              `{ ${Object.entries(alarm.dimensions)
                .map(([name, value]) => `${name} = ${text(value)}`)
                .join(', ')} }`,
            ],
            ['statistic', text(alarm.statistic)],
            ['period', String(alarm.period)],
            ['evaluation_periods', String(alarm.evaluationPeriods)],
            ['threshold', String(alarm.threshold)],
            ['comparison_operator', text(alarm.comparison)],
            ['treat_missing_data', text(alarm.missing)],
          ],
        },
        NAME,
      ),
      newResource(
        {
          type: 'aws_cloudwatch_dashboard',
          name: NAME,
          fields: [
            ['dashboard_name', text(dashboard.name)],
            ['dashboard_body', encoded(dashboard.body)],
          ],
        },
        NAME,
      ),
    ].join('\n'),

  cloudformation: ({ alarm, dashboard }, _, language) =>
    `${JSON.stringify(
      {
        AWSTemplateFormatVersion: '2010-09-09',
        Description: WORDS.actions[language],
        Resources: {
          RolloutAlarm: {
            Type: 'AWS::CloudWatch::Alarm',
            Properties: {
              AlarmName: alarm.name,
              AlarmDescription: alarm.description,
              Namespace: NAMESPACE,
              MetricName: alarm.metric,
              Dimensions: Object.entries(alarm.dimensions).map(([Name, Value]) => ({ Name, Value })),
              Statistic: alarm.statistic,
              Period: alarm.period,
              EvaluationPeriods: alarm.evaluationPeriods,
              Threshold: alarm.threshold,
              ComparisonOperator: alarm.comparison,
              TreatMissingData: alarm.missing,
            },
          },
          RolloutDashboard: {
            Type: 'AWS::CloudWatch::Dashboard',
            Properties: { DashboardName: dashboard.name, DashboardBody: dashboard.body },
          },
        },
      },
      null,
      2,
    )}\n`,
}

const NAME = 'rollouts'

const WORDS = {
  alarm: {
    en: 'A start of a task failed in the last rollout. The report of that run says why and where.',
    ko: '마지막 롤아웃에서 시작에 실패한 태스크가 있습니다. 원인과 위치는 해당 실행의 보고서에 있습니다.',
  },
  actions: {
    en: 'The alarm tells nobody yet: give it an action, such as the ARN of an SNS topic.',
    ko: '경보에 아직 작업이 없습니다. SNS 주제의 ARN 등 알림을 받을 작업을 추가합니다.',
  },
  starts: { en: 'Starts of tasks', ko: '태스크 시작' },
  seconds: { en: 'Seconds of rollouts and pulls', ko: '롤아웃 및 이미지 풀 시간(초)' },
  failedBySubnet: { en: 'Failed starts by subnet', ko: '서브넷별 시작 실패' },
  pullsBySubnet: { en: 'Seconds of pulls by subnet', ko: '서브넷별 이미지 풀 시간(초)' },
} as const satisfies Readonly<Record<string, Text>>
