import { describe, expect, test } from '@jest/globals'
import type { Label } from '../../src/domain/label.ts'
import type { Words } from '../../src/ecs-errors/label-row.ts'
import { LABELS } from '../../src/ecs-errors/labels.ts'
import { type Message, readMessage } from '../../src/ecs-errors/read-message.ts'
import { repairsOf } from '../../src/ecs-errors/repairs.ts'
import { wordsFor } from '../../src/ecs-errors/words.ts'

const NOTHING_TO_MEND: readonly Label[] = ['progress', 'steady', 'scaling', 'user-stopped']
const DESTINATIONS = ['s3-layers', 'ecr-api', 'ecr-dkr', 'logs', 'ssm', 'registry:quay.io', null]
const CLASSES = ['s3', 'public', 'private', null] as const

function everyWording(label: Label): Words[] {
  return DESTINATIONS.flatMap((destination) =>
    CLASSES.flatMap((is): Message[] => {
      const address = is === null ? null : { ip: '10.0.0.1', port: 443, is }
      const repairs = [null, ...Array.from({ length: repairsOf(label) }, (_, at) => at)]
      return repairs.map((repair) => ({ label, step: 'pull', destination, transient: null, address, repair }))
    }),
  ).map(wordsFor)
}

function sentences({ title, why, remedy }: Words) {
  return [title, why, ...remedy]
}

