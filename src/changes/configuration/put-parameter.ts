/** A parameter that is not there yet. Systems Manager API Reference, PutParameter. */
import { known } from '../../domain/answer.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { text } from '../terraform.ts'
import { editRecord } from './configuration-facts.ts'

export const putParameter: ChangeDefinition<'put-parameter'> = {
  kind: 'put-parameter',

  console: ({ name, type, region }) => [
    {
      en: `Systems Manager → Parameter Store → Create parameter: name ${name}, type ${type}, in ${region}`,
      ko: `Systems Manager → 파라미터 스토어 → 파라미터 생성에서 ${type} 유형으로 생성합니다. 이름: ${name} (리전: ${region})`,
    },
  ],

  cli: ({ name, type, region }) => [
    { comment: 'value.txt: the value of the parameter, made by you' },
    {
      aws: ['ssm', 'put-parameter'],
      flags: [
        ['--name', name],
        ['--type', type],
        ['--value', 'file://value.txt'],
      ],
      region,
    },
  ],

  terraform: ({ name, type, region }) => [
    {
      type: 'aws_ssm_parameter',
      name: name.replace(/^\//, ''),
      fields: [
        ['region', text(region)],
        ['name', text(name)],
        ['type', text(type)],
        ['value', 'file("value.txt")'],
      ],
    },
  ],

  apply: (facts, { name, region }) =>
    editRecord(facts, 'parameters', (one) => one.name === name && one.region === region, { exists: known(true) }),
}
