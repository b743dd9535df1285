/** Why the resources that a container needs before its start could not be fetched or set up: token, secrets, logs, volumes, files. */

import type { Label } from '../../domain/label.ts'
import { about } from '../destination.ts'
import type { Reading } from '../reading.ts'

export function decideInit(reading: Reading): Label | null {
  return files(reading) ?? volumes(reading) ?? logs(reading) ?? secrets(reading)
}

/** For a `ResourceInitializationError` that nothing else has explained. */
export function decideOtherInit({ prose }: Reading): Label | null {
  if (/unable to launch instance/.test(prose)) return null
  return /resource ?initialization ?error/.test(prose) ? 'init/unspecified' : null
}

function files({ prose }: Reading): Label | null {
  return /env(ironment)?[ -]?files?\b/.test(prose) &&
    /download|fetch|retriev|s3|get ?object|head ?object|resource ?initialization/.test(prose)
    ? 'init/env-file'
    : null
}

const EFS = /\befs\b|mount\.nfs4|amazon-efs|elastic file system|\bs3 ?files\b|s3files/
const VOLUME =
  /ebs volume|volume attachment|cannot ?create ?volume|ephemeral ?storage provisioning|volume ?driver|volume plugin|error while mounting volume|failed to (create|attach|mount|set up) (the )?(ebs |docker )?volume|unable to (create|attach) volume|fsx|error looking up volume|stage volume|mount local volume|wrong fs type/

function volumes({ plain, prose }: Reading): Label | null {
  if (!/fail|error|unable|cannot|can't|denied|refused|time|not found|encountered|reset/.test(plain)) return null
  const setUp = /set ?up|mount|volume|utils|resource ?initialization|invoke|initiali/.test(prose)
  if (
    /amazon-ecs-volume-plugin|fs-[0-9a-z<>* ]{1,60}\.efs\./.test(plain) ||
    (EFS.test(prose) && setUp) ||
    /mount.{0,200}nfsvers/.test(plain)
  )
    return 'init/efs'
  if (!VOLUME.test(prose) || /copy file info|failed to chown/.test(prose)) return null
  return /assume the|infrastructure role/.test(prose) ? null : 'init/volume'
}

const LOGGING =
  /logging driver|logger args|logger arg|cloudwatch log|(create|put) ?log ?(stream|group)|create stream has been|log group (does|defined)|amazon cloudwatch|log-opt|log driver/
const LOG_SETTINGS =
  /no log configuration|unknown (log opt|facility|format|option)|log driver named|must (specify|provide|set|be (configured|specified|set))|has to be (configured|specified|set)|requires options|(is )?(a )?required|missing (a )?(value|region|required)|invalid (value|log|option|parameter|endpoint)|invalidparameterexception|unsupported|cannot be enabled|not supported|missingregion|could not (be )?parse|failed to parse/

function logs(reading: Reading): Label | null {
  const { prose, answered, plain } = reading
  if (
    !LOGGING.test(prose) ||
    !/fail|error|exception|unable|cannot|can't|denied|unknown|invalid|must|no log/.test(prose)
  )
    return null
  // Tools that make log groups say so, too; a container's start does not fail of it.
  if (/already ?exists/.test(prose) && !/resource ?initialization|logging driver|logger arg/.test(prose)) return null
  if (answered('throttled')) return 'throttled'
  if (answered('denied') && !/permission denied/.test(prose)) return 'init/log-denied'
  if (answered('silent') || answered('killed') || answered('networkAdvice')) return 'init/log-network'
  if (answered('unresolved') || answered('tls') || answered('refused')) return 'init/log-network'
  if (/dial (tcp|udp|unix)|unix syslog|\.sock\b/.test(plain)) return 'init/log-network'
  if (LOG_SETTINGS.test(prose)) return 'config-invalid'
  const cutBeforeIt = /cannot find[^.]{0,60}[. ]*$/.test(prose)
  if (answered('missing') && !cutBeforeIt) return 'init/log-group-missing'
  return 'init/unspecified'
}

const HEADING =
  /unable to pull secrets( or registry auth|\b)|execution resource retrieval failed|unable to (retrieve|get) (ecr )?(secret|registry auth)|asm fetching/
const FETCHING =
  /fetching secret data|(failed to (fetch|retrieve|get)|retrieve|retrieving|retrieved|pull|fetching) (the )?secrets?\b|secrets? from (asm|ssm)|the task and aws (secrets|systems) manager|invalid ssm parameter|(cannot|can't) (pull|retrieve|get) (the )?(secret|registry auth)/
const MISSING =
  /invalid (ssm )?parameters?\b|parameternotfound|whether the secret exists|invalid name|validation error|validationexception|staging label|secret .{0,80}(deleted|deletion)|no secret|did not contain|invalidrequestexception/

function secrets(reading: Reading): Label | null {
  const { prose, answered, plain } = reading
  const { ssm, asm, token } = about(reading)
  const heading = HEADING.test(prose)
  const store =
    (asm || ssm) && (heading || FETCHING.test(prose) || /resource ?initialization|^taskfailedtostart/.test(prose))
  const ecr = token && (heading || /resource ?initialization|registry auth/.test(prose))
  if (!heading && !store && !ecr) return null
  if (!heading && /cannotpull|no pull access|manifest|failed to resolve ref|ref pull/.test(prose)) return null
  const registry = !store && (ecr || /dial tcp/.test(plain))
  if (answered('throttled')) return registry ? 'pull/rate-limited' : 'throttled'
  if (answered('malformed') || MISSING.test(prose)) return 'init/secrets-missing'
  if (answered('denied')) return registry ? 'init/registry-auth-denied' : 'init/secrets-denied'
  if (unanswered(reading))
    return registry ? 'init/registry-auth-network' : store ? 'init/secrets-network' : 'init/unspecified'
  if (answered('missing')) return store || !registry ? 'init/secrets-missing' : 'init/unspecified'
  if (!heading && !/resource ?initialization|fail|unable|cannot|can't/.test(prose)) return null
  if (!triedInVain(reading)) return 'init/unspecified'
  return registry ? 'init/registry-auth-network' : store ? 'init/secrets-network' : 'init/unspecified'
}

function unanswered({ plain, answered }: Reading): boolean {
  if (answered('silent') || answered('networkAdvice') || answered('unresolved')) return true
  return answered('tls') || answered('refused') || /dial tcp/.test(plain)
}

/** Cut before the cause: a definite answer is not asked for three times, and a request that could not be sent met none. */
function triedInVain({ prose, retries }: Reading): boolean {
  return (retries ?? 0) >= 3 || /send request failed/.test(prose)
}
