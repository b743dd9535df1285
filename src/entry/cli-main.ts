#!/usr/bin/env node
/** The command line's executable: everything else is in cli.ts. */
import { keepCompiledCode } from './compile-cache.ts'

// The SDK warns that a later version of it will not run on Node 20; this one, which is bundled, does.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
keepCompiledCode(process.env)
void import('./cli.ts').then(async ({ cli }) => {
  process.exitCode = await cli(process.argv.slice(2), process)
})
