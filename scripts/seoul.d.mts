/** Types of seoul.mjs, for tests. */
export function seoulFiles(options?: { readonly healthy?: boolean }): Record<string, unknown>
export function writeSeoul(folder: string, options?: { readonly healthy?: boolean }): Promise<void>
