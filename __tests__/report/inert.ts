/** What no output may hold, wherever it is printed: hidden controls, and commands of GitHub's runner. */
import { expect } from '@jest/globals'

const HIDDEN = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u
/** Where the runner sees nothing: it compares by culture, and ICU leaves out what has no weight. */
const NOTHING = String.raw`\p{Default_Ignorable_Code_Point}*`
const COMMAND = new RegExp(
  String.raw`^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*:${NOTHING}:|#${NOTHING}#${NOTHING}\[`,
  'mu',
)

export function expectInert(text: string): void {
  // Emoji of our own are drawn in colour by a selector; without them it is as hidden as the others.
  const bare = text.replace(/(?<=\p{Extended_Pictographic})\ufe0f/gu, '')
  expect(bare).not.toMatch(HIDDEN)
  expect(bare).not.toMatch(COMMAND)
  expect(bare).not.toMatch(/[\ufe00-\ufe0f]/u)
}
