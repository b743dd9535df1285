/** Every link of a page leads to a file of the repository, or to a heading that is there. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from '@jest/globals'

const PAGES = globSync(['*.md', 'docs/**/*.md', '__tests__/proof/README.md'])

const LINK = /\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)/g

function headingsOf(page: string): readonly string[] {
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '')
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slugOf(heading))
}

/** As GitHub makes it. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function deadLinksOf(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(LINK)].flatMap(([link, path = '', anchor]) => {
    const target = path === '' ? page : normalize(join(dirname(page), path))
    if (!existsSync(target)) return [link]
    if (anchor === undefined || statSync(target).isDirectory()) return []
    return headingsOf(target).includes(decodeURIComponent(anchor)) ? [] : [link]
  })
}

test('there are pages to look at', () => {
  expect(PAGES.length).toBeGreaterThan(150)
})

test('no link is dead', () => {
  expect(PAGES.flatMap((page) => deadLinksOf(page).map((link) => `${page}: ${link}`))).toEqual([])
})
