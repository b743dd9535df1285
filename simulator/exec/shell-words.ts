/** Splits a command as the agent does in a container: google/shlex, whose quotes are those of a shell. */
export function shellWords(command: string): readonly string[] {
  const words: string[] = []
  let word: string | null = null
  for (const [part] of command.matchAll(/'[^']*'|"(?:\\.|[^"\\])*"|\\.|\s+|[^\s'"\\]+/gs)) {
    if (/^\s/.test(part)) {
      if (word !== null) words.push(word)
      word = null
    } else if (part.startsWith("'")) word = `${word ?? ''}${part.slice(1, -1)}`
    else if (part.startsWith('"')) word = `${word ?? ''}${part.slice(1, -1).replaceAll(/\\(.)/gs, '$1')}`
    else word = `${word ?? ''}${part.startsWith('\\') ? part.slice(1) : part}`
  }
  return word === null ? words : [...words, word]
}
