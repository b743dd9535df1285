/** What a deploy with these inputs writes, for the policy that it needs. */
import type { DeployWrites } from '../../aws/deploy-policy.ts'
import { lastPart } from '../../aws/facts/service.ts'
import { namesTaskDefinition } from '../../aws/task-definition/file.ts'
import type { Values } from '../../inputs/table.ts'

/** Names, where they are known. */
export function serviceIn({ cluster, service: named }: Values) {
  const service = named?.[0]
  return {
    cluster: cluster === null ? null : lastPart(cluster),
    service: service === undefined ? null : lastPart(service),
  }
}

export function writesOf(values: Values): DeployWrites {
  const named = values['task-definition']?.[0] ?? values['task-definition-arn']
  const isFile = named !== null && !namesTaskDefinition(named)
  const service = values.service?.[0] ?? null
  const codeDeploy = [
    values['codedeploy-appspec'],
    values['codedeploy-application'],
    values['codedeploy-deployment-group'],
    values['codedeploy-deployment-config'],
  ]
  const volumes = [values['service-managed-ebs-volume'], values['run-task-managed-ebs-volume']]
  return {
    // Before anything is named, for whatever may be.
    registers: isFile || values.image !== null || (named === null && !values['force-new-deployment']),
    cluster: values.cluster === null ? null : lastPart(values.cluster),
    service: service === null ? '*' : lastPart(service),
    runsTask: values['run-task'],
    makesVolumes: volumes.some((one) => one !== null),
    byCodeDeploy: codeDeploy.some((one) => one !== null),
    changesSettings: values.emergency !== null,
    rollsBack: values['on-failure'] === 'rollback' || values['on-cancel'] === 'rollback',
  }
}
