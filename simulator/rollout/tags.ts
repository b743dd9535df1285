/** Tags by ARN: those that were written here take the place of recorded ones. */
import { type Item, itemsOf } from '../item.ts'
import type { RolloutState } from './state.ts'

/** Of a thing with whatever tags it was recorded with. */
export function tagsOf({ tags }: Pick<RolloutState, 'tags'>, arn: string, recorded: Item): readonly Item[] {
  return tags[arn] ?? itemsOf(recorded['tags'])
}

export function withTagsOf(state: RolloutState, arn: string, tags: readonly Item[]): RolloutState {
  return { ...state, tags: { ...state.tags, [arn]: tags } }
}
