/** File systems that volumes are mounted from, from the answers of EFS, S3 Files and FSx. */
import { type Answer, known, unread } from '../../domain/answer.ts'
import type { AccessPoint, MountTarget } from '../../domain/configuration.ts'
import { describeFileSystems } from '../calls/fsx.ts'
import { at, idOf, type Loose, type RawAnswer, text, texts, word } from './shape.ts'

/** EFS `DescribeMountTargets`, and S3 Files `ListMountTargets`, which writes the same members small. */
export function toMountTarget(record: Loose): MountTarget | null {
  const own = (name: string) => record[name] ?? record[`${name.charAt(0).toLowerCase()}${name.slice(1)}`]
  const id = idOf(own('MountTargetId'))
  const subnetId = idOf(own('SubnetId'))
  if (id === null || subnetId === null) return null
  return {
    id,
    subnetId,
    vpcId: idOf(own('VpcId')),
    availabilityZoneId: idOf(own('AvailabilityZoneId')),
    addresses: texts([own('IpAddress') ?? own('Ipv4Address'), own('Ipv6Address')]),
    interfaceId: idOf(own('NetworkInterfaceId')),
    state: word(own('LifeCycleState') ?? own('Status')),
  }
}

/** EFS `DescribeAccessPoints`. */
export function toAccessPoint(record: Loose): AccessPoint | null {
  const fileSystemId = idOf(record['FileSystemId'])
  if (fileSystemId === null) return null
  return { arn: idOf(record['AccessPointArn']), fileSystemId, state: word(record['LifeCycleState']) }
}

/** FSx `DescribeFileSystems`: the interfaces of its file servers, any of which may serve. */
export function toFileServers(answer: RawAnswer): Answer<readonly MountTarget[]> {
  if (!answer.known) return answer
  const [system] = answer.value
  if (system === undefined) return unread('not-found', describeFileSystems.permission)
  return known(
    texts(at(system, 'NetworkInterfaceIds')).map((interfaceId) => ({
      id: interfaceId,
      subnetId: '',
      vpcId: text(at(system, 'VpcId')),
      availabilityZoneId: null,
      addresses: [],
      interfaceId,
      state: word(at(system, 'Lifecycle')),
    })),
  )
}
