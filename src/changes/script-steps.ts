/** A list of changes as the steps of a script that can be run again, and taken back. */
import type { Change, ChangeKind, ChangeOf } from '../domain/change.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { ScriptStep } from '../domain/repair.ts'
import type { Language, Text } from '../domain/text.ts'
import { resolve } from './change-kind.ts'
import { type AwsCall, type CommandLine, callOf, commandText, variable, variableName } from './command-line.ts'
import { definitionOf } from './index.ts'
import { FIX_TAG } from './reversal.ts'
import { reversalOf } from './reversals.ts'

/** `fix`: the mark of what the script makes; letters, digits and hyphens. `before`: the facts without any of the changes. */
export function scriptSteps(
  changes: readonly Change[],
  before: GatheredFacts,
  { region, fix }: { readonly region: string; readonly fix: string },
): readonly ScriptStep[] {
  const names = changes.flatMap((change) => ('makes' in change ? [variableName(change.makes)] : []))
  // Two things of one kind have marks of their own.
  return changes.map((change, at) => stepOf(change, changes, before, region, `${fix}-${at + 1}`, names))
}

function stepOf<Kind extends ChangeKind>(
  change: ChangeOf<Kind>,
  all: readonly Change[],
  before: GatheredFacts,
  region: string,
  fix: string,
  names: readonly string[],
): ScriptStep {
  const definition = definitionOf<Kind>(change)
  const call = resolve(change, (ref) => variable(variableName(ref)))
  const own = 'makes' in change ? variableName(change.makes) : null
  const { cli, made } = definition
  const lines = typeof cli === 'string' ? [callOf(cli, call)] : cli(call)
  const maker = lines.findIndex((line) => 'aws' in line && line.pipe === undefined && line.into === undefined)
  const { isMade, undo, settles = [], stays } = reversalOf(call as Parameters<typeof reversalOf>[0], before, fix)
  const capture = own === null || made === undefined ? null : { name: own, query: made.query }
  const text = (line: CommandLine, at: number) =>
    at === maker ? commandText(tagged(line, change.kind, fix), region, capture) : commandText(line, region)
  const undoing = undo.map((line) => commandText(line, region))
  const look = isMade === null ? null : commandText(isMade, region)
  return {
    title: titleOf<Kind>(change, all),
    variable: own,
    isMade: look,
    lines: lines.filter((line) => !isWait(line)).map((line) => text(line, lines.indexOf(line))),
    waits: lines.filter(isWait).map((line) => commandText(line, region)),
    undo: undoing,
    settles: settles.map((line) => commandText(line, region)),
    stays: stays ?? null,
    uses: names.filter((name) => [look ?? '', ...undoing].some((line) => new RegExp(`\\$\\{?${name}\\b`).test(line))),
  }
}

/** Its first console step, with what other changes make by its name. */
function titleOf<Kind extends ChangeKind>(change: ChangeOf<Kind>, all: readonly Change[]): Text {
  const { console } = definitionOf<Kind>(change)
  const worded = (language: Language) => {
    const [first] = [console(resolve(change, (ref) => madeWords(ref, all)?.[language] ?? ref))].flat()
    return first?.[language] ?? change.kind
  }
  return { en: worded('en'), ko: worded('ko') }
}

function madeWords(ref: string, all: readonly Change[]): Text | undefined {
  const maker = all.find((one) => 'makes' in one && one.makes === ref)
  return maker === undefined ? undefined : definitionOf(maker).made?.words
}

function isWait(line: CommandLine): boolean {
  return 'ask' in line || ('aws' in line && line.aws[1] === 'wait')
}

/** By EC2's names of what is made. EC2 API Reference, TagSpecification. */
const TAGGED: Readonly<Partial<Record<ChangeKind, string>>> = {
  'allocate-address': 'elastic-ip',
  'create-internet-gateway': 'internet-gateway',
  'create-egress-only-internet-gateway': 'egress-only-internet-gateway',
  'create-nat-gateway': 'natgateway',
  'create-security-group': 'security-group',
  'create-vpc-endpoint': 'vpc-endpoint',
  'create-transit-gateway-vpc-attachment': 'transit-gateway-attachment',
}

/** Marked from its first moment on, so that a script which was killed finds it again. */
function tagged(line: CommandLine, kind: ChangeKind, fix: string): CommandLine {
  const type = TAGGED[kind]
  if (type === undefined || !('aws' in line)) return line
  const call: AwsCall = line
  return {
    ...call,
    flags: [...call.flags, ['--tag-specifications', `ResourceType=${type},Tags=[{Key=${FIX_TAG},Value=${fix}}]`]],
  }
}
