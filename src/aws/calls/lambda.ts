/** The Lambda call: whether a function is there. Its answer without the code, and without values of variables (redaction). */
import { call, elsewhere, single } from './call.ts'

/** By ARN, with or without a version or an alias behind it. */
export const getFunctionConfiguration = call<{ readonly FunctionArn?: string; readonly State?: string }>({
  service: 'lambda',
  operation: 'GetFunctionConfiguration',
  list: null,
  keyed: true,
  by: { id: single('FunctionName', (answer) => [answer['FunctionArn'], answer['FunctionName']]), region: elsewhere },
})
