/** A deploy of a service whose deployment controller is ECS: what is written, in which order, and what it says in the end. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { deployed, fileOf, SERVICE, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

describe('a task definition in a file', () => {
  test('is registered, put into the service, and followed to its end', async () => {
    const scene = await sceneWith()
    const done = await deployed(scene, [...SERVICE, '--task-definition', await fileOf({ cpu: '1024', memory: '2048' })])
    console.log(done.said, done.writes, done.report.rollout?.phase, done.report.verdict, done.report.deployment, done.report.ending)
    expect(done.exitCode).toBe(0)
  })
})
