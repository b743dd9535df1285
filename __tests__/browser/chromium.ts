/** Debian's Chromium, or the one that CHROMIUM names. CI must have it; elsewhere its tests give way to one that says so. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** In CI a missing browser is a failure of the tests that want it. */
export const hasChromium = existsSync(PATH) || process.env['CI'] === 'true'

export const WITHOUT = `not run: no Chromium at ${PATH} (apt-get install chromium, or set CHROMIUM)`

export function launch(): Promise<Browser> {
  // As root in a container Chromium starts without its sandbox only; the pages are our own.
  return chromium.launch({ executablePath: PATH, args: ['--no-sandbox', '--disable-gpu'] })
}

/** Where screenshots go to be looked at: the folder that SCREENSHOTS names. Nobody looks at those of an ordinary run. */
export const SCREENSHOTS = process.env['SCREENSHOTS'] ?? null

/** For `page.screenshot` and `page.pdf`. */
export function fileFor(name: string): { readonly path?: string } {
  return SCREENSHOTS === null ? {} : { path: join(SCREENSHOTS, name) }
}
