/**
 * How much chance a run of properties is given. Drawn anew on every run of a developer and in the nightly run, which draws at length;
 * from one seed in CI: a red CI is then a change, not a die.
 */
const [isCi, isNightly] = [process.env['CI'] === 'true', process.env['NIGHTLY'] === 'true']

const { default: fc } = await import('fast-check')
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  ...(isCi && !isNightly ? { seed: 20261123 } : {}),
})
