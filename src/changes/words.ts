/** The remedies of a report in words: console steps, commands and Terraform of each; no command and no address twice in all of them. */
import type { Change, ChangeKind, ChangeOf, Remedy } from '../domain/change.ts'
import type { Language, Text } from '../domain/text.ts'
import { resolve } from './change-kind.ts'
import { callOf, commandText, variable, variableName, wrappedText } from './command-line.ts'
import { definitionOf } from './index.ts'
import { type SharedChange, shareChanges, unused } from './shared.ts'
import { address, changedArguments, goneResource, nameOf, newResource, type TerraformBlock, text } from './terraform.ts'

export interface RemedyWords {
  readonly console: readonly Text[]
  /** A command or comment each, of one or several lines. */
  readonly cli: readonly string[]
  readonly terraform: string
  /** The changes whose lines stand here; the others are left to a remedy before it. */
  readonly own: readonly Change[]
}

export interface NamedRemedy {
  readonly remedy: Remedy
  /** Of its finding; a later remedy that needs the same change points to it. */
  readonly name: string
}

/** What changes make, by the name that the others have for it: in a console step, and in Terraform. */
type Made = Map<string, { readonly words: Text; readonly address: string }>

interface Report {
  readonly region: string
  readonly made: Made
  /** Of Terraform; each stands in a report once. */
  readonly addresses: Set<string>
}

/** In the order of the report. `region`: of every command that does not name its own. */
export function wordRemedies(remedies: readonly NamedRemedy[], region: string): readonly RemedyWords[] {
  const report: Report = { region, made: new Map(), addresses: new Set() }
  const names = remedies.map(({ name }) => name)
  const shared = shareChanges(remedies.map(({ remedy }) => remedy.changes))
  return remedies.map(({ remedy }, at) => wordRemedy(remedy, shared[at] ?? [], at, names, report))
}

function wordRemedy(
  { before = [], after = [], commands = [] }: Remedy,
  changes: readonly SharedChange[],
  own: number,
  names: readonly string[],
  report: Report,
): RemedyWords {
  const lines = changes.filter(({ first }) => first === own).map(({ change }) => change)
  const parts = lines.map((change) => wordChange(change, report))
  const earlier = [...new Set(changes.flatMap(({ first }) => (first === own ? [] : [names[first] ?? ''])))]
  return {
    console: [...before, ...earlier.map(pointer), ...parts.flatMap((part) => part.console), ...after],
    cli: [
      ...earlier.map((name) => commandText({ comment: `after the commands of ${name}` }, report.region)),
      ...parts.flatMap((part) => part.cli),
      ...commands.map(wrappedText),
    ],
    terraform: parts.flatMap((part) => part.terraform).join('\n'),
    own: lines,
  }
}

function pointer(name: string): Text {
  return { en: `Do what ${name} says first.`, ko: `먼저 다음 항목의 조치를 적용합니다: ${name}` }
}

function wordChange<Kind extends ChangeKind>(change: ChangeOf<Kind>, { region, made, addresses }: Report) {
  const definition = definitionOf<Kind>(change)
  const { terraform = () => [], cli } = definition
  const blocks = () => [terraform(resolve(change, (ref) => address(made.get(ref)?.address ?? ref)))].flat()
  const places = blocks().map((block) => placeOf(block, addresses))
  const [query, makes] = [definition.made?.query, nameMade(change)]
  if (definition.made !== undefined && makes !== null)
    made.set(makes, {
      words: definition.made.words,
      address: `${places[0]}.${definition.made.attribute ?? 'id'}`,
    })
  const worded = (language: Language) =>
    [definition.console(resolve(change, (ref) => made.get(ref)?.words[language] ?? ref))].flat()
  const korean = worded('ko')
  const call = resolve(change, (ref) => variable(variableName(ref)))
  const lines = typeof cli === 'string' ? [callOf(cli, call)] : cli(call)
  const maker = lines.findIndex((line) => 'aws' in line && line.pipe === undefined && line.into === undefined)
  const capture = query === undefined || makes === null ? null : { name: variableName(makes), query }
  return {
    console: worded('en').map(({ en }, at) => ({ en, ko: korean[at]?.ko ?? en })),
    cli: lines.map((line, at) => commandText(line, region, at === maker ? capture : null)),
    // Again: what is made has its address now.
    terraform: blocks().map((block, at) => blockText(block, places[at] ?? '', region)),
  }
}

function nameMade(change: Change): string | null {
  return 'makes' in change ? change.makes : null
}

/** Of a new resource: an address that no other one has. */
function placeOf(block: TerraformBlock, addresses: Set<string>): string {
  return 'type' in block ? unused(`${block.type}.${nameOf(block.name)}`, addresses) : ''
}

/** The provider's own Region needs no argument, which an older provider does not know. */
function blockText(block: TerraformBlock, place: string, region: string): string {
  if ('existing' in block) return changedArguments(block)
  if ('gone' in block) return goneResource(block)
  const fields = block.fields.filter(([name, value]) => name !== 'region' || value !== text(region))
  return newResource({ ...block, fields }, place.slice(block.type.length + 1))
}
