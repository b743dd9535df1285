/** Puts an answer or a refusal on the wire, in the shape that the caller's protocol has for it. */
import type { Item } from '../item.ts'
import { Refusal } from '../refusal.ts'
import type { Call, Protocol } from './call.ts'
import { jsonValue } from './json.ts'
import { operationType } from './table.ts'
import { element, escaped, type XmlNames, xmlMembers } from './xml.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the front door of a service says before any operation is looked at. */
export type FrontDoor = 'denied' | 'throttled' | 'expired' | 'skewed' | 'unknown-operation' | 'internal'

/** `caller` is the ARN that a denial names. */
export function frontDoor(kind: FrontDoor, call: Call, caller: string): Refusal {
  const [code, status] = CODES[kind][COLUMNS[call.protocol]] ?? ['InternalFailure', 500]
  return new Refusal(code, MESSAGES[kind](call, caller), status)
}

const COLUMNS: Readonly<Record<Protocol, number>> = { ec2: 0, query: 1, 'rest-xml': 1, json: 2, 'rest-json': 3 }

/** Codes and statuses by column: ec2Query, the other XML protocols, JSON, JSON over paths ("Common error types" of each API reference). */
const CODES: Readonly<Record<FrontDoor, readonly (readonly [code: string, status: number])[]>> = {
  denied: [
    ['UnauthorizedOperation', 403],
    ['AccessDenied', 403],
    ['AccessDeniedException', 400],
    ['AccessDeniedException', 403],
  ],
  throttled: [
    ['RequestLimitExceeded', 503],
    ['Throttling', 400],
    ['ThrottlingException', 400],
    ['ThrottlingException', 429],
  ],
  expired: [
    ['RequestExpired', 400],
    ['ExpiredToken', 403],
    ['ExpiredTokenException', 400],
    ['ExpiredTokenException', 403],
  ],
  skewed: [
    ['RequestExpired', 400],
    ['SignatureDoesNotMatch', 403],
    ['InvalidSignatureException', 400],
    ['InvalidSignatureException', 403],
  ],
  'unknown-operation': [
    ['InvalidAction', 400],
    ['InvalidAction', 400],
    ['UnknownOperationException', 400],
    ['UnknownOperationException', 404],
  ],
  internal: [
    ['InternalError', 500],
    ['InternalFailure', 500],
    ['InternalServerError', 500],
    ['InternalServerError', 500],
  ],
}

const MESSAGES: Readonly<Record<FrontDoor, (call: Call, caller: string) => string>> = {
  denied: (call, caller) => {
    const action = `${IAM_PREFIXES[call.service] ?? call.service}:${call.operation}`
    const start = call.protocol === 'ec2' ? 'You are not authorized to perform this operation. ' : ''
    const on = call.protocol === 'ec2' ? '' : ' on resource: *'
    return `${start}User: ${caller} is not authorized to perform: ${action}${on} because no identity-based policy allows the ${action} action`
  },
  throttled: (call) => (call.protocol === 'ec2' ? 'Request limit exceeded.' : 'Rate exceeded'),
  expired: (call) =>
    call.protocol === 'ec2' ? 'Request has expired.' : 'The security token included in the request is expired',
  skewed: (call) =>
    call.protocol === 'ec2' ? 'Request has expired.' : 'Signature expired: it is later than that here',
  'unknown-operation': (call) => {
    if (call.protocol === 'ec2') return `The action ${call.operation} is not valid for this web service.`
    return isJson(call.protocol)
      ? `The requested operation is not recognized by the service: ${call.operation}`
      : `Could not find operation ${call.operation} for version ${call.version}`
  },
  internal: () => 'An internal error has occurred',
}

const IAM_PREFIXES: Readonly<Record<string, string>> = {
  efs: 'elasticfilesystem',
  elbv2: 'elasticloadbalancing',
  'service-quotas': 'servicequotas',
}

const NAMESPACES: Readonly<Record<string, string>> = {
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  autoscaling: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  elbv2: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  route53: 'https://route53.amazonaws.com/doc/2013-04-01/',
}

export function answerWith(call: Call, output: Item, requestId: string): HttpAnswer {
  const type = operationType(call.service, call.operation, 'output')
  const { protocol } = call
  if (isJson(protocol)) return json(200, jsonValue(output, type, call.service), requestId)
  const names: XmlNames = { service: call.service, protocol }
  const members = xmlMembers(output, type, names)
  const id = element(call.protocol === 'ec2' ? 'requestId' : 'RequestId', requestId)
  if (call.protocol === 'ec2') return xml(200, `${call.operation}Response`, id + members, call, requestId)
  if (call.protocol === 'rest-xml') return xml(200, `${call.operation}Response`, members, call, requestId)
  const content = element(`${call.operation}Result`, members) + element('ResponseMetadata', id)
  return xml(200, `${call.operation}Response`, content, call, requestId)
}

export function refuseWith(call: Call, refusal: Refusal, requestId: string): HttpAnswer {
  const status = refusal.status ?? 400
  if (isJson(call.protocol)) return json(status, { __type: refusal.code, message: refusal.message }, requestId)
  const words = element('Code', escaped(refusal.code)) + element('Message', escaped(refusal.message))
  if (call.protocol === 'ec2') {
    const errors = element('Errors', element('Error', words)) + element('RequestID', requestId)
    return xml(status, 'Response', errors, null, requestId)
  }
  const type = element('Type', status >= 500 ? 'Receiver' : 'Sender')
  const error = element('Error', type + words) + element('RequestId', requestId)
  return xml(status, 'ErrorResponse', error, call, requestId)
}

/** Bodies in JSON, whether an operation is named by a header or by a path. */
export function isJson(protocol: Protocol): protocol is 'json' | 'rest-json' {
  return protocol === 'json' || protocol === 'rest-json'
}

function json(status: number, value: unknown, requestId: string): HttpAnswer {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId }
  return { status, headers, body: JSON.stringify(value) }
}

function xml(status: number, root: string, content: string, call: Call | null, requestId: string): HttpAnswer {
  const namespace = NAMESPACES[call?.service ?? '']
  const open = namespace === undefined ? root : `${root} xmlns="${namespace}"`
  const headers = { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId }
  return { status, headers, body: `<?xml version="1.0" encoding="UTF-8"?>\n<${open}>${content}</${root}>` }
}
