// What src/github/job.ts uses of `@actions/core`. Taken whole, the toolkit brings an HTTP client along (OIDC tokens), with
// undici a third of the action's bytes.
export { error, notice, setOutput, summary, warning } from '@actions/core'
