/** Reads everything that a preflight or a trace needs, in few rounds of calls that go out together. */

export { gatherNetwork, type NetworkRequest } from './network.ts'
export { gatherService, type ServiceGathering } from './service.ts'
export type { ServiceRequest } from './service-request.ts'
export type { AskRegistry, ReadImageConfig } from './start/images.ts'
export type { LookIntoSecret } from './start/secret-keys.ts'
