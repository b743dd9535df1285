/** What stands in a service's tags for a while, each with the command that undoes it. */
import { settingOf, updateOf } from '../../deployment/temporary-settings.ts'
import { type KeptSettings, type SettingChange, sameSetting, type TemporaryState } from '../../domain/kept-settings.ts'
import type { Service } from '../../domain/service.ts'
import { type AwsCall, callOf, commandText } from '../command-line.ts'

/** Empty where nothing does. `region`: of the commands. */
export function temporaryStates(service: Service, region: string): readonly TemporaryState[] {
  const { kept = [], illegible = [] } = service.kept ?? {}
  const untag = (tagKeys: readonly string[]) => {
    const call = { kind: 'untag-resource', resourceArn: service.arn, tagKeys: [...tagKeys].sort() }
    return commandText(callOf('ecs', call), region)
  }
  const restore = (changed: readonly SettingChange[]) => commandText(restoring(service, changed), region)
  return [
    ...kept.map((state) => {
      const changed = inForce(service, state)
      const undo = [...(changed.length === 0 ? [] : [restore(changed)]), untag(state.tagKeys)].join(' &&\n')
      return { state, isInForce: changed.length > 0, undo }
    }),
    ...illegible.map((state) => ({ state, isInForce: null, undo: untag(state.tagKeys) })),
  ]
}

function inForce(service: Service, { changes }: KeptSettings): readonly SettingChange[] {
  return changes.filter(({ setting, before, after }) => {
    const now = settingOf(service, setting)
    return now !== null && sameSetting(now, after) && !sameSetting(now, before)
  })
}

/** `enableExecuteCommand` is the one boolean that the AWS CLI turns off by a name of its own. */
function restoring(service: Service, changed: readonly SettingChange[]): AwsCall {
  const back = Object.fromEntries(changed.map(({ setting, before }) => [setting, before]))
  const { enableExecuteCommand, ...update } = updateOf(service, back)
  const call = callOf('ecs', { kind: 'update-service', cluster: service.clusterName, service: service.name, ...update })
  return enableExecuteCommand === false ? { ...call, flags: [...call.flags, ['--disable-execute-command']] } : call
}
