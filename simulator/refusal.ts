/** What AWS says instead of an answer. Handlers throw these; the server alone catches them and puts them on the wire. */

/** A refusal with AWS's own code. `status` is null where the protocol's usual one holds. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number | null

  constructor(code: string, message: string, status: number | null = null) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.status = status
  }
}

/** Nobody recorded this call: the server answers as for an identity without the permission. */
export class Unrecorded extends Error {
  constructor(call: string) {
    super(`no recorded answer of ${call}`)
    this.name = 'Unrecorded'
  }
}
