/** May the execution role pull the images from ECR? */
import { defineRoleCheck } from './role-denials.ts'

export default defineRoleCheck('ecr', {
  id: 'execution-role-without-ecr',
  permissions: ['ecr:GetRepositoryPolicy'],

  title: { en: 'The execution role may not pull the image', ko: '태스크 실행 역할에 이미지를 가져올 권한이 없습니다' },
  why: {
    en: 'ECS pulls the image as this role: first a token, then the manifest and the layers of the very repository. Without one of these the task stops with CannotPullContainerError before the container exists.',
    ko: 'ECS는 이 역할로 이미지를 가져옵니다. 먼저 토큰을, 다음에 해당 리포지토리의 매니페스트와 레이어를 요청합니다. 하나라도 허용되지 않으면 컨테이너가 만들어지기 전에 태스크가 CannotPullContainerError로 중지됩니다.',
  },
})
