/** What comes out, and where to. */
import { FOLDER, type Input, JOB_TOKEN } from './input.ts'
import { choice, flag, text } from './takes.ts'

export const WORDS = {
  language: {
    takes: choice('en', 'ko'),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'probe', 'trace', 'explain', 'snapshot', 'simulate', 'demo'],
    default: 'en',
    description: {
      en: 'The language of every sentence: English or Korean. Ids, commands and JSON names stay as they are.',
      ko: '모든 문장의 언어입니다. 영어(`en`) 또는 한국어(`ko`)를 지정합니다. ID, 명령, JSON 이름은 바뀌지 않습니다.',
    },
  },
  format: {
    takes: choice('text', 'json', 'markdown', 'html'),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'probe', 'trace', 'explain'],
    frontend: 'cli',
    default: 'text',
    description: {
      en: 'The form of standard output. With `json` it holds one JSON document and nothing else. `explain` knows `text` and `json`.',
      ko: '표준 출력의 형식입니다. `json` 형식에서는 JSON 문서 하나만 출력합니다. `explain` 명령은 `text` 및 `json` 형식만 지원합니다.',
    },
    of: {
      explain: {
        shown: 'text|json',
        description: {
          en: 'The form of standard output: sentences, or a JSON array of one entry.',
          ko: '표준 출력의 형식입니다. 문장 또는 항목 하나를 담은 JSON 배열로 출력합니다.',
        },
      },
    },
  },
  output: {
    takes: text('DIR', FOLDER),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'probe', 'snapshot'],
    default: null,
    description: {
      en: 'A folder to write to: the report as `report.json`, `report.md`, `report.html`, `report.sarif` and `report.junit.xml`, with `fix.sh` and `unfix.sh` where there is a repair and `tape.ndjson` of a watch, or the snapshot itself. Of several services the same for all together, and in a folder of its name for each.',
      ko: '결과를 쓸 폴더입니다. 보고서는 `report.json`, `report.md`, `report.html`, `report.sarif`, `report.junit.xml` 파일로 저장되고 해결 방법이 있으면 `fix.sh`, `unfix.sh` 파일, 관찰에는 `tape.ndjson` 파일이 더해집니다. 서비스가 여러 개이면 전체 보고서와 함께 서비스 이름의 폴더마다 같은 파일을 저장합니다. 스냅샷은 폴더 그대로 저장됩니다.',
    },
    of: {
      preflight: {
        description: {
          en: 'A folder to write the report to: `report.json`, `report.md`, `report.html`, `report.sarif` and `report.junit.xml`, with `fix.sh` and `unfix.sh` where there is a repair.',
          ko: '보고서를 쓸 폴더입니다. 파일: `report.json`, `report.md`, `report.html`, `report.sarif`, `report.junit.xml`, 해결 방법이 있으면 `fix.sh`, `unfix.sh`. 폴더가 없으면 만듭니다.',
        },
      },
      probe: {
        description: {
          en: 'A folder to write the report to: `report.json`, `report.md`, `report.html`, `report.sarif` and `report.junit.xml`.',
          ko: '보고서를 쓸 폴더입니다. 파일: `report.json`, `report.md`, `report.html`, `report.sarif`, `report.junit.xml`. 폴더가 없으면 만듭니다.',
        },
      },
      snapshot: {
        description: { en: 'The folder to write the snapshot to.', ko: '스냅샷을 쓸 폴더입니다.' },
      },
    },
  },
  comment: {
    takes: choice('auto', 'always', 'never'),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'probe'],
    frontend: 'action',
    default: 'auto',
    description: {
      en: 'Whether the report goes into a comment of the pull request: `auto` when there is a blocker or a warning, or an earlier comment to bring up to date. Needs the permission `pull-requests: write`; without it, a notice says so and nothing else changes.',
      ko: '풀 리퀘스트에 보고서를 댓글로 쓸지 정합니다. `auto`: 차단 또는 경고가 있거나 이전 댓글을 갱신해야 할 때 씁니다. `pull-requests: write` 권한이 필요하며, 권한이 없으면 알림만 남기고 다른 결과는 바뀌지 않습니다.',
    },
  },
  'github-token': {
    takes: text('TOKEN', { en: 'a token of GitHub', ko: 'GitHub 토큰' }),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'probe'],
    frontend: 'action',
    default: JOB_TOKEN,
    description: {
      en: "The token that writes the comment. Without it, the job's own.",
      ko: '댓글을 쓸 때 사용하는 토큰입니다. 지정하지 않으면 작업의 기본 토큰을 사용합니다.',
    },
  },
  'print-policy': {
    takes: flag(),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'probe', 'trace', 'snapshot'],
    frontend: 'cli',
    default: 'false',
    description: {
      en: 'Prints the IAM policy that the command needs, as JSON, and asks AWS nothing. All of it reads, but for `rehearse`, `on-failure: rollback`, `ecs:ExecuteCommand` of `probe`, and for `deploy` and `probe` what the inputs given with them ask for.',
      ko: '명령에 필요한 IAM 정책을 JSON으로 출력하고 AWS를 호출하지 않습니다. `rehearse` 명령, `on-failure: rollback` 입력, `probe` 명령의 `ecs:ExecuteCommand`, 그리고 `deploy`와 `probe` 명령에서 함께 지정한 입력이 요구하는 쓰기를 제외하면 모두 읽기 권한입니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
