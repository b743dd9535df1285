/** What a registry wants before it answers: reads `WWW-Authenticate`, and makes of it the request for an anonymous token. */

/**
 * Null where the registry wants a user and a password, or sends the token request where nobody should follow: out of TLS, or from
 * the internet into this machine. Source: Docker Registry, Token Authentication Specification.
 */
export function tokenRequest(challenge: string | null, registry: URL): URL | null {
  const [, scheme = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(challenge ?? '') ?? []
  if (scheme.toLowerCase() !== 'bearer') return null
  const fields = new Map([...rest.matchAll(/([a-z_]+)="([^"]*)"/gi)].map(([, name = '', value = '']) => [name, value]))
  const realm = fields.get('realm') ?? ''
  if (!URL.canParse(realm)) return null
  const url = new URL(realm)
  const local = isLocal(url.hostname)
  if (local && !isLocal(registry.hostname)) return null
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return null
  for (const name of ['service', 'scope']) {
    const value = fields.get(name)
    if (value !== undefined) url.searchParams.append(name, value)
  }
  return url
}

/** This machine: what Docker, too, trusts without TLS. */
export function isLocal(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
