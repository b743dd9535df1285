/** Does the task definition name a task role where a volume needs one? */
import { defineCheck } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { newRevision } from '../service/service-changes.ts'
import { newRole, TASKS_SERVICE } from './role-statements.ts'

interface Details {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly volumes: readonly string[]
}

export default defineCheck<Details, 'service' | 'taskDefinition'>({
  id: 'task-role-missing',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition'],
  permissions: ['ecs:DescribeTaskDefinition'],

  title: { en: 'The task definition has no task role', ko: '태스크 정의에 태스크 역할이 없습니다' },
  why: {
    en: 'A volume of S3 Files is mounted as the task role. Without one nobody mounts it, and the task cannot start.',
    ko: 'S3 Files 볼륨은 태스크 역할로 마운트합니다. 태스크 역할이 없으면 마운트할 수 없으므로 태스크가 시작되지 않습니다.',
  },

  // ECS API Reference, S3FilesVolumeConfiguration: the task definition must include a Task IAM Role.
  evaluate({ service, taskDefinition }) {
    const mounted = taskDefinition.volumes.filter(({ s3FilesFileSystemArn }) => s3FilesFileSystemArn !== null)
    if (taskDefinition.taskRoleArn !== null || mounted.length === 0) return []
    return [
      {
        subject: taskDefinition.arn ?? taskDefinition.family,
        evidence: [
          { en: 'taskRoleArn is not set.', ko: '설정되지 않은 항목: taskRoleArn' },
          ...mounted.map(({ name, s3FilesFileSystemArn }) => ({
            en: `Needed by volume ${name}: ${s3FilesFileSystemArn}.`,
            ko: `역할이 필요한 항목: 볼륨 ${name} (${s3FilesFileSystemArn})`,
          })),
        ],
        details: { service, taskDefinition, volumes: mounted.map(({ name }) => name) },
      },
    ]
  },

  explain: ({ taskDefinition: { family }, volumes }) => ({
    en: `The task definition ${family} mounts S3 Files (${volumes.join(', ')}) and names no task role.`,
    ko: `태스크 정의에 S3 Files 볼륨이 있지만 태스크 역할이 없습니다: ${family} (볼륨: ${volumes.join(', ')})`,
  }),

  remedy({ service, taskDefinition }) {
    const roleName = `${taskDefinition.family.slice(0, 48)}-task`
    const { changes, after = [] } = newRevision(service, taskDefinition, { taskRoleArn: { ref: 'roleArn' } })
    return {
      changes: [newRole({ roleName, path: '/' }, TASKS_SERVICE), ...changes],
      after: [
        ...after,
        {
          en: 'The new role has to be allowed to mount: s3files:ClientMount, and s3files:ClientWrite where the volume is written to.',
          ko: '새 역할에는 마운트 권한이 필요합니다: s3files:ClientMount, 볼륨에 쓰는 경우 s3files:ClientWrite',
        },
      ],
    }
  },
})
