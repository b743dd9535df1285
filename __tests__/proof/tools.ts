/** The programs that this folder's tests ask. None of them is part of the project: CI installs them (`.ci/run`). */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export const PYTHON = '.venv/bin/python'

const MODULES = ['awscli', 'hcl2', 'moto'] as const
const PROGRAMS = ['bash', 'zsh', 'jq'] as const

/** Throws one sentence that says what to run. A proof that cannot be made is a failure, never a skipped test. */
export function requireTools(): void {
  const missing = [
    ...missingModules(),
    ...PROGRAMS.filter((name) => spawnSync(name, ['--version']).error !== undefined),
  ]
  if (missing.length === 0) return
  throw new Error(
    `The proof of what is printed needs ${missing.join(', ')}: run \`bash .ci/run\` once, or the lines of it that install into .venv and by apt-get.`,
  )
}

function missingModules(): readonly string[] {
  if (!existsSync(PYTHON)) return MODULES
  const probe = `import importlib.util as u; print(*[n for n in ${JSON.stringify(MODULES)} if u.find_spec(n) is None])`
  return spawnSync(PYTHON, ['-c', probe], { encoding: 'utf8' })
    .stdout.split(/\s+/)
    .filter((name) => name !== '')
}
