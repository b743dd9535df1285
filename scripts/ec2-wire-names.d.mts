/** Types of ec2-wire-names.mjs, for tests. */
export function wireNames(): Promise<string>
