/** The start and the end of a container. */

import type { Label } from '../../domain/label.ts'
import type { LabelRows } from '../label-row.ts'

const START = { family: 'start', step: 'start', isAfterPull: true } as const
const RUN = { ...START, family: 'run' } as const

export const START_LABELS: LabelRows<Extract<Label, `start/${string}` | `run/${string}`>> = {
  'start/command-not-found': {
    ...START,
    retryable: false,
    title: { en: 'The command is not in the image', ko: '이미지에 실행할 명령이 없습니다' },
    why: {
      en: 'The entry point or command does not exist in the image, is hidden by a mount, or was written as one single argument.',
      ko: '엔트리포인트나 명령이 이미지에 없거나, 마운트에 가려졌거나, 하나의 인수로 작성되었습니다.',
    },
    remedy: [
      {
        en: 'Write the command as separate arguments: ["npm","run","start"], and check the path inside the image.',
        ko: '명령을 ["npm","run","start"]처럼 인수별로 나누어 작성하고 이미지 안의 경로를 확인합니다.',
      },
      {
        en: 'Check line endings (LF) and the interpreter of the script, and that no volume covers its folder.',
        ko: '스크립트의 줄 끝(LF)과 인터프리터를 확인하고 볼륨이 해당 폴더를 덮지 않는지 확인합니다.',
      },
    ],
  },
  'start/exec-format': {
    ...START,
    retryable: false,
    names: 'image',
    checks: ['image-platform-mismatch'],
    title: { en: 'The binary is for another CPU architecture', ko: '실행 파일이 다른 CPU 아키텍처용입니다' },
    why: {
      en: 'The image was built for another architecture than the task runs on, often arm64 on an x86_64 task.',
      ko: '이미지가 태스크와 다른 아키텍처용으로 빌드되었습니다. x86_64 태스크에서 arm64 이미지를 실행하는 경우가 많습니다.',
    },
    remedy: [
      {
        en: 'Build with docker buildx build --platform linux/amd64, or set runtimePlatform.cpuArchitecture to ARM64.',
        ko: 'docker buildx build --platform linux/amd64로 빌드하거나 runtimePlatform.cpuArchitecture를 ARM64로 설정합니다.',
      },
    ],
  },
  'start/mount-failed': {
    ...START,
    destination: ({ plain, prose }) =>
      /\/var\/lib\/ecs\/volumes\//.test(plain) || /\befs\b/.test(prose) ? 'efs' : null,
    retryable: false,
    title: { en: 'A mount was refused', ko: '마운트가 거부되었습니다' },
    why: {
      en: 'A bind mount or a volume copy failed while the container was made: the source is missing, a directory meets a file, or ownership cannot be set.',
      ko: '컨테이너를 만드는 동안 바인드 마운트나 볼륨 복사에 실패했습니다. 원본이 없거나, 디렉터리와 파일이 맞지 않거나, 소유권을 설정할 수 없습니다.',
    },
    remedy: [
      {
        en: 'Mount onto a directory, not onto a file, and check that the source path exists on the host.',
        ko: '파일이 아니라 디렉터리에 마운트하고 호스트에 원본 경로가 있는지 확인합니다.',
      },
      {
        en: 'On EFS: check the POSIX user of the access point.',
        ko: 'EFS라면 액세스 포인트의 POSIX 사용자를 확인합니다.',
      },
    ],
  },
  'start/port-conflict': {
    ...START,
    retryable: false,
    title: { en: 'The host port is taken', ko: '호스트 포트가 이미 사용 중입니다' },
    why: {
      en: 'Another container or process on the instance already holds the host port.',
      ko: '인스턴스의 다른 컨테이너나 프로세스가 이미 호스트 포트를 사용하고 있습니다.',
    },
    remedy: [
      {
        en: 'Set hostPort to 0 (dynamic port mapping) or use the awsvpc network mode.',
        ko: 'hostPort를 0(동적 포트 매핑)으로 설정하거나 awsvpc 네트워크 모드를 사용합니다.',
      },
    ],
  },
  'start/host-fault': {
    ...START,
    retryable: ({ prose, answered }) => !answered('diskFull') && !/thin pool|already exists/.test(prose),
    title: { en: 'The host could not start the container', ko: '호스트가 컨테이너를 시작하지 못했습니다' },
    why: {
      en: 'The docker daemon, the storage, the disk or the network set-up of the host is slow, full or broken. The image is not at fault.',
      ko: '호스트의 Docker 데몬, 스토리지, 디스크 또는 네트워크 구성이 느리거나, 가득 찼거나, 고장 났습니다. 이미지의 문제가 아닙니다.',
    },
    remedy: [
      {
        en: 'EC2: drain and replace the instance; check free disk space and disk throughput.',
        ko: 'EC2: 인스턴스를 드레이닝하고 교체하며 디스크 여유 공간과 처리량을 확인합니다.',
      },
      { en: 'Fargate: start the task again.', ko: 'Fargate: 태스크를 다시 시작합니다.' },
    ],
  },
  'start/runtime-error': {
    ...START,
    retryable: ({ prose }) => (/no such (file|device)|unable to find user|invalid|denied/.test(prose) ? false : null),
    title: { en: 'The container runtime reported an error', ko: '컨테이너 런타임 오류가 발생했습니다' },
    why: {
      en: 'The runtime refused to make or start the container: for instance a missing device, an unknown user or a failing hook.',
      ko: '런타임이 컨테이너 생성이나 시작을 거부했습니다. 예를 들어 장치가 없거나, 사용자를 찾을 수 없거나, 후크가 실패했습니다.',
    },
    remedy: [
      {
        en: 'Compare user, devices and Linux parameters of the task definition with the image and the instance.',
        ko: '태스크 정의의 사용자, 장치, Linux 파라미터를 이미지 및 인스턴스와 비교합니다.',
      },
      {
        en: 'Run the image with docker run and the same settings to see the full error.',
        ko: '같은 설정으로 docker run을 실행하여 전체 오류를 확인합니다.',
      },
    ],
  },
  'run/essential-exited': {
    ...RUN,
    clarity: 'vague',
    title: { en: 'An essential container ended', ko: '필수 컨테이너가 종료되었습니다' },
    why: {
      en: 'The container ran and ended, which stops the whole task. The cause is in its exit code and its logs.',
      ko: '컨테이너가 실행된 후 종료되어 태스크 전체가 중지되었습니다. 원인은 종료 코드와 로그에 있습니다.',
    },
    remedy: [
      {
        en: 'Read the exit code and the last log lines: 1 is an application error, 137 a kill (memory or a stop), 139 a crash.',
        ko: '종료 코드와 마지막 로그를 확인합니다. 1은 애플리케이션 오류, 137은 강제 종료(메모리 또는 중지), 139는 비정상 종료입니다.',
      },
    ],
  },
  'run/oom': {
    ...RUN,
    retryable: false,
    title: { en: 'The container was killed for memory', ko: '메모리 부족으로 컨테이너가 종료되었습니다' },
    why: {
      en: 'The container used more memory than its limit, or than the task has.',
      ko: '컨테이너가 한도 또는 태스크에 할당된 것보다 많은 메모리를 사용했습니다.',
    },
    remedy: [
      {
        en: 'Raise memory in the task or container definition, or find the leak.',
        ko: '태스크 또는 컨테이너 정의의 메모리를 늘리거나 메모리 누수를 찾습니다.',
      },
    ],
  },
}
