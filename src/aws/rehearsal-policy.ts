/** The IAM statements that let a rehearsal write. */
import { REHEARSAL_TAG } from '../domain/rehearsal.ts'
import type { ReadStatement } from '../iam/permission-statements.ts'
import * as writes from './calls/writes.ts'

/**
 * What a rehearsal makes and takes away again, and nothing else: its family and its tags stand in the conditions. ECS knows no resource of
 * RegisterTaskDefinition and DeregisterTaskDefinition (Service Authorization Reference). PassRole is to be narrowed to the execution role
 * of the service, and to its task role where a volume is mounted with it.
 */
export function rehearsalWrites(partition = 'aws'): readonly ReadStatement[] {
  const family = `arn:${partition}:ecs:*:*:task-definition/*-pull-rehearsal:*`
  const task = `arn:${partition}:ecs:*:*:task/*`
  const isTagged = { StringLike: { [`aws:RequestTag/${REHEARSAL_TAG}`]: '*' } }
  return [
    { ...allow('RegisterRehearsals', [writes.registerTaskDefinition], '*'), Condition: isTagged },
    allow('DeregisterRehearsals', [writes.deregisterTaskDefinition], '*'),
    { ...allow('RunRehearsals', [writes.runTask], family), Condition: isTagged },
    allow('DeleteRehearsals', [writes.deleteTaskDefinitions], family),
    {
      ...allow('StopRehearsals', [writes.stopTask], task),
      Condition: { StringLike: { [`aws:ResourceTag/${REHEARSAL_TAG}`]: '*' } },
    },
    {
      ...allow('TagRehearsals', [writes.tagResource], [family, task]),
      Condition: { StringEquals: { 'ecs:CreateAction': ['RegisterTaskDefinition', 'RunTask'] } },
    },
    {
      Sid: 'PassRolesToRehearsals',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: `arn:${partition}:iam::*:role/*`,
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
  ]
}

function allow(Sid: string, calls: readonly writes.WriteCall[], Resource: ReadStatement['Resource']): ReadStatement {
  return { Sid, Effect: 'Allow', Action: calls.map(({ permission }) => permission), Resource }
}
