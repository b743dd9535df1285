/** How often a property is drawn: a few times on every run, and at length in the nightly one. */
export function draws(usual: number): number {
  return process.env['NIGHTLY'] === 'true' ? usual * 20 : usual
}
