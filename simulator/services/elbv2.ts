/** Elastic Load Balancing v2: load balancers, listeners, target groups and the health of targets. */
import { type Item, itemsOf, textOf, textsOf } from '../item.ts'
import type { Operation, Operations, Request } from '../operation.ts'
import { pageOf, smaller } from '../paging.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { answerNamed, answersOf, listOf, type World } from '../world.ts'

interface Kind {
  readonly file: string
  readonly list: string
  /** Parameter, member that it compares with (a list counts as each of its elements), and the error for one that is not there. */
  readonly by: readonly (readonly [ask: string, member: string, code: string | null, noun: string])[]
}

export const ELBV2: Operations = {
  DescribeLoadBalancers: listing({
    file: 'elbv2/describe-load-balancers',
    list: 'LoadBalancers',
    by: [
      ['LoadBalancerArns', 'LoadBalancerArn', 'LoadBalancerNotFound', 'load balancers'],
      ['Names', 'LoadBalancerName', 'LoadBalancerNotFound', 'load balancers'],
    ],
  }),
  DescribeListeners: listing({
    file: 'elbv2/describe-listeners',
    list: 'Listeners',
    by: [
      ['LoadBalancerArn', 'LoadBalancerArn', null, ''],
      ['ListenerArns', 'ListenerArn', 'ListenerNotFound', 'listeners'],
    ],
  }),
  DescribeRules: listing({
    file: 'elbv2/describe-rules',
    list: 'Rules',
    by: [['RuleArns', 'RuleArn', 'RuleNotFound', 'rules']],
  }),
  DescribeTargetGroups: listing({
    file: 'elbv2/describe-target-groups',
    list: 'TargetGroups',
    by: [
      ['TargetGroupArns', 'TargetGroupArn', 'TargetGroupNotFound', 'target groups'],
      ['Names', 'TargetGroupName', 'TargetGroupNotFound', 'target groups'],
      ['LoadBalancerArn', 'LoadBalancerArns', null, ''],
    ],
  }),
  DescribeTargetHealth: describeTargetHealth,
  DescribeLoadBalancerAttributes: describeLoadBalancerAttributes,
}

/** 400 things a page at most (Elastic Load Balancing API Reference, PageSize). */
function listing({ file, list, by }: Kind): Operation {
  return ({ params, pageSize }, world) => {
    const shown = by.reduce(
      (left, [ask, member, code, noun]) => {
        const wanted = textsOf(params[ask])
        const missing = code !== null && wanted.find((one) => !left.some((item) => textsOf(item[member]).includes(one)))
        if (missing) throw new Refusal(code, `One or more ${noun} not found`)
        return wanted.length === 0
          ? left
          : left.filter((item) => textsOf(item[member]).some((one) => wanted.includes(one)))
      },
      listOf(world, file, list),
    )
    const size = smaller(Number(textOf(params, 'PageSize') ?? 400), pageSize)
    const page = pageOf(shown, { token: textOf(params, 'Marker'), size })
    if (page === null) throw new Refusal('ValidationError', 'Marker is not valid')
    return { [list]: page.items, ...(page.next === null ? {} : { NextMarker: page.next }) }
  }
}

function describeTargetHealth({ params }: Request, world: World): Item {
  const arn = textOf(params, 'TargetGroupArn') ?? ''
  const recorded = ownAnswer(world, 'elbv2/describe-target-health', 'TargetGroupArn', arn)
  const targets = itemsOf(params['Targets']).map((target) => textOf(target, 'Id'))
  const all = itemsOf(recorded['TargetHealthDescriptions'])
  const shown = all.filter(
    (one) => targets.length === 0 || targets.includes(textOf((one['Target'] ?? {}) as Item, 'Id')),
  )
  return { TargetHealthDescriptions: shown }
}

function describeLoadBalancerAttributes({ params }: Request, world: World): Item {
  const arn = textOf(params, 'LoadBalancerArn') ?? ''
  const call = 'elbv2/describe-load-balancer-attributes'
  return { Attributes: ownAnswer(world, call, 'LoadBalancerArn', arn)['Attributes'] ?? [] }
}

const NOT_FOUND: Readonly<Record<string, readonly [code: string, noun: string]>> = {
  TargetGroupArn: ['TargetGroupNotFound', 'target groups'],
  LoadBalancerArn: ['LoadBalancerNotFound', 'load balancers'],
}

/**
 * The answer does not say whose it is: its file is named after the ARN, the name or the id at the ARN's end. A lone file
 * needs no name. Throws Unrecorded, or AWS's error for something that is listed nowhere.
 */
function ownAnswer(world: World, call: string, member: string, arn: string): Item {
  const [code, noun] = NOT_FOUND[member] ?? ['ValidationError', 'resources']
  const answers = world.answers(call) ?? []
  const parts = arn.split('/')
  const named = answerNamed(answers, member, arn, ...parts.slice(-2), parts.slice(-2).join('-'))
  if (named) return named
  const groups = [
    ...(world.answers('elbv2/describe-target-groups') ?? []),
    ...(world.answers('elbv2/describe-load-balancers') ?? []),
  ]
  const listed = groups
    .flatMap(({ content }) => [...itemsOf(content['TargetGroups']), ...itemsOf(content['LoadBalancers'])])
    .some((one) => one['TargetGroupArn'] === arn || one['LoadBalancerArn'] === arn)
  if (groups.length > 0 && !listed) throw new Refusal(code, `One or more ${noun} not found`)
  const lone = answersOf(world, call)
  if (lone.length === 1 && lone[0]) return lone[0].content
  throw lone.length === 0 ? new Refusal(code, `One or more ${noun} not found`) : new Unrecorded(`${call} ${arn}`)
}
