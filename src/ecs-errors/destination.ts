/** Whom a message is about: the endpoint that was called, by its real name where the agent hides it. */
import { DOCKER_HUB, destinationOfHost, hostOfImage, hostsAsked, imagesNamed, namesFamiliarImage } from './hosts.ts'
import type { Reading } from './reading.ts'

/** Which store of secrets or token the words name. */
export function about({ plain, prose }: Reading): {
  readonly ssm: boolean
  readonly asm: boolean
  readonly token: boolean
} {
  return {
    ssm: /\bssm\b|systems manager|parameter ?store|getparameter|ssm:/.test(prose) || /\/\/ssm(-fips)?\./.test(plain),
    asm: /from asm|\basm\b|secrets? ?manager|getsecretvalue/.test(prose) || /secretsmanager[.:]/.test(plain),
    token:
      /ecr registry auth|registry auth(entication|orization)?( token)? from (amazon )?ecr|getauthorizationtoken|operation error ecr\b/.test(
        prose,
      ) || /api\.ecr/.test(plain),
  }
}

export function secretStore(reading: Reading): string {
  if (reading.answered('denied') && /\bkms\b|kms:|customer master key|ciphertext/.test(reading.plain)) return 'kms'
  return about(reading).ssm ? 'ssm' : 'secretsmanager'
}

/** The call is named and its answer is cut off. */
export function storeNamed(reading: Reading): string | null {
  const { ssm, asm } = about(reading)
  if (ssm || asm) return secretStore(reading)
  return /cloudwatch|awslogs|create stream/.test(reading.prose) ? 'logs' : null
}

export function logStore({ prose, plain, dialled }: Reading): string | null {
  if (/cloudwatch|logs:|log group|log stream|create stream|awslogs/.test(prose) || /\/\/logs\./.test(plain))
    return 'logs'
  if (/fluent|syslog|splunk|gelf|journald|logentries|gcplogs|cloud logging/.test(plain) || dialled?.is === 'private')
    return null
  // A name that does not resolve is the log server's own; CloudWatch's would begin with `logs.`.
  if (/\blookup (?!logs)/.test(plain)) return null
  return dialled === null || dialled.port === 443 ? 'logs' : null
}

/** The agent's sentences for ECR images name the repository without its host. */
const ECR_BY_NAME = /from (the )?amazon (elastic container registry|ecr repository)|task and amazon ecr/

/** A layer fetch: the manifest has come, so that the registry itself was reached. */
const LAYER_FETCH = /httpread(er)?seeker|failed to copy|ref pull|error pulling image conf/
const HIDDEN_LAYER = /\b(get|status code) [^\s/]{1,100}\.dkr[.-]ecr/

/**
 * The agent prints the image's name in place of the signed layer URL. Then the address tells, and where that is missing, the form does:
 * a name without `https://` after `Get` or `status code` stands for the hidden S3 URL.
 */
export function pulledFrom(reading: Reading): string | null {
  const { plain, prose, dialled } = reading
  if (/redacted ecr url/.test(plain)) return 's3-layers'
  const asked = hostsAsked(plain)
    .map((host) => destinationOfHost(host, plain.endsWith(host) || reading.cut))
    .filter((destination) => destination !== null)
  const named = imagesNamed(plain).map((image) => destinationOfHost(hostOfImage(image), plain.endsWith(image)))
  const image = named.find((destination) => destination !== null) ?? null
  if (dialled?.is === 's3' && [...asked, image].every((it) => it === null || /^(ecr-|s3)/.test(it))) return 's3-layers'
  const last = asked.at(-1)
  if (last !== undefined) return last
  if (/getauthorizationtoken|cannotpullecr/.test(prose))
    return /ecr:batch|ecr:getdownload/.test(prose) ? 'ecr-dkr' : 'ecr-api'
  if (/ecr:[a-z]/.test(prose)) return 'ecr-dkr'
  if (HIDDEN_LAYER.test(plain) && LAYER_FETCH.test(prose) && dialled === null) return 's3-layers'
  if (image !== null && !ECR_BY_NAME.test(prose)) return image
  return impliedBy(reading)
}

/** No name in the text: some sentences are one registry's own. */
function impliedBy({ plain, prose, answered }: Reading): string | null {
  if (answered('throttled')) {
    if (/throttlingexception/.test(prose)) return 'ecr-api'
    return /toomanyrequests:? (rate|data limit) exceeded/.test(prose) ? 'registry:public.ecr.aws' : DOCKER_HUB
  }
  if (/pulling image conf/.test(prose)) return 's3-layers'
  if (ECR_BY_NAME.test(prose)) return 'ecr-dkr'
  if (/authorization token has expired|no basic auth/.test(prose)) return 'ecr-dkr'
  if (/private registry credentials/.test(prose)) return 'registry:unknown'
  if (/requested access to the resource is denied/.test(prose)) return DOCKER_HUB
  // Docker 1.9 left out the registry's host here (amazon-ecs-agent issue 337), so that a short name tells nothing.
  if (/error: image /.test(prose)) return null
  if (namesFamiliarImage(plain)) return DOCKER_HUB
  return null
}
