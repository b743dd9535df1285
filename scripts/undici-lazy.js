// Stands in for `undici` inside @actions/http-client: the real package is loaded only when a proxy is configured.
let real
const load = () => {
  real ??= require('undici-real')
  return real
}
export function ProxyAgent(options) {
  return new (load().ProxyAgent)(options)
}
export const fetch = (url, options) =>
  options?.dispatcher ? load().fetch(url, options) : globalThis.fetch(url, options)
