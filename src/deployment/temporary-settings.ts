/** Settings that are changed for a while: from what to what, where that cannot be, and what UpdateService takes for it. */
import type { SettingChange, SettingName, SettingValue } from '../domain/kept-settings.ts'
import type { Raw, Service } from '../domain/service.ts'
import type { Text } from '../domain/text.ts'

/** `nothing`: it is so already. `refused`: it cannot be, or would not help. */
export type SettingsPlan =
  | { readonly outcome: 'change'; readonly changes: readonly SettingChange[] }
  | { readonly outcome: 'nothing' | 'refused'; readonly because: Text }

/** Room for as many new tasks as old ones, and no old task that has to stay: failed starts are tried again sooner. */
const HURRIED = { minimumHealthyPercent: 0, maximumPercent: 200 } as const

/** `emergency: percent`. */
export function percentPlan(service: Service): SettingsPlan {
  const { deploymentController, schedulingStrategy, deploymentConfiguration } = service
  if (deploymentController !== 'ECS' || deploymentConfiguration.strategy !== 'ROLLING') {
    return refused({
      en: `The percentages speed up rolling updates alone; this service deploys with ${deploymentController}, strategy ${deploymentConfiguration.strategy}.`,
      ko: `비율 변경은 롤링 업데이트에서만 도움이 됩니다. 이 서비스의 배포 컨트롤러: ${deploymentController}, 전략: ${deploymentConfiguration.strategy}`,
    })
  }
  if (schedulingStrategy !== 'REPLICA') {
    return refused({
      en: 'A daemon service starts one task on each instance, whatever its percentages are.',
      ko: '데몬 서비스는 비율과 관계없이 인스턴스마다 태스크를 하나씩 시작합니다.',
    })
  }
  const { minimumHealthyPercent, maximumPercent } = deploymentConfiguration
  const changes = [
    change('minimumHealthyPercent', minimumHealthyPercent, HURRIED.minimumHealthyPercent),
    change('maximumPercent', maximumPercent, Math.max(maximumPercent, HURRIED.maximumPercent)),
  ].filter(({ before, after }) => before !== after)
  if (changes.length > 0) return { outcome: 'change', changes }
  return nothing({
    en: `The percentages are ${minimumHealthyPercent} and ${maximumPercent} already.`,
    ko: `비율이 이미 적용되어 있습니다(최소 ${minimumHealthyPercent}%, 최대 ${maximumPercent}%).`,
  })
}

/** `enable-exec`. Nobody's deployment gives way to a question. */
export function execPlan({ enableExecuteCommand, deploymentController, deployments }: Service): SettingsPlan {
  if (enableExecuteCommand) {
    return nothing({
      en: 'ECS Exec is on for the service: tasks that were started before it was turned on have to be replaced.',
      ko: '서비스의 ECS Exec가 이미 켜져 있습니다. 켜기 전에 시작된 태스크는 교체해야 합니다.',
    })
  }
  if (deploymentController !== 'ECS') {
    return refused({
      en: `ECS Exec takes new tasks, and ECS starts no deployment of a service whose controller is ${deploymentController}: turn it on with your next deployment.`,
      ko: `ECS Exec를 켜려면 새 태스크가 필요하지만 이 서비스의 배포는 ECS가 시작하지 않습니다. 다음 배포에서 켭니다. 배포 컨트롤러: ${deploymentController}`,
    })
  }
  const inProgress = deployments.find(({ rolloutState }) => rolloutState === 'IN_PROGRESS')
  if (inProgress !== undefined) {
    return refused({
      en: `Turning ECS Exec on would replace a deployment that is in progress (${inProgress.id}): run it again when that is over.`,
      ko: `ECS Exec를 켜면 진행 중인 배포를 대체하게 됩니다(${inProgress.id}). 배포가 끝난 뒤 다시 실행합니다.`,
    })
  }
  return { outcome: 'change', changes: [change('enableExecuteCommand', false, true)] }
}

/** What the service has now; null where it has no such setting. */
export function settingOf(service: Service, setting: SettingName): SettingValue | null {
  const { awsvpc, deploymentConfiguration, enableExecuteCommand } = service
  switch (setting) {
    case 'subnets':
      return awsvpc?.subnetIds ?? null
    case 'enableExecuteCommand':
      return enableExecuteCommand
    default:
      return deploymentConfiguration[setting]
  }
}

/** Of UpdateService: what is not named stays, a network configuration is replaced as a whole (ECS API Reference). */
export interface SettingsUpdate {
  readonly deploymentConfiguration?: Raw
  readonly networkConfiguration?: { readonly awsvpcConfiguration: Raw }
  readonly enableExecuteCommand?: boolean
}

export function updateOf({ awsvpc, raw }: Service, settings: Readonly<Partial<Record<SettingName, SettingValue>>>) {
  const { subnets, enableExecuteCommand, ...percentages } = settings
  const own = raw['networkConfiguration'] as { readonly awsvpcConfiguration?: Raw } | undefined
  return {
    ...(Object.keys(percentages).length === 0 ? {} : { deploymentConfiguration: percentages }),
    ...(subnets === undefined || awsvpc === null
      ? {}
      : { networkConfiguration: { awsvpcConfiguration: { ...own?.awsvpcConfiguration, subnets } } }),
    ...(enableExecuteCommand === undefined ? {} : { enableExecuteCommand: enableExecuteCommand === true }),
  } satisfies SettingsUpdate
}

export function change(setting: SettingName, before: SettingValue, after: SettingValue): SettingChange {
  return { setting, before, after }
}

export function nothing(because: Text): SettingsPlan {
  return { outcome: 'nothing', because }
}

export function refused(because: Text): SettingsPlan {
  return { outcome: 'refused', because }
}
