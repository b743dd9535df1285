/** A log group. CloudWatch Logs API Reference, CreateLogGroup. */
import { known } from '../../domain/answer.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { text } from '../terraform.ts'
import { editRecord } from './configuration-facts.ts'

export const createLogGroup: ChangeDefinition<'create-log-group'> = {
  kind: 'create-log-group',

  console: ({ logGroupName, region }) => [
    {
      en: `CloudWatch → Log groups → Create log group: ${logGroupName}, in ${region}`,
      ko: `CloudWatch → 로그 그룹 → 로그 그룹 생성에서 다음 이름으로 생성합니다: ${logGroupName} (리전: ${region})`,
    },
  ],

  cli: ({ logGroupName, region }) => [
    { aws: ['logs', 'create-log-group'], flags: [['--log-group-name', logGroupName]], region },
  ],

  terraform: ({ logGroupName, region }) => [
    {
      type: 'aws_cloudwatch_log_group',
      name: logGroupName.replace(/^\//, ''),
      fields: [
        ['region', text(region)],
        ['name', text(logGroupName)],
      ],
    },
  ],

  apply: (facts, { logGroupName, region }) =>
    editRecord(facts, 'logGroups', (one) => one.name === logGroupName && one.region === region, {
      exists: known(true),
    }),
}
