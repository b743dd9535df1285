/** Keeps V8's compiled code between runs of the command line: half of a short run is compiling it. */
import module from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * In the user's own cache folder: who could write there could change the program as well. Not in CI, where a machine runs it once and
 * would pay for the writing. Node 22.8 and later; NODE_DISABLE_COMPILE_CACHE=1 turns it off.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  if (env['CI'] !== undefined) return
  const caches = env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  module.enableCompileCache?.(join(caches, 'ecs-pull-guard'))
}
