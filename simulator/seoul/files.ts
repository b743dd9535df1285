/**
 * Writes the snapshot folder of the incident that this project started from: a NestJS service in Seoul whose deployments
 * took a quarter of an hour, because one of its two subnets had no route to the S3 gateway endpoint, and image layers are
 * in S3.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { accessFiles, IMAGE_DIGEST } from './access.ts'
import { ecsFiles } from './ecs.ts'
import { ACCOUNT, REGION } from './names.ts'
import { networkFiles } from './network.ts'

export interface SeoulOptions {
  readonly healthy?: boolean
}

/** Path below the folder to what the AWS CLI prints. `healthy` adds the route that was missing. */
export function seoulFiles({ healthy = false }: SeoulOptions = {}): Record<string, unknown> {
  return {
    'meta.json': { schemaVersion: 1, region: REGION, accountId: ACCOUNT, takenAt: '2026-11-20T06:12:41Z' },
    ...ecsFiles(healthy, IMAGE_DIGEST),
    ...networkFiles(healthy),
    ...accessFiles(),
  }
}

/** Writes them all; makes the folder where it is missing. */
export async function writeSeoul(folder: string, options: SeoulOptions = {}): Promise<void> {
  for (const [path, value] of Object.entries(seoulFiles(options))) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, `${JSON.stringify(value, null, 2)}\n`)
  }
}
