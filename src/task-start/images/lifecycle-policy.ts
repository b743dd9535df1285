/** What an ECR lifecycle policy will do with an image, and when. Odd text is an answer, never an exception. */
import type { EcrImage } from '../../domain/image.ts'
import { covers, literal, setOf } from '../../domain/wildcard.ts'

export interface LifecycleRule {
  /** Rules are applied from the lowest to the highest. */
  readonly priority: number
  /** `tagged`, `untagged`, `any`. */
  readonly tagStatus: string
  readonly prefixes: readonly string[]
  readonly patterns: readonly string[]
  /** `standard` unless the rule is about archived images. */
  readonly storageClass: string
  /** `imageCountMoreThan`, `sinceImagePushed`, `sinceImagePulled`, `sinceImageTransitioned`. */
  readonly countType: string
  readonly count: number
  /** `expire` deletes; `transition` archives, which takes the image from those who pull as well. */
  readonly action: string
}

export interface Expiry {
  readonly rule: LifecycleRule
  /** Milliseconds since 1970: when the rule takes the image; null where it takes it at its next run. */
  readonly at: number | null
  /** How many images the rule keeps for which this one is too old; null for rules of age. */
  readonly rank: number | null
}

const DAY_MS = 86_400_000

/** Null for text that is no lifecycle policy. */
export function lifecycleRules(text: string): readonly LifecycleRule[] | null {
  const rules = field(parsed(text), 'rules')
  if (!Array.isArray(rules)) return null
  const read = rules.map(ruleOf)
  return read.some((rule) => rule === null) ? null : read.filter((rule) => rule !== null).toSorted(byPriority)
}

/** Only these need to know the other images of the repository. */
export function countsImages(rules: readonly LifecycleRule[]): boolean {
  return rules.some(({ countType }) => countType === 'imageCountMoreThan')
}

/**
 * The first rule that selects the image is the only one that may take it. Null: none does, or the one keeps it.
 * Source: ECR User Guide, "Automate the cleanup of images by using lifecycle policies", evaluation rules. `all`: every image
 * of the repository; where it is not known, rules that count are taken to keep.
 */
export function expiryOf(image: EcrImage, rules: readonly LifecycleRule[], all: readonly EcrImage[]): Expiry | null {
  const rule = rules.find((one) => selects(one, image))
  if (rule === undefined) return null
  if (rule.countType === 'imageCountMoreThan') {
    const rank = rankOf(image, rule, all)
    return rank !== null && rank > rule.count ? { rule, at: null, rank } : null
  }
  const since = startOf(rule, image)
  return since === null ? null : { rule, at: since + rule.count * DAY_MS, rank: null }
}

/** Of several tags or prefixes an image has to have each, with any of its tags. */
export function selects(rule: LifecycleRule, { tags, status }: EcrImage): boolean {
  const archived = status === 'ARCHIVED'
  if (archived !== (rule.storageClass === 'archive')) return false
  if (rule.tagStatus === 'any') return true
  if (rule.tagStatus === 'untagged') return tags.length === 0
  if (rule.tagStatus !== 'tagged' || tags.length === 0) return false
  return (
    rule.prefixes.every((prefix) => tags.some((tag) => tag.startsWith(prefix))) &&
    rule.patterns.every((pattern) => tags.some((tag) => covers(setOf(pattern), literal(tag))))
  )
}

/** 1 is the youngest. Images are sorted by the time of their push; those that an earlier rule selects still count. */
function rankOf(image: EcrImage, rule: LifecycleRule, all: readonly EcrImage[]): number | null {
  if (image.pushedAt === null) return null
  const younger = all.filter(
    (one) => one.digest !== image.digest && selects(rule, one) && (one.pushedAt ?? 0) > (image.pushedAt ?? 0),
  )
  return younger.length + 1
}

function startOf({ countType }: LifecycleRule, { pushedAt, pulledAt }: EcrImage): number | null {
  if (countType === 'sinceImagePushed') return pushedAt
  // An image that nobody pulled counts from its push.
  return countType === 'sinceImagePulled' ? (pulledAt ?? pushedAt) : null
}

function ruleOf(record: unknown): LifecycleRule | null {
  const selection = field(record, 'selection')
  const priority = field(record, 'rulePriority')
  const count = field(selection, 'countNumber')
  const action = field(field(record, 'action'), 'type')
  if (typeof priority !== 'number' || typeof count !== 'number' || typeof action !== 'string') return null
  return {
    priority,
    tagStatus: String(field(selection, 'tagStatus') ?? ''),
    prefixes: textsOf(field(selection, 'tagPrefixList')),
    patterns: textsOf(field(selection, 'tagPatternList')),
    storageClass: String(field(selection, 'storageClass') ?? 'standard'),
    countType: String(field(selection, 'countType') ?? ''),
    count,
    action,
  }
}

function byPriority(a: LifecycleRule, b: LifecycleRule): number {
  return a.priority - b.priority
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function field(record: unknown, key: string): unknown {
  return typeof record === 'object' && record !== null ? (record as Readonly<Record<string, unknown>>)[key] : undefined
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
