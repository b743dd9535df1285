/** Whether anybody looked at all: how many of the facts that decide (contract, section 3) could not be had for a reason that may pass. */
import {
  type Answer,
  PASSING_REASONS,
  type PassingReason,
  type Unread,
  type UnreadBecause,
} from '../../domain/answer.ts'
import type { EcrAnswers } from '../../domain/image.ts'
import type { Network } from '../../domain/network.ts'
import type { CouldNotLook } from '../../domain/report.ts'
import type { RoleRecord } from '../../domain/role.ts'
import type { Gathered } from './judge.ts'

/** Once each, whatever the number of checks that want it. Nobody asks for what rests on a fact that is missing: it has that one's reason. */
interface Fact {
  readonly answer: Answer<unknown>
  readonly restsOn?: Answer<unknown>
}

/** Null where half of them or more could be had, or are missing for good (denied, not in the snapshot, not there). */
export function couldNotLook(facts: Gathered): CouldNotLook | null {
  const states = decidingFacts(facts).flatMap((fact) => stateOf(fact) ?? [])
  const passing = states.filter((state): state is PassingReason => PASSING_REASONS.some((one) => one === state))
  if (passing.length * 2 <= states.length) return null
  return { missing: passing.length, of: states.length, because: PASSING_REASONS.filter((one) => passing.includes(one)) }
}

/** Null where nobody had to ask. */
function stateOf({ answer, restsOn }: Fact): UnreadBecause | 'known' | null {
  const isAsked = answer.known ? !isEmpty(answer.value) : answer.because !== 'unasked'
  if (!isAsked && restsOn !== undefined && !restsOn.known) return stateOf({ answer: restsOn })
  if (answer.known) return 'known'
  return answer.because === 'unasked' ? null : answer.because
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function decidingFacts({ service, taskDefinition, network, role, images, configuration }: Gathered): readonly Fact[] {
  const ofService = (answer: Answer<unknown>): Fact => ({ answer, restsOn: service })
  const definition = taskDefinition.known || taskDefinition.because !== 'unasked' ? taskDefinition : service
  const ofDefinition = (answer: Unread): Fact => ({ answer, restsOn: definition })
  return [
    { answer: service },
    ofService(taskDefinition),
    ...(network.known ? networkFacts(network.value, service) : [ofService(network)]),
    ...(role.known
      ? [role.value.execution, role.value.task].flatMap((one) => (one === null ? [] : roleFacts(one)))
      : [ofDefinition(role)]),
    ...(images.known
      ? images.value.images.flatMap(({ ecr }) => (ecr === null ? [] : imageFact(ecr)))
      : [ofDefinition(images)]),
    ...(configuration.known
      ? [
          ...configuration.value.logGroups.map(({ exists }) => ({ answer: exists })),
          ...configuration.value.secrets.map(({ secret }) => ({ answer: secret })),
          ...configuration.value.parameters.map(({ exists }) => ({ answer: exists })),
        ]
      : [ofDefinition(configuration)]),
  ]
}

/** Subnets say in which VPCs the rest is. */
function networkFacts(network: Network, service: Gathered['service']): readonly Fact[] {
  const { subnets } = network
  const place = subnets.known || subnets.because !== 'unasked' ? subnets : service
  const inVpcs = [
    network.routeTables,
    network.networkAcls,
    network.securityGroups,
    network.endpoints,
    network.interfaces,
    network.natGateways,
    network.internetGateways,
    ...Object.values(network.vpcDns).flatMap(({ support, hostnames }) => [support, hostnames]),
  ]
  return [
    { answer: subnets, restsOn: service },
    { answer: network.prefixLists },
    ...inVpcs.map((answer) => ({ answer, restsOn: place })),
  ]
}

/** Its trust, and what it may: the policies say it where the simulation leaves something open. */
function roleFacts({ role, simulation, policies }: RoleRecord): readonly Fact[] {
  const isOpen = policies.known || policies.because !== 'unasked'
  return [{ answer: role }, { answer: isOpen ? policies : simulation, restsOn: role }]
}

/** The manifest proves it, too. */
function imageFact({ found, platforms }: EcrAnswers): Fact {
  return { answer: platforms.known ? platforms : found }
}
