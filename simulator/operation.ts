/** What an operation of the simulated AWS is: a function of a request and of the world. */
import type { Item } from './item.ts'
import type { World } from './world.ts'

export interface Request {
  /** `ec2`, `ecs`, `logs`, `elbv2` …: the name the AWS CLI gives the service. */
  readonly service: string
  readonly operation: string
  /** Members by their API names, whatever the wire calls them. */
  readonly params: Item
  /** A page size that the simulator was told to force, or null. */
  readonly pageSize: number | null
}

/** Answers with members by their API names, as the AWS CLI prints them. Throws Refusal and Unrecorded. */
export type Operation = (request: Request, world: World) => Item | Promise<Item>

export type Operations = Readonly<Record<string, Operation>>
