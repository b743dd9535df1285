#!/usr/bin/env node
/** The command line's executable: everything else is in cli.ts. */
import { cli } from './cli.ts'

process.exitCode = await cli(process.argv.slice(2), process)
