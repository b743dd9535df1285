/** What IAM is sure that the caller may not do ends the deploy before the first write; what it cannot tell does not. */
import { beforeAll, expect, test } from '@jest/globals'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { deployed, fileOf, SERVICE, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const ALL = ['ecs:RegisterTaskDefinition', 'ecs:UpdateService', 'iam:PassRole']

interface Answered {
  readonly decision?: string
  readonly missing?: readonly string[]
}

/** The caller of the simulator is a user; or a session of a role, which IAM knows with a path. */
async function ran(answers: Readonly<Record<string, Answered>>, asRole = false) {
  const results = ALL.map((action) => ({
    EvalActionName: action,
    EvalResourceName: '*',
    EvalDecision: answers[action]?.decision ?? 'allowed',
    MissingContextValues: answers[action]?.missing ?? [],
    MatchedStatements: [],
  }))
  const role = 'arn:aws:iam::406178923551:role/ci/deployer'
  const identity = {
    'sts/get-caller-identity.json': {
      UserId: 'AROA:ci',
      Account: '406178923551',
      Arn: 'arn:aws:sts::406178923551:assumed-role/deployer/ci',
    },
    'iam/get-role/deployer.json': {
      Role: { RoleName: 'deployer', Arn: role, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
    },
  }
  const name = asRole ? 'deployer' : 'simulated'
  const scene = await sceneWith(
    {},
    {
      files: {
        ...seoulFiles({ healthy: true }),
        ...(asRole ? identity : {}),
        [`iam/simulate-principal-policy/${name}.json`]: { EvaluationResults: results, IsTruncated: false },
      },
    },
  )
  const words = [...SERVICE, '--task-definition', await fileOf({ cpu: '1024', memory: '2048' })]
  return deployed(scene, words)
}

test.each([[false], [true]])('all of it is allowed: the deploy goes on (as a role: %s)', async (asRole) => {
  const done = await ran({}, asRole)
  expect([done.exitCode, done.writes]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
  const asked = done.requests.filter(
    ({ operation, params }) =>
      operation === 'SimulatePrincipalPolicy' && ALL.includes(String((params['ActionNames'] as string[])[0])),
  )
  const source = asRole ? 'role/ci/deployer' : 'user/simulated'
  expect(new Set(asked.map(({ params }) => params['PolicySourceArn']))).toEqual(
    new Set([`arn:aws:iam::406178923551:${source}`]),
  )
  const pass = asked.filter(({ params }) => String(params['ActionNames']) === 'iam:PassRole')
  expect(pass.length).toBeGreaterThan(0)
  for (const { params } of pass) {
    expect(params['ContextEntries']).toContainEqual({
      ContextKeyName: 'iam:PassedToService',
      ContextKeyValues: ['ecs-tasks.amazonaws.com'],
      ContextKeyType: 'string',
    })
  }
})

test.each(ALL)('%s is denied: nothing is written, and the report names it', async (action) => {
  const done = await ran({ [action]: { decision: 'implicitDeny' } }, true)
  expect([done.exitCode, done.writes]).toEqual([1, []])
  expect(done.report.ending).toMatchObject({
    kind: 'not-permitted',
    missing: expect.arrayContaining([expect.objectContaining({ action })]),
  })
  expect(JSON.parse(done.output).headline).toContain(action)
})

test('a denial that hangs on what the simulation does not know is none', async () => {
  const done = await ran({ 'ecs:UpdateService': { decision: 'implicitDeny', missing: ['aws:SourceIp'] } })
  expect([done.exitCode, done.writes]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
})
