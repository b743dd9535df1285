/** Healthy services of ordinary shapes, with the defaults of Terraform and of the CDK: a pass, nothing above advice, nothing unknown. */
import { expect, test } from '@jest/globals'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { scratch } from '../aws/scratch.ts'
import { filesOf } from './shapes/files.ts'
import type { Shape } from './shapes/shape.ts'

// biome-ignore format: one line a service
const ORDINARY: readonly (readonly [string, Shape])[] = [
  ['a NAT gateway a zone, behind an ALB', { by: 'terraform', zones: 2, way: 'nat', compute: 'fargate', balancer: 'application' }],
  ['one NAT gateway for three zones, behind an ALB', { by: 'terraform', zones: 3, way: 'one-nat', compute: 'fargate', balancer: 'application', secrets: 'secretsmanager' }],
  ['a worker in one zone', { by: 'terraform', zones: 1, way: 'nat', compute: 'fargate', balancer: null, secrets: 'ssm' }],
  ['endpoints alone in three zones, behind an ALB', { by: 'terraform', zones: 3, way: 'endpoints', compute: 'fargate', balancer: 'application', secrets: 'secretsmanager' }],
  ['a worker behind endpoints in one zone', { by: 'terraform', zones: 1, way: 'endpoints', compute: 'fargate', balancer: null, secrets: 'ssm' }],
  ['a worker with public addresses', { by: 'terraform', zones: 2, way: 'public', compute: 'fargate', balancer: null }],
  ['public addresses behind an ALB', { by: 'terraform', zones: 2, way: 'public', compute: 'fargate', balancer: 'application' }],
  ['the load-balanced pattern of the CDK', { by: 'cdk', zones: 2, way: 'nat', compute: 'fargate', balancer: 'application', secrets: 'secretsmanager' }],
  ['the network-load-balanced pattern of the CDK', { by: 'cdk', zones: 2, way: 'nat', compute: 'fargate', balancer: 'network' }],
  ['the queue-processing pattern of the CDK', { by: 'cdk', zones: 3, way: 'nat', compute: 'fargate', balancer: null, autoscaling: true }],
  ['instances in bridge mode behind an ALB', { by: 'terraform', zones: 2, way: 'nat', compute: 'ec2-bridge', balancer: 'application' }],
  ['instances in awsvpc mode', { by: 'terraform', zones: 3, way: 'nat', compute: 'ec2-awsvpc', balancer: null, secrets: 'ssm' }],
  ['instances behind endpoints', { by: 'terraform', zones: 2, way: 'endpoints', compute: 'ec2-awsvpc', balancer: 'application' }],
  ['an Auto Scaling group of the CDK', { by: 'cdk', zones: 2, way: 'nat', compute: 'asg', balancer: 'application' }],
  ['dual-stack subnets with NAT', { by: 'terraform', zones: 2, way: 'nat', compute: 'fargate', balancer: 'application', dualStack: true }],
  ['dual-stack subnets with public addresses', { by: 'cdk', zones: 2, way: 'public', compute: 'fargate', balancer: null, dualStack: true }],
  ['mostly Fargate Spot', { by: 'terraform', zones: 3, way: 'nat-and-s3', compute: 'spot', balancer: 'application', autoscaling: true }],
  ['Graviton, with an S3 gateway endpoint beside NAT', { by: 'terraform', zones: 2, way: 'nat-and-s3', compute: 'arm', balancer: 'network' }],
  ['Windows', { by: 'terraform', zones: 2, way: 'nat', compute: 'windows', balancer: 'application' }],
  ['files in EFS, and ECS Exec', { by: 'cdk', zones: 2, way: 'nat', compute: 'fargate', balancer: 'application', efs: true, exec: true }],
  ['a regional NAT gateway', { by: 'terraform', zones: 3, way: 'regional-nat', compute: 'fargate', balancer: 'application' }],
]

test.each(ORDINARY)('%s', async (_name, shape) => {
  const tool = { name: 'ecs-pull-guard', version: '0.0.0' }
  const reader = await openFolder(scratch(filesOf(shape)))
  const { verdict, findings, unknowns } = await preflight({ failOn: ['blocker'], ignore: [] }, { reader, tool })
  const loud = findings.filter(({ severity }) => severity !== 'advice')
  expect(loud.map(({ check, subject, evidence }) => [check, subject, ...evidence.map(({ en }) => en)])).toEqual([])
  expect(unknowns.map(({ check, because }) => [check, because.en])).toEqual([])
  expect(verdict).toBe('pass')
})
