/** On Fargate: does every FireLens log router have its configuration in its image, where alone it is looked for? */
import { defineCheck } from '../../domain/check.ts'
import { launchesOf } from '../../task-start/launch.ts'

interface Details {
  readonly container: string
  readonly file: string
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute'>({
  id: 'firelens-file-not-supported',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute'],
  permissions: ['ecs:DescribeTaskDefinition'],

  title: {
    en: 'Fargate takes no FireLens configuration from S3',
    ko: 'Fargate에서는 S3의 FireLens 구성을 사용할 수 없습니다',
  },
  why: {
    en: 'On Fargate the configuration of a FireLens log router has to be a file in its image: config-file-type file. One from S3 is supported on EC2 alone, and the task does not start.',
    ko: 'Fargate에서 FireLens 로그 라우터의 구성은 이미지 안의 파일이어야 합니다(config-file-type file). S3의 구성은 EC2에서만 지원되므로 태스크가 시작되지 않습니다.',
  },

  // ECS API Reference, FirelensConfiguration: tasks hosted on Fargate only support the file configuration file type.
  evaluate({ service, taskDefinition, compute }) {
    if (!launchesOf(service, compute).some(({ on }) => on === 'fargate')) return []
    return taskDefinition.containers.flatMap(({ name, firelens }) => {
      if (firelens?.configFileType !== 's3') return []
      const file = firelens.configFileValue ?? ''
      return [
        {
          subject: name,
          evidence: [
            {
              en: `container ${name}: config-file-type s3, config-file-value ${file}`,
              ko: `컨테이너 ${name}: config-file-type s3, config-file-value ${file}`,
            },
          ],
          details: { container: name, file },
        },
      ]
    })
  },

  explain: ({ container, file }) => ({
    en: `The log router ${container} takes its configuration from S3 (${file}), which Fargate does not support.`,
    ko: `로그 라우터가 Fargate에서 지원하지 않는 S3 구성을 사용합니다: ${container} (${file})`,
  }),

  remedy: ({ container }) => ({
    changes: [],
    after: [
      {
        en: `Build the file into the image of ${container} and name it with config-file-type file; or use the init image of AWS for Fluent Bit, which fetches files from S3 as the task role (environment variables aws_fluent_bit_init_s3_1, …).`,
        ko: `파일을 컨테이너 이미지에 넣고 config-file-type file로 지정합니다: ${container}. 또는 태스크 역할로 S3에서 파일을 가져오는 AWS for Fluent Bit의 init 이미지를 사용합니다(환경 변수 aws_fluent_bit_init_s3_1, …).`,
      },
    ],
  }),
})
