/** Reads everything that a preflight or a trace needs, in few rounds of calls that go out together. */

export type { AskRegistry } from './gather/images.ts'
export { gatherNetwork, type NetworkRequest } from './gather/network.ts'
export type { LookIntoSecret } from './gather/secret-keys.ts'
export { gatherService, type ServiceGathering, type ServiceRequest } from './gather/service.ts'
