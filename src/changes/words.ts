/** The remedies of a report in words: console steps, commands and Terraform of each; no command and no address twice in all of them. */
import type { Change, ChangeKind, ChangeOf, Remedy } from '../domain/change.ts'
import type { Language, Text } from '../domain/text.ts'
import { resolve } from './change-kind.ts'
import { commandText, variable, variableName } from './command-line.ts'
import { definitionOf } from './index.ts'
import { address, changedArguments, nameOf, newResource, type TerraformBlock } from './terraform.ts'

export interface RemedyWords {
  readonly console: readonly Text[]
  /** A command or comment each, of one or several lines. */
  readonly cli: readonly string[]
  readonly terraform: string
  /** It leaves nothing to the lines of a remedy before it. */
  readonly complete: boolean
}

export interface NamedRemedy {
  readonly remedy: Remedy
  /** Of its finding; a later remedy that needs the same change points to it. */
  readonly name: string
}

/** Something new, in each of the forms. */
interface Made {
  readonly variable: string
  /** Terraform's: `aws_eip.nat`, and the attribute that others name. */
  readonly address: string
  readonly attribute: string
  readonly words: Text
}

/** What the report has said so far. */
interface Said {
  /** By the data of a change: the remedy that says it. */
  readonly changes: Map<string, string>
  readonly made: Map<string, Made>
  readonly variables: Set<string>
  readonly addresses: Set<string>
}

type Refs = ReadonlyMap<string, Made>

/** In the order of the report. `region`: of every command that does not name its own. */
export function wordRemedies(remedies: readonly NamedRemedy[], region: string): readonly RemedyWords[] {
  const said: Said = { changes: new Map(), made: new Map(), variables: new Set(), addresses: new Set() }
  return remedies.map((one) => wordRemedy(one, region, said))
}

function wordRemedy({ remedy, name }: NamedRemedy, region: string, said: Said): RemedyWords {
  const { changes, before = [], after = [], commands = [] } = remedy
  const refs = new Map<string, Made>()
  const earlier = new Set<string>()
  const parts = changes.flatMap((change) => {
    const key = JSON.stringify(resolve(change, (ref) => refs.get(ref)?.variable ?? ref))
    const teller = said.changes.get(key)
    if (teller !== undefined) earlier.add(teller)
    const made = said.made.get(key) ?? newThing(change, key, said)
    if (made !== null && 'makes' in change) refs.set(change.makes, made)
    if (teller !== undefined) return []
    said.changes.set(key, name)
    return [wordChange(change, refs, region, said)]
  })
  return {
    console: [...before, ...[...earlier].map(pointer), ...parts.flatMap((part) => part.console), ...after],
    cli: [
      ...[...earlier].map((one) => `# after the commands of ${one}`),
      ...parts.flatMap((part) => part.cli),
      ...commands,
    ],
    terraform: parts.flatMap((part) => part.terraform).join('\n'),
    complete: earlier.size === 0,
  }
}

function pointer(name: string): Text {
  return { en: `Do what ${name} says first.`, ko: `먼저 다음 항목의 조치를 적용합니다: ${name}` }
}

/** What the change makes, under names that nothing else in the report has. */
function newThing(change: Change, key: string, said: Said): Made | null {
  const { made } = definitionOf(change)
  if (made === undefined || !('makes' in change)) return null
  const thing = {
    variable: unused(variableName(change.makes), said.variables),
    address: unused(`${made.type}.${nameOf(made.name)}`, said.addresses),
    attribute: made.attribute ?? 'id',
    words: made.words,
  }
  said.made.set(key, thing)
  return thing
}

function wordChange<Kind extends ChangeKind>(
  change: ChangeOf<Kind>,
  refs: Refs,
  region: string,
  said: Said,
): { readonly console: readonly Text[]; readonly cli: readonly string[]; readonly terraform: readonly string[] } {
  const { console: steps, cli, terraform, made } = definitionOf<Kind>(change)
  const own = 'makes' in change ? refs.get(change.makes) : undefined
  const worded = (language: Language) => steps(resolve(change, (ref) => refs.get(ref)?.words[language] ?? ref))
  const korean = worded('ko')
  const [first, ...rest] = cli(resolve(change, (ref) => variable(refs.get(ref)?.variable ?? ref)))
  const capture = made === undefined || own === undefined ? null : { name: own.variable, query: made.query }
  const blocks = terraform(resolve(change, (ref) => attributeOf(refs.get(ref), ref)))
  return {
    console: worded('en').map(({ en }, at) => ({ en, ko: korean[at]?.ko ?? en })),
    cli: [
      ...(first === undefined ? [] : [commandText(first, region, capture)]),
      ...rest.map((one) => commandText(one, region)),
    ],
    terraform: blocks.map((block) => blockText(block, own, said)),
  }
}

function attributeOf(made: Made | undefined, ref: string): string {
  return address(made === undefined ? ref : `${made.address}.${made.attribute}`)
}

/** `own`: what the change makes, whose address others may name already. */
function blockText(block: TerraformBlock, own: Made | undefined, said: Said): string {
  if ('existing' in block) return changedArguments(block)
  const isOwn = own?.address.startsWith(`${block.type}.`) === true
  const place = isOwn ? own.address : unused(`${block.type}.${nameOf(block.name)}`, said.addresses)
  return newResource(block, place.slice(block.type.length + 1))
}

/** With a number behind it, from the second on. */
function unused(name: string, taken: Set<string>): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`
  taken.add(free)
  return free
}
