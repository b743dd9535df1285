/** Properties are drawn anew on every run of a developer, and from one seed in CI: a red CI is then a change, not a die. */
if (process.env['CI'] === 'true') {
  const { default: fc } = await import('fast-check')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261123 })
}
