import { describe, expect, test } from '@jest/globals'
import { destinationOfHost, hostOfImage, hostsAsked, imagesNamed } from '../../src/ecs-errors/hosts.ts'

describe('destinationOfHost', () => {
  test.each([
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'ecr-dkr'],
    ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', 'ecr-dkr'],
    ['123456789012.dkr-ecr.us-east-1.on.aws', 'ecr-dkr'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'ecr-dkr'],
    ['8xxxxxxxxxx0.dkr.ecr.us-west-2.amazonaws.com', 'ecr-dkr'],
    ['api.ecr.us-east-1.amazonaws.com', 'ecr-api'],
    ['ecr.us-east-1.api.aws', 'ecr-api'],
    ['secretsmanager.us-east-1.amazonaws.com', 'secretsmanager'],
    ['prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com', 's3-layers'],
    ['docker.io', 'registry:registry-1.docker.io'],
    ['production.cloudflare.docker.com', 'registry:registry-1.docker.io'],
    ['public.ecr.aws', 'registry:public.ecr.aws'],
    ['10.0.3.17:5000', 'registry:10.0.3.17'],
  ])('%s is %s', (host, destination) => expect(destinationOfHost(host)).toBe(destination))

  test.each(['123456789012.dkr.ecr.us-west-2.amazonaws.commmmm', '123456789012.dkr.ecr.us-west-2.amazonawss.com'])(
    '%s only looks like Amazon ECR',
    (host) => expect(destinationOfHost(host)).toBe(`registry:${host}`),
  )

  test('a name that the end of the text cuts is taken for what it begins', () => {
    expect(destinationOfHost('123456789012.dkr.ecr.us-east-1.amaz', true)).toBe('ecr-dkr')
    expect(destinationOfHost('123456789012.dkr.ecr.us-east-1.amaz')).toBe(
      'registry:123456789012.dkr.ecr.us-east-1.amaz',
    )
    expect(destinationOfHost('')).toBeNull()
  })
})

describe('hostOfImage', () => {
  test.each([
    ['nginx', 'docker.io'],
    ['acme/app', 'docker.io'],
    ['localhost/app', 'localhost'],
    ['registry:5000/app', 'registry:5000'],
    ['quay.io/acme/app', 'quay.io'],
  ])('%s lies at %s', (image, host) => expect(hostOfImage(image)).toBe(host))
})

describe('what a text names', () => {
  test('hosts that were called, not links in prose', () => {
    const text =
      'head "https://registry-1.docker.io/v2/a/b/manifests/1": 429 too many requests: see https://www.docker.com/increase-rate-limit'
    expect(hostsAsked(text)).toEqual(['registry-1.docker.io'])
    expect(hostsAsked('dial tcp: lookup api.ecr.us-east-1.amazonaws.com on 10.0.0.2:53')).toEqual([
      'api.ecr.us-east-1.amazonaws.com',
    ])
  })

  test('image references, not platforms and paths', () => {
    expect(imagesNamed('failed to resolve ref docker.io/acme/app:1: not found')).toEqual(['docker.io/acme/app:1'])
    expect(imagesNamed('no matching manifest for linux/arm64/v8 in the manifest list')).toEqual([])
  })
})
