/** The table of members is the SDK's own schema, and so is every choice that is checked. */
import * as ecs from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import { isShape, type Kind, TASK_DEFINITION } from '../../../src/aws/task-definition/shape.ts'
import { valueFaults } from '../../../src/aws/task-definition/value-rules.ts'
import { FULL } from './full-definition.ts'

type Schema = unknown

/** Schemas of the SDK are numbers for plain kinds, and arrays that begin with 1 for a list, 2 for a map, 3 for an object, 4 for another. */
function fromSdk(schema: Schema): unknown {
  const one = typeof schema === 'function' ? (schema() as Schema) : schema
  if (typeof one === 'number')
    return { 0: 'text', 1: 'integer', 2: 'flag', 64: ['text'], 65: ['integer'], 128: 'map' }[one]
  if (!Array.isArray(one)) return String(one)
  const [kind, , , , names, members, required = 0] = one as readonly unknown[]
  if (kind === 1) return [fromSdk(one[4])]
  if (kind === 4) return 'text'
  if (kind !== 3) return fromSdk(one[0])
  const named = names as readonly string[]
  return {
    members: Object.fromEntries(named.map((name, at) => [name, fromSdk((members as readonly Schema[])[at])])),
    required: named.slice(0, Number(required)).toSorted(),
  }
}

function ours(kind: Kind): unknown {
  if (Array.isArray(kind)) return [ours(kind[0] as Kind)]
  if (!isShape(kind)) return kind
  const members = Object.entries(kind.members).map(([name, own]) => [name, ours(own)])
  return { members: Object.fromEntries(members), required: [...kind.required].toSorted() }
}

test('the members of RegisterTaskDefinition, their kinds and which are required', () => {
  expect(ours(TASK_DEFINITION)).toEqual(fromSdk(ecs.RegisterTaskDefinitionRequest$))
})

/** Where each enumeration of the SDK stands in the document. */
const CHOICES: readonly (readonly [string, readonly string[], (value: string) => object])[] = [
  ['networkMode', Object.values(ecs.NetworkMode), (networkMode) => ({ networkMode })],
  ['pidMode', Object.values(ecs.PidMode), (pidMode) => ({ pidMode })],
  ['ipcMode', Object.values(ecs.IpcMode), (ipcMode) => ({ ipcMode })],
  [
    'placementConstraints[0].type',
    Object.values(ecs.TaskDefinitionPlacementConstraintType),
    (type) => ({ placementConstraints: [{ type }] }),
  ],
  ['proxyConfiguration.type', Object.values(ecs.ProxyConfigurationType), (type) => ({ proxyConfiguration: { type } })],
  [
    'volumes[0].dockerVolumeConfiguration.scope',
    Object.values(ecs.Scope),
    (scope) => ({ volumes: [{ dockerVolumeConfiguration: { scope } }] }),
  ],
  [
    'volumes[0].efsVolumeConfiguration.transitEncryption',
    Object.values(ecs.EFSTransitEncryption),
    (transitEncryption) => ({ volumes: [{ efsVolumeConfiguration: { transitEncryption } }] }),
  ],
  [
    'volumes[0].efsVolumeConfiguration.authorizationConfig.iam',
    Object.values(ecs.EFSAuthorizationConfigIAM),
    (iam) => ({ volumes: [{ efsVolumeConfiguration: { authorizationConfig: { iam } } }] }),
  ],
  ...(
    [
      ['environmentFiles[0].type', ecs.EnvironmentFileType, (type) => ({ environmentFiles: [{ type }] })],
      ['dependsOn[0].condition', ecs.ContainerCondition, (condition) => ({ dependsOn: [{ condition }] })],
      ['ulimits[0].name', ecs.UlimitName, (name) => ({ ulimits: [{ name }] })],
      ['logConfiguration.logDriver', ecs.LogDriver, (logDriver) => ({ logConfiguration: { logDriver } })],
      ['firelensConfiguration.type', ecs.FirelensConfigurationType, (type) => ({ firelensConfiguration: { type } })],
      [
        'linuxParameters.devices[0].permissions[0]',
        ecs.DeviceCgroupPermission,
        (permission) => ({ linuxParameters: { devices: [{ permissions: [permission] }] } }),
      ],
    ] satisfies readonly (readonly [string, Readonly<Record<string, string>>, (value: string) => object])[]
  ).map(
    ([path, values, container]) =>
      [
        `containerDefinitions[0].${path}`,
        Object.values(values),
        (value: string) => ({ containerDefinitions: [container(value)] }),
      ] as const,
  ),
]

test.each(CHOICES)('%s takes what the SDK knows and nothing else', (path, values, document) => {
  const places = (value: string) => valueFaults(document(value)).map((fault) => fault.path)
  expect(values.length).toBeGreaterThan(0)
  for (const value of values) expect([value, places(value)]).toEqual([value, []])
  expect(places('nonsense')).toEqual([path])
})

test('the full definition of the tests has every member', () => {
  const missing = (kind: Kind, value: unknown, path: string): readonly string[] => {
    if (Array.isArray(kind)) {
      const own = kind[0] as Kind
      const items = value as readonly object[]
      return isShape(own) ? missing(own, Object.assign({}, ...items.toReversed()), path) : []
    }
    if (!isShape(kind)) return []
    return Object.entries(kind.members).flatMap(([name, own]) => {
      const member = (value as Record<string, unknown>)[name]
      return member === undefined ? [`${path}.${name}`] : missing(own, member, `${path}.${name}`)
    })
  }
  expect(missing(TASK_DEFINITION, FULL, '')).toEqual([])
})
