/** Name and version as reports carry them; a test holds the version to package.json. */
export const TOOL = { name: 'ecs-pull-guard', version: '0.1.0' } as const

/** The package's repository: a test holds it to package.json. */
export const REPOSITORY = 'your-org/ecs-pull-guard'
