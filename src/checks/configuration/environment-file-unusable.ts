/** Are the environment files that containers name such as ECS takes? */
import { cannotSee, defineCheck, type Unseen } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { s3Object } from '../../domain/value-from.ts'
import { newRevision } from '../service/service-changes.ts'

interface Details {
  readonly file: string
  readonly container: string
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly fitting: string
}

export default defineCheck<Details, 'service' | 'taskDefinition'>({
  id: 'environment-file-unusable',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],

  title: { en: 'ECS does not take the environment file', ko: 'ECS가 사용할 수 없는 환경 파일입니다' },
  why: {
    en: 'An environment file is an object in S3, named by its ARN, whose name ends with .env. For anything else the start fails: "failed to download env files".',
    ko: '환경 파일은 ARN으로 지정한 S3 객체이며 이름이 .env로 끝나야 합니다. 그렇지 않으면 "failed to download env files" 오류로 시작이 실패합니다.',
  },

  evaluate: ({ service, taskDefinition }) =>
    taskDefinition.containers.flatMap(({ name: container, environmentFiles }) =>
      environmentFiles.map((file) => {
        const object = s3Object(file)
        if (object?.key.endsWith('.env')) return unlooked(file)
        const evidence = {
          en: `container ${container}: environmentFiles ${file}`,
          ko: `컨테이너 ${container}: environmentFiles ${file}`,
        }
        return {
          subject: file,
          evidence: [evidence],
          details: { file, container, service, taskDefinition, fitting: fittingName(file) },
        }
      }),
    ),

  explain: ({ file, container }) => ({
    en: `Container ${container} names ${file}, which is not the ARN of an S3 object that ends with .env.`,
    ko: `.env로 끝나는 S3 객체의 ARN이 아닌 환경 파일입니다: ${file} (컨테이너: ${container})`,
  }),

  /** The copy first: a revision that names a file which is not there starts nothing. */
  remedy: ({ file, service, taskDefinition, fitting }) => {
    const [from, to] = [s3Object(file), s3Object(fitting)]
    if (from === null || to === null) return { changes: [], after: [NAME_AN_OBJECT] }
    const revision = newRevision(service, taskDefinition, { environmentFiles: [{ from: file, to: fitting }] })
    const copy = { kind: 'copy-object', copySource: `${from.bucket}/${from.key}`, ...to } as const
    return { ...revision, changes: [copy, ...revision.changes] }
  },
})

const NAME_AN_OBJECT: Text = {
  en: 'Upload the file to S3 under a name that ends with .env, and name it in the task definition by its ARN: arn:aws:s3:::BUCKET/NAME.env',
  ko: '파일을 .env로 끝나는 이름으로 S3에 업로드하고 태스크 정의에 ARN으로 지정합니다: arn:aws:s3:::BUCKET/NAME.env',
}

/** Objects are looked up with the right to read them, which a check of names is not worth. */
function unlooked(file: string): Unseen {
  return cannotSee(['environment-file-not-looked-up', file], {
    en: `not looked up, because S3 tells whether a file is there only to who may read it: ${file}`,
    ko: `확인하지 않음(S3는 파일을 읽을 수 있는 호출자에게만 파일의 존재를 알려 줌): ${file}`,
  })
}

/** The same object under a name that ECS takes. */
function fittingName(file: string): string {
  return `${file.replace(/\.[\w-]*$/, '')}.env`
}
