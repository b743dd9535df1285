import { describe, expect, test } from '@jest/globals'
import {
  apiHost,
  bucketHost,
  dualStackRegistrySuffix,
  endpointServiceName,
  knownPartition,
  layerHost,
  matchesService,
  partitionBySuffix,
  partitionOf,
  registryHost,
} from '../../src/domain/partition.ts'

describe('partitions', () => {
  test.each([
    ['ap-northeast-2', 'aws', 'amazonaws.com', 'on.aws'],
    ['il-central-1', 'aws', 'amazonaws.com', 'on.aws'],
    ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com', 'on.aws'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn', 'on.amazonwebservices.com.cn'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu', 'on.amazonwebservices.eu'],
    ['us-iso-west-1', 'aws-iso', 'c2s.ic.gov', 'on.aws.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov', 'on.aws.scloud'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk', 'on.cloud-aws.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov', 'on.aws.hci.ic.gov'],
  ])('%s', (region, id, dnsSuffix, dualStack) => {
    expect(knownPartition(region)).toMatchObject({ id, dnsSuffix })
    expect(dualStackRegistrySuffix(partitionOf(region))).toBe(dualStack)
    expect(partitionBySuffix(dnsSuffix)?.dnsSuffix).toBe(dnsSuffix)
  })

  test('a Region of tomorrow is answered as the SDKs do, and known to be unknown', () => {
    expect(knownPartition('mars-east-1')).toBeNull()
    expect(partitionOf('mars-east-1').id).toBe('aws')
    expect(partitionOf('').id).toBe('aws')
    expect(partitionBySuffix('aws.mars')).toBeNull()
  })
})

test('hosts', () => {
  expect(apiHost('ecr-api', 'ap-northeast-2')).toBe('api.ecr.ap-northeast-2.amazonaws.com')
  expect(apiHost('ecr-api', 'cn-north-1')).toBe('api.ecr.cn-north-1.amazonaws.com.cn')
  expect(apiHost('logs', 'eusc-de-east-1')).toBe('logs.eusc-de-east-1.amazonaws.eu')
  expect(apiHost('ssmmessages', 'us-east-1')).toBe('ssmmessages.us-east-1.amazonaws.com')
  expect(apiHost('kms', 'mars-east-1', 'aws.mars')).toBe('kms.mars-east-1.aws.mars')
  expect(registryHost('123456789012', 'us-iso-east-1')).toBe('123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov')
  expect(layerHost('cn-north-1')).toBe('prod-cn-north-1-starport-layer-bucket.s3.cn-north-1.amazonaws.com.cn')
  expect(bucketHost('env', 'us-west-2')).toBe('env.s3.us-west-2.amazonaws.com')
  expect(bucketHost('env.example.com', 'us-west-2')).toBe('s3.us-west-2.amazonaws.com')
})

describe('VPC endpoint services', () => {
  test.each([
    ['ap-northeast-2', 'ecr.dkr', 'com.amazonaws.ap-northeast-2.ecr.dkr'],
    ['us-gov-west-1', 'ecr.api', 'com.amazonaws.us-gov-west-1.ecr.api'],
    ['us-east-1', 'ecr-fips.dkr', 'com.amazonaws.us-east-1.ecr-fips.dkr'],
    ['cn-north-1', 'ecr.api', 'cn.com.amazonaws.cn-north-1.ecr.api'],
    ['cn-north-1', 'logs', 'com.amazonaws.cn-north-1.logs'],
    ['cn-north-1', 's3', 'com.amazonaws.cn-north-1.s3'],
    ['eusc-de-east-1', 'ecr.dkr', 'eu.amazonaws.eusc-de-east-1.ecr.dkr'],
    ['us-iso-east-1', 'ecr.dkr', 'gov.ic.c2s.us-iso-east-1.ecr.dkr'],
    ['us-isob-east-1', 'ecr.dkr', 'gov.sgov.sc2s.us-isob-east-1.ecr.dkr'],
    ['eu-isoe-west-1', 'ecr.dkr', 'uk.adc-e.cloud.eu-isoe-west-1.ecr.dkr'],
    ['us-isof-south-1', 'ecr.dkr', 'gov.ic.hci.csp.us-isof-south-1.ecr.dkr'],
  ])('%s %s', (region, suffix, name) => {
    expect(endpointServiceName(region, suffix)).toBe(name)
    expect(matchesService(name, region, suffix)).toBe(true)
    expect(matchesService(`new.prefix.${region}.${suffix}`, region, suffix)).toBe(true)
  })

  test.each([
    ['com.amazonaws.us-east-1.ecr.api', 'us-east-1', 'ecr.dkr'],
    ['com.amazonaws.us-east-1.ecr-fips.dkr', 'us-east-1', 'ecr.dkr'],
    ['com.amazonaws.us-east-2.ecr.dkr', 'us-east-1', 'ecr.dkr'],
    ['com.amazonaws.us-gov-east-1.ecr.dkr', 'gov-east-1', 'ecr.dkr'],
    ['com.amazonaws.us-east-1.s3express', 'us-east-1', 's3'],
    ['com.amazonaws.us-east-1.s3-outposts', 'us-east-1', 's3'],
    ['com.amazonaws.us-east-1.ssmmessages', 'us-east-1', 'ssm'],
    ['com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0', 'us-east-1', 's3'],
    ['', 'us-east-1', 's3'],
  ])('%s is not %s %s', (name, region, suffix) => {
    expect(matchesService(name, region, suffix)).toBe(false)
  })
})
