/** AWS's wildcards: `*` any run of characters, `?` exactly one, a backslash takes the next one literally. */

/** Case matters, as in EC2 filters ("Filter your Amazon EC2 resources", EC2 User Guide). */
export function matchesGlob(pattern: string, text: string): boolean {
  return /[*?\\]/.test(pattern) ? globExpression(pattern).test(text) : pattern === text
}

function globExpression(pattern: string): RegExp {
  const source = pattern.replace(/\\[\s\S]|[\s\S]/g, (piece) => {
    if (piece === '*') return '.*'
    if (piece === '?') return '.'
    const literal = piece.length > 1 ? piece.slice(1) : piece
    return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  })
  return new RegExp(`^${source}$`, 's')
}
