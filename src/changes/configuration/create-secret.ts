/** A secret. Its ARN ends in six characters that nobody can choose. Secrets Manager API Reference, CreateSecret. */
import { known } from '../../domain/answer.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { text } from '../terraform.ts'
import { editRecord } from './configuration-facts.ts'

export const createSecret: ChangeDefinition<'create-secret'> = {
  kind: 'create-secret',
  made: {
    query: 'ARN',
    attribute: 'arn',
    words: { en: 'the ARN of the new secret', ko: '새 보안 암호의 ARN' },
  },

  console: ({ name, region }) => [
    {
      en: `Secrets Manager → Store a new secret: name ${name}, in ${region}`,
      ko: `Secrets Manager → 새 보안 암호 저장에서 다음 이름으로 저장합니다: ${name} (리전: ${region})`,
    },
  ],

  cli: ({ name, region, file, holds }) => [
    { comment: `${file}: ${holds}, made by you` },
    {
      aws: ['secretsmanager', 'create-secret'],
      flags: [
        ['--name', name],
        ['--secret-string', `file://${file}`],
      ],
      region,
    },
  ],

  terraform: ({ makes, name, region, file }) => [
    {
      type: 'aws_secretsmanager_secret',
      name: 'new',
      fields: [
        ['region', text(region)],
        ['name', text(name)],
      ],
    },
    {
      type: 'aws_secretsmanager_secret_version',
      name: 'new',
      fields: [
        ['region', text(region)],
        ['secret_id', text(makes)],
        ['secret_string', `file(${text(file)})`],
      ],
    },
  ],

  /** Where a container names the secret by its name: an ARN of the old one leads nowhere still. */
  apply: (facts, { makes, name, region }) =>
    editRecord(facts, 'secrets', (one) => one.id === name && one.region === region, {
      secret: known({ arn: makes, deletedAt: null, stages: ['AWSCURRENT'] }),
    }) ?? facts,
}
