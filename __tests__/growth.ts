/** How much more CPU time four times the input takes: 4 is linear, 16 the square. A ratio, whatever the machine is busy with. */
export function growth(work: (length: number) => void, short: number): number {
  const spent = (length: number): number => {
    const before = process.cpuUsage()
    work(length)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  const least = (length: number) => Math.min(spent(length), spent(length), spent(length))
  spent(4 * short)
  // Below a millisecond the clock says little.
  return least(4 * short) / Math.max(least(short), 1_000)
}
