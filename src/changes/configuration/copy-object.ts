/** An object under another name. S3 API Reference, CopyObject. */
import type { ChangeDefinition } from '../change-kind.ts'
import { text } from '../terraform.ts'

export const copyObject: ChangeDefinition<'copy-object'> = {
  kind: 'copy-object',

  console: ({ copySource, bucket, key }) => [
    {
      en: `S3 → ${copySource} → Actions → Copy: to ${bucket}/${key}`,
      ko: `S3 → ${copySource} → 작업 → 복사에서 다음 이름으로 복사합니다: ${bucket}/${key}`,
    },
  ],

  cli: ({ copySource, bucket, key }) => [
    {
      aws: ['s3api', 'copy-object'],
      flags: [
        ['--copy-source', copySource],
        ['--bucket', bucket],
        ['--key', key],
      ],
    },
  ],

  terraform: ({ copySource, bucket, key }) => [
    {
      type: 'aws_s3_object_copy',
      name: key,
      fields: [
        ['bucket', text(bucket)],
        ['key', text(key)],
        ['source', text(copySource)],
      ],
    },
  ],

  // No fact says which objects there are.
  apply: () => null,
}
