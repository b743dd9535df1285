/**
 * What a test run prints: how far it is, each failure when it happens, and one closing line that counts. On a terminal the progress is
 * one line that changes; in a log it is a line now and then.
 */
const EVERY_MS = 10_000
const LINE = { clear: '\r\u001b[K' }

/** jest makes it with `new`. */
export default class TestReporter {
  /** @type {Map<string, number>} */
  #took = new Map()
  #failed = 0
  #said = 0

  onRunStart() {
    this.#said = Date.now()
  }

  /**
   * @param {import('@jest/reporters').Test} test
   * @param {import('@jest/reporters').TestResult} result
   * @param {import('@jest/reporters').AggregatedResult} all
   */
  onTestResult(test, result, all) {
    this.#took.set(test.path, result.perfStats.runtime)
    if (result.failureMessage) {
      this.#failed += 1
      this.#write(`FAIL ${here(test.path)}\n${result.failureMessage}\n`)
    }
    const progress = `${this.#took.size} of ${all.numTotalTestSuites} files, ${this.#failed} failed: ${here(test.path)}`
    if (process.stderr.isTTY)
      process.stderr.write(`${LINE.clear}${progress.slice(0, (process.stderr.columns ?? 80) - 1)}`)
    else if (Date.now() - this.#said >= EVERY_MS) {
      this.#said = Date.now()
      this.#write(`${progress}\n`)
    }
  }

  /**
   * @param {unknown} _
   * @param {import('@jest/reporters').AggregatedResult} all
   */
  onRunComplete(_, all) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = all
    const slow = [...this.#took].sort(([, a], [, b]) => b - a).slice(0, 5)
    const listed = slow.map(([path, ms]) => `${here(path)} ${(ms / 1000).toFixed(0)} s`)
    this.#write(this.#took.size > 20 ? `slowest: ${listed.join(', ')}\n` : '')
    // A file that could not be loaded holds no test, and is a failure all the same.
    console.log(
      `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed, ${numPendingTests} skipped`,
    )
  }

  /** @param {string} text */
  #write(text) {
    process.stderr.write(process.stderr.isTTY ? `${LINE.clear}${text}` : text)
  }
}

/** @param {string} path */
function here(path) {
  return path.slice(process.cwd().length + 1)
}
