/** Every call that changes something in AWS, beside StopServiceDeployment of a watch. No reader sends them: `src/aws/writer/` does. */
import type { AwsService } from './call.ts'

export interface WriteCall {
  readonly service: AwsService
  readonly operation: string
  readonly permission: string
}

export const registerTaskDefinition = write('ecs', 'RegisterTaskDefinition')
export const deregisterTaskDefinition = write('ecs', 'DeregisterTaskDefinition')
export const deleteTaskDefinitions = write('ecs', 'DeleteTaskDefinitions')
export const updateService = write('ecs', 'UpdateService')
export const stopServiceDeployment = write('ecs', 'StopServiceDeployment')
export const runTask = write('ecs', 'RunTask')
export const stopTask = write('ecs', 'StopTask')
export const tagResource = write('ecs', 'TagResource')
export const untagResource = write('ecs', 'UntagResource')
/** Of a service whose deployments CodeDeploy makes. */
export const createDeployment = write('codedeploy', 'CreateDeployment')
/** Opens a session in a container: what is run there is ours to answer for. */
export const executeCommand = write('ecs', 'ExecuteCommand')

function write(service: AwsService, operation: string): WriteCall {
  return { service, operation, permission: `${service}:${operation}` }
}
