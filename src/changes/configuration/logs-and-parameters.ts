/** Log groups, and parameters of the Parameter Store. */
import { known } from '../../domain/answer.ts'
import type { Definitions } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { fieldsOf } from '../terraform.ts'
import { editRecord } from './configuration-facts.ts'

export const logsAndParameters: Definitions<'create-log-group' | 'put-parameter'> = {
  /** A log group. CloudWatch Logs API Reference, CreateLogGroup. */
  'create-log-group': {
    console: ({ logGroupName, region }) => ({
      en: `CloudWatch → Log groups → Create log group: ${logGroupName}, in ${region}`,
      ko: `CloudWatch → 로그 그룹 → 로그 그룹 생성에서 다음 이름으로 생성합니다: ${logGroupName} (리전: ${region})`,
    }),

    cli: 'logs',
    terraform: ({ logGroupName, region }) => ({
      type: 'aws_cloudwatch_log_group',
      name: logGroupName.replace(/^\//, ''),
      fields: fieldsOf({ region, name: logGroupName }),
    }),

    apply: (facts, { logGroupName, region }) =>
      editRecord(facts, 'logGroups', (one) => one.name === logGroupName && one.region === region, {
        exists: known(true),
      }),
  },

  /** A parameter that is not there yet. Systems Manager API Reference, PutParameter. */
  'put-parameter': {
    console: ({ name, type, region }) => ({
      en: `Systems Manager → Parameter Store → Create parameter: name ${name}, type ${type}, in ${region}`,
      ko: `Systems Manager → 파라미터 스토어 → 파라미터 생성에서 ${type} 유형으로 생성합니다. 이름: ${name} (리전: ${region})`,
    }),

    cli: (change) => [
      { comment: 'value.txt: the value of the parameter, made by you' },
      callOf('ssm', { ...change, value: 'file://value.txt' }),
    ],

    terraform: ({ name, type, region }) => ({
      type: 'aws_ssm_parameter',
      name: name.replace(/^\//, ''),
      fields: [...fieldsOf({ region, name, type }), ['value', 'file("value.txt")']],
    }),

    apply: (facts, { name, region }) =>
      editRecord(facts, 'parameters', (one) => one.name === name && one.region === region, { exists: known(true) }),
  },
}
