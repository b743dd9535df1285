/** The check pages: the only place where every kind of command is printed. */
import { readdirSync, readFileSync } from 'node:fs'

export interface Page {
  readonly check: string
  readonly sh: string
  readonly hcl: string
}

const FOLDER = 'docs/en/checks'

export const pages: readonly Page[] = readdirSync(FOLDER)
  .filter((name) => name !== 'README.md')
  .sort()
  .map((name) => {
    const text = readFileSync(`${FOLDER}/${name}`, 'utf8')
    return { check: name.replace('.md', ''), sh: fenced(text, 'sh'), hcl: fenced(text, 'hcl') }
  })

function fenced(text: string, language: string): string {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))]
    .map(([, code]) => code)
    .join('\n')
}
