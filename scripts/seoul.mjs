/**
 * Writes the snapshot folder of the incident that this project started from: a NestJS service in Seoul whose deployments
 * took a quarter of an hour, because one of its two subnets had no route to the S3 gateway endpoint, and image layers are
 * in S3. By hand: `node scripts/seoul.mjs FOLDER [--healthy]`.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { accessFiles, IMAGE_DIGEST } from './seoul/access.mjs'
import { ecsFiles } from './seoul/ecs.mjs'
import { ACCOUNT, REGION } from './seoul/names.mjs'
import { networkFiles } from './seoul/network.mjs'

/** Path below the folder to what the AWS CLI prints. `healthy` adds the route that was missing. */
export function seoulFiles({ healthy = false } = {}) {
  return {
    'meta.json': { schemaVersion: 1, region: REGION, accountId: ACCOUNT, takenAt: '2026-11-20T06:12:41Z' },
    ...ecsFiles(healthy, IMAGE_DIGEST),
    ...networkFiles(healthy),
    ...accessFiles(),
  }
}

/** Writes them all; makes the folder where it is missing. */
export async function writeSeoul(folder, options = {}) {
  for (const [path, value] of Object.entries(seoulFiles(options))) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, `${JSON.stringify(value, null, 2)}\n`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, flag] = process.argv.slice(2)
  if (folder === undefined) throw new Error('Give the folder to write: node scripts/seoul.mjs FOLDER [--healthy]')
  await writeSeoul(folder, { healthy: flag === '--healthy' })
}
