/** Simulators that end with their test. */
import { afterEach } from '@jest/globals'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/start.ts'

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

/** Stops by itself after the test. */
export async function simulate(options: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options)
  running.push(simulator)
  return simulator
}