describe.each(Object.keys(LABELS) as Label[])('%s', (label) => {
  test('has words in both languages', () => {
    for (const words of everyWording(label)) {
      for (const { en, ko } of sentences(words)) {
        expect(en).toMatch(/^[A-Z]/)
        expect(en).not.toMatch(/[가-힣]/)
        expect(ko).toMatch(/[가-힣]/)
      }
    }
  })

  test('speaks Korean politely and in Korean alone', () => {
    for (const words of everyWording(label)) {
      expect(words.title.ko).toMatch(/니다$/)
      expect(words.why.ko).toMatch(/니다\.$/)
      for (const { ko } of words.remedy) {
        expect(ko).toMatch(/니다|[a-z0-9A-Z"/\]]$/)
        const latin =
          ko
            .replace(/aws [^가-힣]+|docker [^가-힣]+|sudo [^가-힣]+|com\.amazonaws[^가-힣]+/g, '')
            .match(/[A-Za-z]+/g) ?? []
        const hangul = ko.match(/[가-힣]+/g) ?? []
        expect(hangul.length).toBeGreaterThan(latin.length / 3)
      }
    }
  })

  test('says what to do, unless nothing is wrong', () => {
    expect(LABELS[label].remedy.length > 0 || everyWording(label).every((words) => words.remedy.length > 0)).toBe(
      !NOTHING_TO_MEND.includes(label),
    )
    for (const words of everyWording(label)) expect(words.remedy.length).toBeLessThanOrEqual(5)
  })
})

describe('words for one message', () => {
  const pull = (address: string) =>
    wordsFor(
      readMessage(
        `CannotPullContainerError: failed to copy: httpReadSeeker: failed open: failed to do request: Get 123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1: dial tcp ${address}:443: i/o timeout`,
      ),
    )

  test('a layer time-out sends the reader to the route to S3, not to the ECR endpoints', () => {
    const { why, remedy } = pull('52.219.148.62')
    expect(why.en).toContain('Amazon S3')
    expect(remedy[0]?.en).toContain('gateway endpoint')
    expect(remedy.map(({ en }) => en).join(' ')).not.toContain('ecr.dkr')
  })

  test('a private address makes the security group of the endpoint the suspect', () => {
    const { why, remedy } = pull('10.0.1.20')
    expect(why.en).toContain('security group of that endpoint')
    expect(why.ko).toContain('엔드포인트의 보안 그룹')
    expect(remedy[0]?.en).toContain('inbound rules')
  })

  test('a private address with another port than 443 is no endpoint', () => {
    const { why, remedy } = wordsFor(
      readMessage(
        'CannotPullContainerError: failed to do request: Head "https://registry-1.docker.io/v2/library/nginx/manifests/1": proxyconnect tcp: dial tcp 10.0.0.9:3128: i/o timeout',
      ),
    )
    expect(why.en).toContain('a proxy or a registry of your own')
    expect(remedy[0]?.en).toContain('that port')
  })

  test('a public address of an AWS service says that no endpoint answers', () => {
    const { why, remedy } = wordsFor(
      readMessage(
        'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve ecr registry auth: Post "https://api.ecr.us-east-1.amazonaws.com/": dial tcp 44.213.79.86:443: i/o timeout',
      ),
    )
    expect(why.en).toContain('no interface endpoint')
    expect(remedy[0]?.en).toContain('com.amazonaws.REGION.ecr.api')
  })

  test('never repeats the text', () => {
    const text = 'CannotPullContainerError: pull access denied for evil<script>, repository does not exist'
    expect(JSON.stringify(wordsFor(readMessage(text)))).not.toContain('script')
  })
})

describe('one label, several repairs: what is mended is what the message says', () => {
  const place = 'service web was unable to place a task because no container instance met all of its requirements.'
  const launch = 'ResourceInitializationError: Unable to launch instance(s) for capacity provider a.'

  // biome-ignore format: one line a message
  test.each<[text: string, repair: string]>([
    ['Unable to assume the service linked role. Please verify that the ECS service linked role exists.', 'create-service-linked-role'],
    [`${launch} User: arn:aws:sts::1:assumed-role/ecsInfrastructureRole/x is not authorized to perform: iam:PassRole on resource: r`, 'infrastructure role'],
    ['(service web) User: arn:aws:sts::1:assumed-role/infra/x is not authorized to perform: elasticloadbalancing:ModifyRule', 'PolicyForLoadBalancers'],
    ['For Application LoadBalancer, testListenerRule is required when productionListenerRule is not associated with both targetGroup and alternateTargetGroup', 'test listener'],
    ['Service deployment rolled back because PRE_SCALE_UP lifecycle hook(s) failed. ECS was unable to parse the response due to HookStatus must not be null', '"hookStatus"'],
    [`(service web) ${place} The closest matching container-instance i-1 has insufficient memory available.`, 'memoryReservation'],
    [`(service web) ${place} The closest matching container-instance i-1 is already using a port required by your task.`, 'hostPort'],
    ['(service gpu) was unable to place a task. Reason: TaskFailedToStart: RESOURCE:GPU.', 'GPU'],
    ["Invalid 'cpu' setting for task.", 'pair of CPU and memory'],
    ['InvalidParameterException: Unable to update task definition on services with a CODE_DEPLOY deployment controller.', 'CodeDeploy'],
    ['CannotPullContainerError: failed to authorize: failed to fetch oauth token: unexpected status: 403 Forbidden from ghcr.io/acme/api', 'read:packages'],
    ['CannotPullContainerError: Error response from daemon: unauthorized: access to the requested resource is not authorized (quay.io/acme/web)', 'robot account'],
    ['CannotPullContainerError: failed to resolve ref nvcr.io/nvidia/tritonserver:24.10: authorization failed: no basic auth credentials', '$oauthtoken'],
    ['CannotPullContainerError: failed to resolve ref registry.gitlab.com/a/web:1: failed to fetch oauth token: unexpected status from GET request to https://gitlab.com/jwt/auth: 403 Forbidden', 'read_registry'],
    ['CannotPullContainerError: Error response from daemon: Get "https://registry-1.docker.io/v2/": Proxy Authentication Required', 'The proxy refused'],
    ['CannotPullContainerError: Error response from daemon: Get "https://quay.io/v2/": Proxy Authentication Required', 'The proxy refused'],
    ['CannotPullContainerError: failed to extract layer sha256:1c: unexpected EOF: unknown', 'the image itself may be whole'],
    ['failed to unpack image on snapshotter overlayfs: unexpected media type text/html for sha256:1c: not found', 'web page'],
    ['Essential container in task exited (exit code: 137)', '137'],
    ['Essential container in task exited (exit code: 0)', 'foreground'],
    ['Essential container in task exited | web | exit code: 126', 'not executable'],
    ['Essential container in task exited (exit code: 139)', 'crash'],
    ['Essential container in task exited (exit code: 143)', 'SIGTERM'],
    ['(service web) (task 1) failed ELB health checks in (target-group t): health checks failed with these codes: [404]', 'matcher'],
    ['(service web) (instance 10.0.1.4) (port 80) is unhealthy in (target-group t) due to (reason Request timed out)', 'No answer came'],
  ])('%s', (text, repair) => {
    expect(wordsFor(readMessage(text)).remedy[0]?.en).toContain(repair)
  })

  test('where the image may be missing as well, that is looked at first', () => {
    const { remedy } = wordsFor(
      readMessage(
        'CannotPullContainerError: pull access denied for ghcr.io/acme/web, repository does not exist or may require authorization',
      ),
    )
    expect(remedy.map(({ en }) => en)).toEqual([
      expect.stringContaining('letter by letter'),
      expect.stringContaining('read:packages'),
    ])
  })
})
