/** Tasks with interfaces of their own that an instance with a trunk interface surely takes. */

/**
 * By size: the least that any ordinary type of the size has in AWS's table of June 2023 (ECS Developer Guide, Elastic network interface
 * trunking); newer types have no less. Other families differ within a size.
 */
const LEAST: Readonly<Record<string, number>> = {
  medium: 4,
  large: 10,
  xlarge: 20,
  '2xlarge': 40,
  '4xlarge': 60,
  '8xlarge': 60,
  '9xlarge': 60,
  '12xlarge': 60,
}
const ORDINARY = /^(?:a1|[cmr][5-9][a-z]*|im4gn|is4gen|x2gd)\.(\w+)$/

/** 0 where the table does not say. */
export function trunkedTasks(instanceType: string | null): number {
  const size = ORDINARY.exec(instanceType ?? '')?.[1] ?? ''
  if (/^(?:1[6-9]|[2-9]\d)xlarge$/.test(size)) return 120
  return LEAST[size] ?? 0
}
