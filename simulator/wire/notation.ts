/** How the generated table of wire names (names.ts) is written. */

/**
 * The text of a shape lists its members: `Name`, then `=wire` where the wire's name is not the usual one, then the type.
 * Types: nothing for a plain value · `@` a time · `#` a number · `?` a boolean · `:Shape` · `[` a list, followed by the
 * type of its elements and, where unusual, by `/` and their element name · `{` a map, followed by the type of its values.
 */
export interface WireService {
  /** Operation to its input and output shape. */
  readonly operations: Readonly<Record<string, readonly [input: string, output: string]>>
  readonly input: Readonly<Record<string, string>>
  readonly output: Readonly<Record<string, string>>
}
