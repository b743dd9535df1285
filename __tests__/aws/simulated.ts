/** A simulator that ends with its test, and credentials to ask it with. */
import { beforeAll } from '@jest/globals'

beforeAll(() => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test'
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
})

export { simulate } from '../simulator/simulate.ts'
