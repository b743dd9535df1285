/** The action's executable: everything else is in action.ts. */
import { main } from './action.ts'

// A runner without Node 24 may take Node 20, where the SDK warns that a later version of it will not run; this one, which is bundled, does.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
void main(process).then((code) => {
  process.exitCode = code
})
