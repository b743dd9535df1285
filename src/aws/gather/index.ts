/** Reads everything that a preflight or a trace needs, in few rounds of calls that go out together. */

export type { AskRegistry, ReadImageConfig } from './images.ts'
export { gatherNetwork, type NetworkRequest } from './network.ts'
export type { LookIntoSecret } from './secret-keys.ts'
export { gatherService, type ServiceGathering, type ServiceRequest } from './service.ts'
