/** Once what is due now is done: requests are written, on new connections too, and answers taken. */
export async function nextTurn(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}
