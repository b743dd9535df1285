/** May the execution role fetch the files that the task is started with? */
import { defineRoleCheck } from './role-denials.ts'

export default defineRoleCheck('env-files', {
  id: 'execution-role-without-env-files',

  title: {
    en: 'The execution role may not read a file',
    ko: '태스크 실행 역할에 파일을 읽을 권한이 없습니다',
  },
  why: {
    en: 'Environment files, and the configuration of a FireLens log router, are fetched from S3 as this role before the container starts: s3:GetObject on the file and s3:GetBucketLocation on its bucket. Without them the task stops with ResourceInitializationError.',
    ko: '환경 파일과 FireLens 로그 라우터의 구성은 컨테이너가 시작되기 전에 이 역할로 S3에서 가져옵니다. 파일의 s3:GetObject 권한과 버킷의 s3:GetBucketLocation 권한이 없으면 태스크가 ResourceInitializationError로 중지됩니다.',
  },
})
