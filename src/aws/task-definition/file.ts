/** Is a task definition named, or the file of one? */

/** A family, `family:revision` or ARN, as opposed to the path of a file. */
export function namesTaskDefinition(input: string): boolean {
  return /^arn:aws[a-z-]*:ecs:/.test(input) || /^[a-zA-Z0-9_-]{1,255}(:\d+)?$/.test(input)
}
