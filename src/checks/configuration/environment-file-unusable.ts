/** Are the environment files that containers name such as ECS takes? */

import { resource, text } from '../../changes/terraform.ts'
import { defineCheck, type Unseen } from '../../domain/check.ts'
import { s3Object } from '../../domain/value-from.ts'

interface Details {
  readonly file: string
  readonly container: string
  readonly family: string
  readonly fitting: string
}

export default defineCheck<Details, 'taskDefinition'>({
  id: 'environment-file-unusable',
  step: 'configuration',
  severity: 'blocker',
  needs: ['taskDefinition'],
  permissions: ['ecs:DescribeTaskDefinition'],

  title: {
    en: 'ECS does not take the environment file',
    ko: 'ECS가 사용할 수 없는 환경 파일입니다',
  },
  why: {
    en: 'An environment file is an object in S3, named by its ARN, whose name ends with .env. For anything else the start fails: "failed to download env files".',
    ko: '환경 파일은 ARN으로 지정한 S3 객체이며 이름이 .env로 끝나야 합니다. 그렇지 않으면 "failed to download env files" 오류로 시작이 실패합니다.',
  },

  evaluate: ({ taskDefinition: { containers, family } }) =>
    containers.flatMap(({ name: container, environmentFiles }) =>
      environmentFiles.map((file) => {
        const object = s3Object(file)
        if (object?.key.endsWith('.env')) return unlooked(file)
        const evidence = {
          en: `container ${container}: environmentFiles ${file}`,
          ko: `컨테이너 ${container}: environmentFiles ${file}`,
        }
        return { subject: file, evidence: [evidence], details: { file, container, family, fitting: fittingName(file) } }
      }),
    ),

  explain: ({ file, container }) => ({
    en: `Container ${container} names ${file}, which is not the ARN of an S3 object that ends with .env.`,
    ko: `.env로 끝나는 S3 객체의 ARN이 아닌 환경 파일입니다: ${file} (컨테이너: ${container})`,
  }),

  remedy: ({ file, container, family, fitting }) => ({
    console: [
      {
        en: `S3: copy the file to ${fitting}`,
        ko: `S3에서 파일을 다음 이름으로 복사합니다: ${fitting}`,
      },
      {
        en: `ECS → Task definitions → ${family} → Create new revision → ${container} → Add from file: ${fitting} → Create`,
        ko: `ECS → 태스크 정의 → ${family} → 새 개정 생성 → ${container} → 파일에서 추가에 다음 ARN을 넣고 생성을 누릅니다: ${fitting}`,
      },
    ],
    cli: [`aws s3 cp ${urlOf(file)} ${urlOf(fitting)}`],
    terraform: resource('aws_s3_object', container, [
      ['bucket', text(s3Object(fitting)?.bucket ?? '')],
      ['key', text(s3Object(fitting)?.key ?? '')],
      ['source', text(`${container}.env`)],
    ]),
  }),
})

/** Objects are looked up with the right to read them, which a check of names is not worth. */
function unlooked(file: string): Unseen {
  return {
    matters: false,
    unseen: {
      permission: null,
      reason: ['environment-file-not-looked-up', file],
      because: {
        en: `not looked up, because S3 tells whether a file is there only to who may read it: ${file}`,
        ko: `확인하지 않음(S3는 파일을 읽을 수 있는 호출자에게만 파일의 존재를 알려 줌): ${file}`,
      },
    },
  }
}

/** The same object under a name that ECS takes; one of the file's name where none is named. */
function fittingName(file: string): string {
  const object = s3Object(file)
  const base = object === null ? (/([\w.-]+)\/*$/.exec(file)?.[1] ?? 'app') : ''
  return object === null
    ? `arn:aws:s3:::BUCKET/${base.replace(/\.env$/, '')}.env`
    : `${file.replace(/\.[\w-]*$/, '')}.env`
}

function urlOf(arn: string): string {
  const object = s3Object(arn)
  return object === null ? arn : `s3://${object.bucket}/${object.key}`
}
