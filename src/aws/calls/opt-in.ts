/** Calls that are made only where the user wants them, and that no policy and no snapshot knows of. */
import type { GetDownloadUrlForLayerResponse } from '@aws-sdk/client-ecr'
import type { GetSecretValueResponse } from '@aws-sdk/client-secrets-manager'
import { call } from './call.ts'

/** No reader is ever given this call: what readers are told is recorded. src/aws/secret-keys.ts alone sends it. */
export const getSecretValue = call<GetSecretValueResponse>({
  service: 'secretsmanager',
  operation: 'GetSecretValue',
  list: null,
})

/** The same: the address is good for everything in the layer. src/aws/image-config.ts alone sends it. */
export const getDownloadUrlForLayer = call<GetDownloadUrlForLayerResponse>({
  service: 'ecr',
  operation: 'GetDownloadUrlForLayer',
  list: null,
})

export const OPT_IN_CALLS = [getSecretValue, getDownloadUrlForLayer] as const
