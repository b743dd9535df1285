/**
 * Finds every place of a source file where one small change makes a mutant, and, as a transformer of jest, builds the file with
 * the drawn mutants in it, each behind a switch that the environment variable MUTANT turns on.
 */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { parse } from '@babel/parser'

const SWAPPED = { '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===', '&&': '||', '||': '&&' }
const HANGUL = /[\uac00-\ud7a3]/
/** Type positions hold no code; these wrap an expression. */
const TYPED = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']

/** `{ start, end, line, was, text, drops? }`: the code between start and end becomes text. In the order of the file. */
export function sitesOf(source) {
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript'] })
  const sites = []
  const siteOf = ({ start, end, loc }, text) => ({
    start,
    end,
    line: loc.start.line,
    was: source.slice(start, end),
    text,
  })
  /** @type {(node: any, text: string, statement?: any) => void} */
  const add = (node, text, statement) => {
    // An opening bracket at the head of a line would be read as a call of the line before.
    if (node.start !== statement?.start) sites.push(siteOf(node, text))
  }
  walk(program, null)
  return sites.sort((a, b) => a.start - b.start || a.end - b.end)

  function walk(node, statement) {
    if (node.type.startsWith('TS') && !TYPED.includes(node.type)) return
    if (['ImportDeclaration', 'ExportAllDeclaration', 'ImportExpression'].includes(node.type)) return
    // The path of `export … from` is a string that no expression may replace.
    if (node.type === 'ExportNamedDeclaration' && node.source !== null) return
    const inside = node.type === 'ExpressionStatement' ? node : statement
    mutate(node, inside)
    for (const [key, value] of Object.entries(node)) {
      if (isProse(node, key) || isName(node, key)) continue
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, inside)
    }
  }

  function mutate(node, statement) {
    const code = ({ start, end }) => source.slice(start, end)
    switch (node.type) {
      case 'BinaryExpression':
      case 'LogicalExpression': {
        const swapped = SWAPPED[node.operator]
        if (swapped !== undefined) add(node, `(${code(node.left)}) ${swapped} (${code(node.right)})`, statement)
        break
      }
      case 'IfStatement':
      case 'ConditionalExpression':
        add(node.test, 'true', statement)
        add(node.test, 'false', statement)
        break
      case 'WhileStatement':
        add(node.test, 'false')
        break
      case 'UnaryExpression':
        if (node.operator === '!') add(node, `!!(${code(node.argument)})`, statement)
        break
      case 'BooleanLiteral':
        add(node, String(!node.value), statement)
        break
      case 'NumericLiteral':
        add(node, `${code(node)} + 1`, statement)
        add(node, `${code(node)} - 1`, statement)
        break
      case 'StringLiteral':
        if (!HANGUL.test(node.value)) add(node, node.value === '' ? "'mutant'" : "''", statement)
        break
      case 'TemplateLiteral':
        if (!HANGUL.test(code(node))) add(node, "''", statement)
        break
      case 'ExpressionStatement':
        sites.push({ ...siteOf(node.expression, 'undefined'), drops: true })
        break
    }
  }
}

function isNode(value) {
  return typeof value === 'object' && value !== null && typeof value.type === 'string' && 'loc' in value
}

/** Sentences decide nothing: the values of `en` and `ko`, and arguments beside one in Korean. */
function isProse(node, key) {
  if (node.type === 'ObjectProperty' && key === 'value') return ['en', 'ko'].includes(node.key.name)
  return (
    node.type === 'CallExpression' &&
    key === 'arguments' &&
    node.arguments.some((one) => one.type === 'StringLiteral' && HANGUL.test(one.value))
  )
}

function isName(node, key) {
  return key === 'key' && node.computed !== true
}

/** Becomes one line, so that the lines of the file stay where they are. */
const SWITCH = `const mutant$ = (number) => {
  if (process.env.MUTANT !== 'reach') return process.env.MUTANT === String(number);
  const reached = (globalThis.reachedMutants ??= new Set());
  if (reached.has(number)) return false;
  reached.add(number);
  const line = number + ' ' + globalThis.expect.getState().testPath;
  process.getBuiltinModule('node:fs').appendFileSync(process.env.REACHED, line + '\\n');
  return false;
};`.replaceAll('\n', ' ')

/** `mutants`: sites with their numbers. Nested ones stand in the branch where the outer one is off. */
function instrument(source, mutants) {
  const outermostFirst = mutants.toSorted((a, b) => a.start - b.start || b.end - a.end || a.number - b.number)
  const render = (from, to, inside) => {
    let out = ''
    let at = from
    for (let i = 0; i < inside.length; ) {
      const { start, end, number, text, drops } = inside[i]
      const nested = []
      for (i++; i < inside.length && inside[i].end <= end; i++) nested.push(inside[i])
      const kept = render(start, end, nested)
      out += source.slice(at, start)
      out += drops ? `mutant$(${number}) ? undefined : (${kept})` : `(mutant$(${number}) ? (${text}) : (${kept}))`
      at = end
    }
    return out + source.slice(at, to)
  }
  return `${SWITCH} ${render(0, source.length, outermostFirst)}`
}

/** The transformer of jest. `draw` names the file that `mutate.mjs` wrote. */
export default {
  process(source, path, { transformerConfig: { draw } }) {
    const mutants = JSON.parse(readFileSync(draw, 'utf8')).filter((one) => one.path === path)
    return { code: stripTypeScriptTypes(mutants.length === 0 ? source : instrument(source, mutants)) }
  },
}
