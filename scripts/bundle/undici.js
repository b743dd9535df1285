// Stands in for undici inside `@actions/*`. Taken whole it is 400 kB of the action, and all that is asked of it is Node's own
// fetch, and a way through a proxy, which the tunnel that the toolkit carries anyhow can make.
import http from 'node:http'
import https from 'node:https'
import tunnel from 'tunnel'

export class ProxyAgent {
  constructor({ uri, token }) {
    const proxy = new URL(uri)
    const secure = proxy.protocol === 'https:'
    const port = proxy.port || (secure ? 443 : 80)
    // The toolkit hands over the header; the tunnel makes it itself, from user and password.
    const proxyAuth =
      token === undefined ? {} : { proxyAuth: Buffer.from(token.replace(/^Basic /, ''), 'base64').toString() }
    this.secure = secure
    this.options = { maxSockets: 8, proxy: { host: proxy.hostname, port, ...proxyAuth } }
  }

  tunnelFor(protocol) {
    const kind = `http${protocol === 'https:' ? 's' : ''}OverHttp${this.secure ? 's' : ''}`
    return tunnel[kind](this.options)
  }
}

/** @param {any} [init] of Octokit */
export function fetch(url, init = {}) {
  const { dispatcher, ...options } = init
  return dispatcher === undefined ? globalThis.fetch(url, options) : fetchThrough(dispatcher, new URL(url), options)
}

/** Octokit sends texts, and reads the whole answer. */
function fetchThrough(proxy, url, { method, headers, body, signal }) {
  const { request } = url.protocol === 'https:' ? https : http
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  const agent = proxy.tunnelFor(url.protocol)
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, ...length }, agent, signal }, async (response) => {
      try {
        const chunks = []
        for await (const chunk of response) chunks.push(chunk)
        const { statusCode: status, headers: got } = response
        resolve(
          new Response(status === 204 || status === 304 ? null : Buffer.concat(chunks), { status, headers: flat(got) }),
        )
      } catch (error) {
        reject(error)
      }
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** @returns {[string, string][]} */
function flat(headers) {
  return Object.entries(headers).map(([name, value]) => [name, String(value)])
}
