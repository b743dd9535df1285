/** What the commands may ask of AWS: written to docs/ with UPDATE_GOLDEN=1, and held against what they do ask. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { startSimulator } from '../../simulator/start.ts'
import { execWrites } from '../../src/aws/deploy-policy.ts'
import { gatherNetwork, gatherService } from '../../src/aws/gather/index.ts'
import {
  ASKING,
  type Asking,
  actionsOf,
  flowLogQueries,
  imageConfigs,
  policyFor,
  rollbackOfDeployments,
  secretValues,
  sessionsInTasks,
} from '../../src/aws/permissions.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import type { Reader } from '../../src/aws/reader/reader.ts'
import { rehearsalWrites } from '../../src/aws/rehearsal-policy.ts'
import { CHECKS } from '../../src/checks/index.ts'
import { LANGUAGES, type Language, type Text } from '../../src/domain/text.ts'
import { policyOf, policyText, type ReadPolicy } from '../../src/iam/permission-statements.ts'

const DOCS = join(import.meta.dirname, '..', '..', 'docs')

function expectFile(name: string, content: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(DOCS, { recursive: true })
    writeFileSync(join(DOCS, name), content)
  }
  expect(readFileSync(join(DOCS, name), 'utf8')).toBe(content)
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

const WORDS = {
  title: { en: 'Permissions', ko: '권한' },
  intro: {
    en: 'All of it reads, nothing writes, but for the statements of `on-failure: rollback`, `rehearse`, `probe` and `enable-exec`. Drawn from the calls that the program is declared to make, so it cannot fall behind them. What is denied is told as *unknown*, with the action that was missing; nothing else changes.',
    ko: '`on-failure: rollback`, `rehearse`, `probe`, `enable-exec`의 정책 문을 제외하면 모두 읽기 권한입니다. 프로그램이 선언한 호출에서 생성되므로 항상 일치합니다. 거부된 항목은 부족한 권한과 함께 *판단 불가*로 표시되며 그 외에는 달라지지 않습니다.',
  },
  files: {
    en: 'As files: [iam-policy.json](iam-policy.json) for `preflight` and `snapshot`, [iam-policy-trace.json](iam-policy-trace.json) for `trace`, [iam-policy-watch.json](iam-policy-watch.json) for `watch`, [iam-policy-deploy.json](iam-policy-deploy.json) for what `deploy` reads; what it writes depends on its inputs, and `ecs-pull-guard deploy … --print-policy` prints both. `explain` and `simulate` ask AWS nothing. In another partition, put its name in place of `aws` in the ARNs.',
    ko: '파일: `preflight`와 `snapshot` 명령은 [iam-policy.json](iam-policy.json), `trace` 명령은 [iam-policy-trace.json](iam-policy-trace.json), `watch` 명령은 [iam-policy-watch.json](iam-policy-watch.json), `deploy` 명령의 읽기는 [iam-policy-deploy.json](iam-policy-deploy.json)입니다. `deploy` 명령의 쓰기는 입력에 따라 다르므로 `ecs-pull-guard deploy … --print-policy` 명령으로 둘 다 출력합니다. `explain`과 `simulate` 명령은 AWS를 호출하지 않습니다. 다른 파티션에서는 ARN의 `aws` 부분을 해당 파티션 이름으로 바꿉니다.',
  },
  simulation: {
    en: '`iam:SimulatePrincipalPolicy` shows what a role may do, and may be narrowed to the execution roles. Where it is not allowed, the policies of the role are read instead (`iam:ListAttachedRolePolicies` and the four after it); what the organization forbids is then not seen.',
    ko: '`iam:SimulatePrincipalPolicy` 작업은 역할이 할 수 있는 일을 보여 주며, 리소스를 태스크 실행 역할로 제한할 수 있습니다. 허용되지 않으면 역할의 정책을 대신 읽으며(`iam:ListAttachedRolePolicies` 외 네 가지), 이때 조직의 정책이 금지하는 것은 알 수 없습니다.',
  },
  watch: {
    en: 'It follows a deployment and makes a preflight beside that, so that a failure can be held against the network. Without the actions of the preflight it still follows, and explains failures by their texts alone.',
    ko: '배포를 추적하면서 실패를 네트워크와 대조할 수 있도록 preflight 점검도 함께 수행합니다. preflight 작업의 권한이 없어도 배포를 추적하며, 실패는 메시지만으로 설명합니다.',
  },
  probe: {
    en: 'It makes a preflight, and opens a session in a running task of each subnet. Add this statement to the policy of the preflight, narrowed to the cluster and its tasks: `cluster/CLUSTER`, `task/CLUSTER/*`. Who has it may run anything in these tasks.',
    ko: 'preflight 점검을 수행하고 서브넷마다 실행 중인 태스크에서 세션을 엽니다. preflight 정책에 다음 정책 문을 추가하고 리소스를 클러스터와 태스크로 제한합니다: `cluster/클러스터`, `task/클러스터/*`. 이 권한이 있으면 해당 태스크에서 무엇이든 실행할 수 있습니다.',
  },
  secrets: {
    en: 'Whether a secret has a JSON key shows in its value alone. The input `read-secrets` reads it and keeps nothing but the answer; it is off unless asked for, and the policies above do not allow it. To use it, add this statement, with the ARNs of the secrets in place of the `*`, and `kms:Decrypt` for a secret under a key of your own.',
    ko: '보안 암호에 JSON 키가 있는지는 값에서만 알 수 있습니다. `read-secrets` 입력은 값을 읽되 키가 있는지 여부만 남깁니다. 기본값은 꺼짐이며 위의 정책에는 이 권한이 없습니다. 사용하려면 `*` 자리에 보안 암호의 ARN을 넣어 다음 정책 문을 추가하고, 고객 관리형 키로 암호화한 보안 암호에는 `kms:Decrypt` 권한도 추가합니다.',
  },
  imageConfigs: {
    en: 'An image of a single platform names it in its configuration alone, where its environment stands, too. The input `read-image-config` reads it and keeps nothing but the platform; it is off unless asked for, and the policies above do not allow it. To use it, add this statement, with the ARNs of the repositories in place of the `*`.',
    ko: '단일 플랫폼 이미지의 플랫폼은 이미지 구성에만 나와 있으며, 그 안에는 이미지의 환경 변수도 들어 있습니다. `read-image-config` 입력은 이미지 구성을 읽되 플랫폼만 남깁니다. 기본값은 꺼짐이며 위의 정책에는 이 권한이 없습니다. 사용하려면 `*` 자리에 리포지토리의 ARN을 넣어 다음 정책 문을 추가합니다.',
  },
  flowLogs: {
    en: 'The input `flow-logs` asks VPC Flow Logs for rejected packets, as proof. To use it, add this statement, with the ARN of the log group in place of the `*`.',
    ko: '`flow-logs` 입력은 거부된 패킷을 VPC 흐름 로그에서 조회하여 증거로 제시합니다. 사용하려면 `*` 자리에 로그 그룹의 ARN을 넣어 다음 정책 문을 추가합니다.',
  },
  rollback: {
    en: 'The input `on-failure` asks ECS to bring the old revision back when the rollout cannot succeed any more. To use it, add this statement, narrowed to the service: `service-deployment/CLUSTER/SERVICE/*`.',
    ko: '`on-failure` 입력은 롤아웃이 더 이상 성공할 수 없을 때 ECS에 이전 개정으로의 롤백을 요청합니다. 사용하려면 다음 정책 문을 추가하고 리소스를 서비스로 제한합니다: `service-deployment/클러스터/서비스/*`.',
  },
  enableExec: {
    en: 'With the input `enable-exec`, `probe` turns ECS Exec on for the service and puts it back, keeps what it was in tags of the service, and follows the deployment that this starts. To use it, add these statements, narrowed to the service: `service/CLUSTER/SERVICE`, and what `watch` reads; `ecs-pull-guard probe --enable-exec --print-policy` prints all of it.',
    ko: '`enable-exec` 입력을 지정하면 `probe` 명령이 서비스의 ECS Exec를 켰다가 되돌리고, 원래 값을 서비스 태그에 보관하며, 이때 시작되는 배포를 추적합니다. 사용하려면 다음 정책 문과 `watch` 명령의 읽기 권한을 추가하고 리소스를 서비스로 제한합니다: `service/클러스터/서비스`. `ecs-pull-guard probe --enable-exec --print-policy` 명령으로 전체 정책을 출력합니다.',
  },
  rehearsal: {
    en: 'It makes a preflight, and then one throw-away task a subnet, whose definition it registers and deletes again. Beside what `preflight` reads it needs `ecs:ListTaskDefinitions` and these statements: [iam-policy-rehearse.json](iam-policy-rehearse.json) has all of them. Narrow `iam:PassRole` to the execution role of the service, and to its task role where a volume is mounted with it.',
    ko: 'preflight 점검을 수행한 뒤 서브넷마다 일회용 태스크를 시작하며, 그 태스크 정의를 등록하고 다시 삭제합니다. `preflight` 명령의 읽기 권한 외에 `ecs:ListTaskDefinitions` 권한과 다음 정책 문이 필요합니다. 전체 정책은 [iam-policy-rehearse.json](iam-policy-rehearse.json) 파일에 있습니다. `iam:PassRole` 권한은 서비스의 태스크 실행 역할로 제한하고, 볼륨을 태스크 역할로 마운트하면 그 역할도 포함합니다.',
  },
  actions: { en: 'Which check an action serves', ko: '작업별 점검' },
  action: { en: 'Action', ko: '작업' },
  commands: { en: 'Commands', ko: '명령' },
  checks: { en: 'Checks', ko: '점검' },
} as const satisfies Record<string, Text>

const OPT_INS = [
  { input: 'read-secrets', why: WORDS.secrets, statement: secretValues() },
  { input: 'read-image-config', why: WORDS.imageConfigs, statement: imageConfigs() },
  { input: 'flow-logs', why: WORDS.flowLogs, statement: flowLogQueries() },
  { input: 'on-failure: rollback', why: WORDS.rollback, statement: rollbackOfDeployments() },
  { input: 'enable-exec', why: WORDS.enableExec, statement: execWrites({ cluster: null, service: null }) },
]

function onlyWith(input: string): Text {
  return { en: `Only with \`${input}\``, ko: `\`${input}\` 입력을 지정할 때만` }
}

function page(language: Language): string {
  const say = (text: Text) => text[language]
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const all = [...new Set(ASKING.flatMap(actionsOf))].sort()
  const rows = all.map((action) => {
    const commands = ASKING.filter((command) => actionsOf(command).includes(action))
    const checks = CHECKS.filter(({ permissions }) => permissions.includes(action)).map(
      ({ id }) => `[${id}](${language}/checks/${id}.md)`,
    )
    return row([`\`${action}\``, commands.map((one) => `\`${one}\``).join(' '), checks.join(', ')])
  })
  return `${[
    `# ${say(WORDS.title)}`,
    say(WORDS.intro),
    say(WORDS.files),
    say(WORDS.simulation),
    '## `preflight`, `snapshot`',
    `\`\`\`json\n${json(policyFor('preflight'))}\`\`\``,
    '## `trace`',
    `\`\`\`json\n${json(policyFor('trace'))}\`\`\``,
    '## `watch`',
    say(WORDS.watch),
    `\`\`\`json\n${json(policyFor('watch'))}\`\`\``,
    '## `probe`',
    say(WORDS.probe),
    `\`\`\`json\n${json(sessionsInTasks())}\`\`\``,
    ...OPT_INS.flatMap(({ input, why, statement }) => [
      `## ${say(onlyWith(input))}`,
      say(why),
      `\`\`\`json\n${json(statement)}\`\`\``,
    ]),
    '## `rehearse`',
    say(WORDS.rehearsal),
    `\`\`\`json\n${json(rehearsalWrites())}\`\`\``,
    `## ${say(WORDS.actions)}`,
    [row([say(WORDS.action), say(WORDS.commands), say(WORDS.checks)]), row(['---', '---', '---']), ...rows].join('\n'),
  ].join('\n\n')}\n`
}

describe('the policies', () => {
  test('are the ones in docs', () => {
    expectFile('iam-policy.json', json(policyFor('preflight')))
    expectFile('iam-policy-trace.json', json(policyFor('trace')))
    expectFile('iam-policy-watch.json', json(policyFor('watch')))
    expectFile('iam-policy-deploy.json', json(policyFor('deploy')))
    expectFile('iam-policy-rehearse.json', json(policyFor('rehearse', 'aws', { rehearsal: true })))
    for (const language of LANGUAGES)
      expectFile(language === 'en' ? 'permissions.md' : `permissions.${language}.md`, page(language))
  })

  test('of a watch write only where the user opts into a rollback', () => {
    const { Statement } = policyFor('watch', 'aws-cn', { flowLogs: true, rollback: true })
    const added = [flowLogQueries('aws-cn'), rollbackOfDeployments('aws-cn')]
    expect(Statement).toEqual([...policyFor('watch', 'aws-cn').Statement, ...added])
    expect(rollbackOfDeployments('aws-cn').Action).toEqual(['ecs:StopServiceDeployment'])
    expect(JSON.stringify(policyFor('watch')).length).toBeLessThan(6144)
  })

  test('read no value of a secret unless the user opts into it', () => {
    for (const command of ASKING) expect(JSON.stringify(policyFor(command))).not.toContain('GetSecretValue')
    const { Statement } = policyFor('preflight', 'aws-cn', { readSecrets: true })
    expect(Statement).toEqual([...policyFor('preflight', 'aws-cn').Statement, secretValues('aws-cn')])
    const withConfigs = policyFor('preflight', 'aws-cn', { readImageConfig: true }).Statement
    expect(withConfigs).toEqual([...policyFor('preflight', 'aws-cn').Statement, imageConfigs('aws-cn')])
    expect(secretValues('aws-cn')).toMatchObject({
      Action: ['secretsmanager:GetSecretValue'],
      Resource: 'arn:aws-cn:secretsmanager:*:*:secret:*',
    })
  })

  test('of a snapshot are those of the preflight that it saves', () => {
    expect(policyFor('snapshot')).toEqual(policyFor('preflight'))
  })

  test('allow reading and nothing else', () => {
    const verbs = /^[a-z0-9-]+:(Describe|Filter|Get|List|Search|BatchGet|Simulate)[A-Za-z]*$/
    for (const command of ASKING) expect(actionsOf(command).filter((action) => !verbs.test(action))).toEqual([])
    const secrets =
      /^(secretsmanager:GetSecretValue|ssm:GetParameter|s3:GetObject|kms:(?!DescribeKey$|GetKeyPolicy$)|ecr:GetAuthorizationToken)/
    expect(actionsOf('preflight').filter((action) => secrets.test(action))).toEqual([])
  })

  test('fit into one managed policy', () => {
    // 6,144 characters, white space not counted (IAM User Guide, IAM and STS quotas).
    expect(JSON.stringify(policyFor('preflight')).length).toBeLessThan(6144)
  })

  test('have every action that a check says it rests on', () => {
    const known = new Set(actionsOf('preflight'))
    expect(
      CHECKS.flatMap(({ id, permissions }) =>
        permissions.filter((one) => !known.has(one)).map((one) => `${id} ${one}`),
      ),
    ).toEqual([])
  })

  test.each<[Asking, (reader: Reader) => Promise<unknown>]>([
    [
      'preflight',
      (reader) => gatherService(reader, { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }),
    ],
    [
      'trace',
      (reader) =>
        gatherNetwork(reader, {
          subnetIds: ['subnet-0e17c5b8a3d94f602'],
          hosts: ['api.ecr.ap-northeast-2.amazonaws.com'],
        }),
    ],
  ])('allow everything that %s asks', async (command, ask) => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' })
    const faults = [{ on: 'iam:Simulate*', kind: 'denied' }] as const
    const simulator = await startSimulator({ files: seoulFiles({ healthy: true }), faults })
    try {
      await ask(openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 }))
    } finally {
      await simulator.stop()
    }
    const prefix: Readonly<Record<string, string>> = {
      efs: 'elasticfilesystem',
      elbv2: 'elasticloadbalancing',
      'service-quotas': 'servicequotas',
    }
    const asked = simulator.requests().map(({ service, operation }) => `${prefix[service] ?? service}:${operation}`)
    expect(asked.length).toBeGreaterThan(10)
    expect(
      [...new Set(asked)].filter((one) => one !== 'sts:GetCallerIdentity' && !actionsOf(command).includes(one)),
    ).toEqual([])
  })
})

describe('statements', () => {
  test('are one a service, sorted, with the resources that can be named', () => {
    expect(
      policyOf(['iam:GetRole', 'ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'], 'aws-cn').Statement,
    ).toEqual([
      { Sid: 'ReadEc2', Effect: 'Allow', Action: ['ec2:DescribeSubnets', 'ec2:DescribeVpcs'], Resource: '*' },
      {
        Sid: 'ReadIam',
        Effect: 'Allow',
        Action: ['iam:GetRole'],
        Resource: ['arn:aws-cn:iam::*:role/*', 'arn:aws-cn:iam::*:policy/*', 'arn:aws-cn:iam::*:instance-profile/*'],
      },
    ])
  })

  test('for a report allow the same in fewer lines', () => {
    const policy = policyFor('watch', 'aws-cn')
    const short = policyText(policy)
    expect(short.split('\n').length).toBeLessThan(60)
    const allowed = ({ Statement }: ReadPolicy) =>
      Statement.flatMap(({ Action, Resource }) => Action.map((action) => `${action} ${Resource}`)).toSorted()
    expect(allowed(JSON.parse(short))).toEqual(allowed(policy))
    // As a policy within a role may take 10,240 characters, and a managed one 6,144, white space not counted (IAM quotas).
    expect(short.replace(/\s/g, '').length).toBeLessThan(6_144)
  })
})
