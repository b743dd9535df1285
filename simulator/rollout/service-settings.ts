/** Settings that UpdateService changed, over those that the service was recorded with, and which of them start a deployment. */
import { isDeepStrictEqual } from 'node:util'
import { type Item, isItem, numberOf, textsOf } from '../item.ts'
import { Refusal } from '../refusal.ts'
import { networkOf } from './setting.ts'
import type { RolloutState, Setting, Subnet } from './state.ts'

type Changed = Pick<RolloutState, 'settings'>

/** `networkConfiguration` of the service as it is now. */
export function currentNetwork(setting: Setting, { settings }: Changed): Item {
  const changed = settings['networkConfiguration']
  return isItem(changed) ? changed : networkOf(setting)
}

/** The subnets that tasks start in. A scenario plays in those that it lists, whatever the folder's service says, until somebody changes them. */
export function currentSubnets({ subnets }: Setting, { settings }: Changed): readonly Subnet[] {
  const changed = settings['networkConfiguration']
  if (!isItem(changed)) return subnets
  const ids = subnetIdsIn(changed)
  return subnets.filter(({ id }) => ids.includes(id))
}

export function currentPercentages({ scenario }: Setting, { settings }: Changed) {
  const changed = isItem(settings['deploymentConfiguration']) ? settings['deploymentConfiguration'] : {}
  const { minimumHealthyPercent, maximumPercent } = scenario.configuration
  return {
    minimumHealthyPercent: numberOf(changed, 'minimumHealthyPercent') ?? minimumHealthyPercent,
    maximumPercent: numberOf(changed, 'maximumPercent') ?? maximumPercent,
  }
}

/** Whether tasks that are made now have ECS Exec. */
export function currentExec({ service }: Setting, { settings }: Changed): boolean {
  return (settings['enableExecuteCommand'] ?? service['enableExecuteCommand']) === true
}

/**
 * The state with what the request names; what it does not name stays. Throws Refusal for what ECS refuses.
 * "This parameter triggers a new service deployment" is said of `networkConfiguration`, "doesn't trigger" of the others
 * (Amazon ECS API Reference, UpdateService).
 */
export function withSettings(
  setting: Setting,
  state: RolloutState,
  params: Item,
): { readonly state: RolloutState; readonly startsDeployment: boolean } {
  const { deploymentConfiguration, networkConfiguration, enableExecuteCommand } = params
  const settings = {
    ...state.settings,
    ...(isItem(deploymentConfiguration)
      ? {
          deploymentConfiguration: { ...itemAt(state.settings, 'deploymentConfiguration'), ...deploymentConfiguration },
        }
      : {}),
    ...(isItem(networkConfiguration) ? { networkConfiguration } : {}),
    ...(typeof enableExecuteCommand === 'boolean' ? { enableExecuteCommand } : {}),
  }
  const changed = { ...state, settings }
  if (isItem(deploymentConfiguration)) refuseDeadlock(currentPercentages(setting, changed))
  if (isItem(networkConfiguration)) refuseSubnets(setting, subnetIdsIn(networkConfiguration))
  const before = currentNetwork(setting, state)
  return { state: changed, startsDeployment: !isDeepStrictEqual(before, currentNetwork(setting, changed)) }
}

function refuseDeadlock({ minimumHealthyPercent, maximumPercent }: ReturnType<typeof currentPercentages>): void {
  if (maximumPercent < minimumHealthyPercent) {
    throw invalid('maximumPercent must be greater than or equal to minimumHealthyPercent.')
  }
  if (minimumHealthyPercent === 100 && maximumPercent === 100) {
    throw invalid('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.')
  }
}

function refuseSubnets({ subnets }: Setting, ids: readonly string[]): void {
  if (ids.length === 0) throw invalid('subnets can not be empty.')
  const unknown = ids.find((id) => !subnets.some((subnet) => subnet.id === id))
  if (unknown !== undefined) {
    throw invalid(
      `Error retrieving subnet information for [${ids.join(', ')}]: The subnet ID '${unknown}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
    )
  }
}

function subnetIdsIn(network: Item): readonly string[] {
  return textsOf(itemAt(network, 'awsvpcConfiguration')['subnets'])
}

function itemAt(item: Item, key: string): Item {
  return isItem(item[key]) ? item[key] : {}
}

function invalid(message: string): Refusal {
  return new Refusal('InvalidParameterException', message)
}
