import { describe, expect, test } from '@jest/globals'
import { findingOf, HEALTHY, type ImageWorld, told, unsure, withImages } from '../image-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { ACCOUNT, REGION, withContainer } from '../world.ts'

const ID = 'docker-hub-anonymous'
const CREDENTIALS = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:hub-a1B2c3`
const pulling = (image: string, repositoryCredentials: string | null = null): ImageWorld => ({
  ...withImages(HEALTHY, { image, containers: ['web'], ecr: null }),
  ...withContainer(HEALTHY, { image, repositoryCredentials }),
})

describe(ID, () => {
  test('finds an image of Docker Hub without an account', () => {
    expect(told(pulling('nginx:1.29'))).toEqual([`${ID} nginx:1.29 (warning)`])
    const { remedy } = findingOf(pulling('nginx:1.29'), ID)
    expect(remedy.console[2]?.en).toContain(`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/docker-hub/library/nginx:1.29`)
    expect(remedy.console[3]?.en).toContain('public.ecr.aws/docker/library/nginx:1.29')
    expect(onOneLine(remedy.cli)).toEqual([
      '# docker-hub.json: {"username":"…","accessToken":"…"} of your Docker Hub account, made by you',
      'CREDENTIAL_ARN=$(aws secretsmanager create-secret --name ecr-pullthroughcache/docker-hub --secret-string file://docker-hub.json --region ap-northeast-2 --query ARN --output text)',
      '# AWS CLI 2.13.38 or later\naws ecr create-pull-through-cache-rule --ecr-repository-prefix docker-hub --upstream-registry-url registry-1.docker.io --credential-arn "$CREDENTIAL_ARN" --region ap-northeast-2',
    ])
    expect(remedy.terraform).toContain('credential_arn        = aws_secretsmanager_secret.new.arn')
    expectPages(findingOf(pulling('nginx:1.29'), ID))
  })

  test.each(['team/app', 'docker.io/library/nginx', 'index.docker.io/team/app:2', 'registry-1.docker.io/team/app'])(
    'finds %s',
    (image) => {
      expect(told(pulling(image))).toEqual([`${ID} ${image} (warning)`])
    },
  )

  test('an image that is not official is not on ECR Public', () => {
    expect(findingOf(pulling('team/app'), ID).remedy.console).toHaveLength(3)
  })

  test.each(['public.ecr.aws/docker/library/nginx', 'ghcr.io/team/app', 'localhost/team/app'])(
    'is clear for %s',
    (image) => {
      expect(told(pulling(image))).toEqual([])
    },
  )

  test('is clear with an account', () => {
    expect(told(pulling('nginx:1.29', CREDENTIALS))).toEqual([])
  })

  test('is unknown without the task definition', () => {
    expect(unsure(HEALTHY, ID, 'taskDefinition')).toHaveLength(1)
  })
})
