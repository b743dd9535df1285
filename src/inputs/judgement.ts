/** What counts in the verdict. */
import type { Input } from './input.ts'
import { flag, lines, someOf } from './takes.ts'

export const JUDGEMENT = {
  'fail-on': {
    takes: someOf('blocker', 'warning', 'unknown'),
    commands: ['preflight', 'deploy'],
    default: 'blocker',
    description: {
      en: 'What fails the run: a comma list of `blocker`, `warning` and `unknown`, or `never`.',
      ko: '실행을 실패로 처리할 기준입니다. `blocker`, `warning`, `unknown` 중에서 쉼표로 나열하거나 `never`를 지정합니다.',
    },
  },
  'registry-check': {
    takes: flag(),
    commands: ['preflight', 'deploy'],
    default: 'false',
    description: {
      en: 'Asks registries outside ECR whether they have the images, and for which platforms. The request goes to the registry from the machine that runs this program, without an account; Docker Hub counts it as a pull. Images with `repositoryCredentials` are not asked for.',
      ko: 'ECR 외부 레지스트리에 이미지가 있는지, 어떤 플랫폼용인지 확인합니다. 이 프로그램을 실행하는 컴퓨터에서 레지스트리로 계정 없이 요청을 보내며, Docker Hub에서는 이미지 풀 횟수에 포함됩니다. `repositoryCredentials` 설정이 있는 이미지는 확인하지 않습니다.',
    },
  },
  'read-secrets': {
    takes: flag(),
    commands: ['preflight', 'deploy'],
    default: 'false',
    description: {
      en: 'Reads each secret of Secrets Manager that a container takes a JSON key from, and keeps nothing of it but whether the key is there. Needs `secretsmanager:GetSecretValue` for these secrets, which no other input asks for.',
      ko: '컨테이너가 JSON 키로 값을 꺼내는 Secrets Manager 보안 암호를 읽고, 키가 있는지 여부만 남깁니다. 해당 보안 암호에 대한 `secretsmanager:GetSecretValue` 권한이 필요하며, 다른 입력은 이 권한을 사용하지 않습니다.',
    },
  },
  'read-image-config': {
    takes: flag(),
    commands: ['preflight', 'deploy'],
    default: 'false',
    description: {
      en: 'Reads the configuration of each ECR image of a single platform, whose manifest does not name that platform, and keeps nothing of it but operating system (of Windows its version, too) and architecture: the environment of the image stands in it as well. Needs `ecr:GetDownloadUrlForLayer` for these repositories, which no other input asks for.',
      ko: '단일 플랫폼 ECR 이미지는 매니페스트에 플랫폼이 없으므로 이미지 구성을 읽고 운영 체제(Windows는 버전 포함)와 아키텍처만 남깁니다. 이미지 구성에는 이미지의 환경 변수도 들어 있습니다. 해당 리포지토리에 대한 `ecr:GetDownloadUrlForLayer` 권한이 필요하며, 다른 입력은 이 권한을 사용하지 않습니다.',
    },
  },
  ignore: {
    takes: lines(
      'CHECK',
      {
        en: '`check-id`, optionally `check-id subject # reason`, one a line',
        ko: '한 줄에 하나씩 `check-id` 또는 `check-id subject # reason`',
      },
      /^[a-z0-9-]+(\s+[^\s#]+)?(\s*#.*)?$/,
    ),
    commands: ['preflight', 'deploy', 'watch'],
    default: null,
    description: {
      en: 'Findings to leave out of the verdict: check ids, one a line, optionally `id subject # reason`. The report still lists them as ignored.',
      ko: '판정에서 제외할 결과입니다. 한 줄에 하나씩 점검 ID를 쓰며, `id subject # reason` 형식도 가능합니다. 보고서에는 제외된 항목으로 남습니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
