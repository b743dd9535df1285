/** A snapshot folder in memory: texts of JSON by path. Changing one makes no difference to a copy of it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export class Folder {
  readonly #texts: Map<string, string>

  constructor(texts: Iterable<readonly [string, string]>) {
    this.#texts = new Map(texts)
  }

  static read(path: string): Folder {
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    return new Folder(files.sort().map((name) => [name, readFileSync(join(path, name), 'utf8')]))
  }

  copy(): Folder {
    return new Folder(this.#texts)
  }

  /** Becomes what the other is. */
  restore(other: Folder): void {
    this.#texts.clear()
    for (const [path, text] of other.#texts) this.#texts.set(path, text)
  }

  /** With the files of another in the place of its own. */
  overlaid(other: Folder): Folder {
    return new Folder([...this.#texts, ...other.#texts])
  }

  paths(): readonly string[] {
    return [...this.#texts.keys()]
  }

  has(path: string): boolean {
    return this.#texts.has(path)
  }

  json<T>(path: string): T {
    const text = this.#texts.get(path)
    if (text === undefined) throw new Error(`the folder has no ${path}`)
    return JSON.parse(text)
  }

  put(path: string, value: unknown): void {
    this.#texts.set(path, JSON.stringify(value))
  }

  remove(path: string): void {
    this.#texts.delete(path)
  }

  /** Answers that stand one a file, under a folder. */
  under(folder: string): readonly string[] {
    return this.paths().filter((path) => path.startsWith(`${folder}/`))
  }

  /** On disk for as long as `use` runs. */
  async onDisk<T>(use: (path: string) => Promise<T>): Promise<T> {
    const root = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-proof-'))
    try {
      for (const [path, text] of this.#texts) {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        writeFileSync(join(root, path), text)
      }
      return await use(root)
    } finally {
      rmSync(root, { recursive: true })
    }
  }
}
