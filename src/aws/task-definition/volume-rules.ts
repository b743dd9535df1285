/** ECS's rules for volumes and for what mounts them (ECS API, Volume, EFSVolumeConfiguration). */
import { at, fieldsOf, idOf, isLoose, type Loose, listAt } from '../facts/shape.ts'
import { type Fault, under } from './fault.ts'

export function volumeFaults(definition: Loose, containers: readonly Loose[]): readonly Fault[] {
  const volumes = listAt(definition, 'volumes')
  const mounted = containers.flatMap((one) => fieldsOf(one['mountPoints'], 'sourceVolume'))
  const faults = volumes.flatMap((volume, index) =>
    under(`volumes[${index}]`, [...kindFaults(volume), ...efsFaults(volume), ...launchFaults(volume, mounted)]),
  )
  return [...faults, ...severalFaults(volumes)]
}

export function mountFaults(container: Loose, definition: Loose): readonly Fault[] {
  const volumes = new Set(fieldsOf(definition['volumes'], 'name'))
  return listAt(container, 'mountPoints').flatMap((mount, index) => {
    const volume = idOf(mount['sourceVolume'])
    if (volume === null || volumes.has(volume)) return []
    const rule = {
      en: `names the volume ${volume}, which "volumes" does not have`,
      ko: `"volumes"에 없는 볼륨을 가리킵니다: ${volume}`,
    }
    return [{ path: `mountPoints[${index}].sourceVolume`, rule }]
  })
}

const KINDS = [
  'host',
  'dockerVolumeConfiguration',
  'efsVolumeConfiguration',
  's3filesVolumeConfiguration',
  'fsxWindowsFileServerVolumeConfiguration',
]

/** `host` is answered for every other volume, too, with nothing in it. */
function kindFaults(volume: Loose): readonly Fault[] {
  const [first, second] = KINDS.filter((kind) => isLoose(volume[kind]) && Object.keys(volume[kind]).length > 0)
  if (first === undefined || second === undefined) return []
  const rule = {
    en: `stands beside "${first}"; a volume is of one kind`,
    ko: `볼륨의 종류는 하나여야 합니다. 다른 종류: "${first}"`,
  }
  return [{ path: second, rule }]
}

function efsFaults(volume: Loose): readonly Fault[] {
  const efs = volume['efsVolumeConfiguration']
  if (!isLoose(efs)) return []
  const point = idOf(at(efs, 'authorizationConfig', 'accessPointId'))
  const root = idOf(efs['rootDirectory'])
  const faults: Fault[] = []
  if (point !== null && root !== null && root !== '/') {
    const rule = {
      en: 'has to be left out or "/" with an access point',
      ko: '액세스 포인트를 쓰면 생략하거나 "/"여야 합니다',
    }
    faults.push({ path: 'rootDirectory', rule })
  }
  const isOn = efs['transitEncryption'] === 'ENABLED'
  const needs =
    point !== null
      ? { en: 'an access point', ko: '액세스 포인트' }
      : at(efs, 'authorizationConfig', 'iam') === 'ENABLED'
        ? { en: 'IAM authorization', ko: 'IAM 권한 부여' }
        : typeof efs['transitEncryptionPort'] === 'number'
          ? { en: 'a "transitEncryptionPort"', ko: '"transitEncryptionPort"' }
          : null
  if (needs !== null && !isOn) {
    const rule = { en: `has to be "ENABLED" for ${needs.en}`, ko: `"ENABLED"여야 합니다. 필요한 설정: ${needs.ko}` }
    faults.push({ path: 'transitEncryption', rule })
  }
  return under('efsVolumeConfiguration', faults)
}

function launchFaults(volume: Loose, mounted: readonly string[]): readonly Fault[] {
  const name = idOf(volume['name'])
  if (volume['configuredAtLaunch'] !== true || (name !== null && mounted.includes(name))) return []
  const rule = {
    en: 'is of a volume that is configured at launch and that no container mounts',
    ko: '시작 시 구성되는 볼륨인데 탑재하는 컨테이너가 없습니다',
  }
  return [{ path: 'name', rule }]
}

/** ECS API, Volume: one volume of a revision may be configured at launch. */
function severalFaults(volumes: readonly Loose[]): readonly Fault[] {
  const [, second] = volumes.flatMap((one, index) => (one['configuredAtLaunch'] === true ? [index] : []))
  const rule = { en: 'may be true for one volume', ko: '볼륨 하나에만 true를 지정할 수 있습니다' }
  return second === undefined ? [] : [{ path: `volumes[${second}].configuredAtLaunch`, rule }]
}
