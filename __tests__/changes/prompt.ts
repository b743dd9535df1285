/** The prompt of a shell at which nothing is real but `sed` and `grep`: pastes lines there, and tells whether a planted program ran. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import fc from 'fast-check'

/** zsh knows no comments there, and bash expands its history. */
const PROMPTS = { bash: ['--norc', '--noprofile', '-i'], zsh: ['-f', '-i'] } as const
export type Shell = keyof typeof PROMPTS

/** Those of the machine; bash is on every one. */
export const SHELLS: readonly Shell[] = (['bash', 'zsh'] as const).filter(
  (shell) => shell === 'bash' || onPath(shell) !== null,
)

function onPath(program: string): string | null {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program))
  return places.find((path) => existsSync(path)) ?? null
}

const STUBS = ['aws', 'jq', 'docker', 'dig', 'sleep', 'git', 'terraform', 'date', 'tr', 'id']

/** Whether `pwned`, which stands in no line of ours, was run by any of these lines. */
export function runsPlanted(shell: Shell, text: string): boolean {
  const place = mkdtempSync(join(tmpdir(), 'prompt-'))
  try {
    const programs = join(place, 'programs')
    mkdirSync(programs)
    const canary = join(place, 'canary')
    const program = (name: string, script: string) => {
      writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`)
      chmodSync(join(programs, name), 0o755)
    }
    program('pwned', `: > '${canary}'`)
    for (const name of STUBS) program(name, 'exit 0')
    for (const name of ['sed', 'grep']) program(name, `exec '${onPath(name)}' "$@"`)
    const path = onPath(shell)
    if (path === null) throw new Error(`no ${shell}`)
    spawnSync(path, PROMPTS[shell], {
      cwd: place,
      input: `${text}\nexit\n`,
      env: { PATH: programs, HOME: place, HISTFILE: '', LC_ALL: 'C.UTF-8', TERM: 'dumb' },
      timeout: 20_000,
    })
    return existsSync(canary)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

const PIECES = [
  ...['$(pwned)', '`pwned`', ';pwned;', '\npwned\n', '\rpwned\r', '|pwned|', '&pwned&', '&&pwned||pwned', '!pwned'],
  ...[
    '\u2028pwned\u2028',
    '\u0085pwned\u0085',
    '\u1fefpwned\u1fef',
    '\u037epwned\u037e',
    '\ue000PATH\ue000',
    '\ue000X',
  ],
  ...[
    '<(pwned)',
    '>(pwned)',
    '*(e:pwned:)',
    '=pwned',
    '#',
    '\n# ',
    '\n#\npwned\n',
    '$((pwned))',
    '\\\npwned\n',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell has it
    '${x:-$(pwned)}',
  ],
  ...[
    "'",
    '"',
    '\\',
    "'\\''",
    '\\"',
    '$',
    '|',
    '|e;',
    '|pwned|e',
    '|e #',
    'pwned',
    ' ',
    '(',
    ')',
    '{',
    '}',
    '[',
    '~',
    '%',
    "$'",
  ],
  ...['x'.repeat(60), 'x y '.repeat(40), 'word', 'arn:aws:s3:::b/', '.txt', ':', '/', '-', '--', '한글'],
]

/** Texts that want `pwned` to run, whichever quotes they come into. */
export const shellAttack: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
