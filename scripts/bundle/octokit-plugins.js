// Stands in for the plugins that `@actions/github` puts into every client: a method for each of GitHub's thousand paths, 100 kB
// of them. src/github/api.ts names its few paths itself.
export const restEndpointMethods = () => ({})
export const paginateRest = () => ({})
