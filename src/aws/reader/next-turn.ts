/** After what is due now: requests are written and answers taken before the program goes on. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
