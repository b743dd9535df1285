import { describe, expect, test } from '@jest/globals'
import { temporaryStates } from '../../../src/changes/ecs/undo-settings.ts'
import { keptIn, tagsOf } from '../../../src/deployment/kept-settings.ts'
import type { KeptSettings } from '../../../src/domain/kept-settings.ts'
import type { Report } from '../../../src/domain/report.ts'
import type { Service } from '../../../src/domain/service.ts'
import { LANGUAGES } from '../../../src/domain/text.ts'
import { annotationsOf } from '../../../src/report/annotations/annotations.ts'
import { renderHtml } from '../../../src/report/html/html.ts'
import { reportJson } from '../../../src/report/json/json.ts'
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts'
import { renderText } from '../../../src/report/terminal/text.ts'
import { service } from '../../task-start/sample.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { ALL_CLEAR, SEOUL } from '../samples.ts'

const LEASE = { owner: 'github.com/acme/shop deploy.yml', until: Date.parse('2026-11-21T05:00:00Z') }
const PERCENT = {
  kind: 'percent',
  lease: LEASE,
  changes: [
    { setting: 'minimumHealthyPercent', before: 50, after: 0 },
    { setting: 'maximumPercent', before: 100, after: 200 },
  ],
} as const
const SUBNETS = {
  kind: 'bad-subnets',
  lease: LEASE,
  changes: [{ setting: 'subnets', before: ['subnet-a', 'subnet-c'], after: ['subnet-a'] }],
} as const
const EXEC = {
  kind: 'enable-exec',
  lease: LEASE,
  changes: [{ setting: 'enableExecuteCommand', before: false, after: true }],
} as const

function temporary(kept: Omit<KeptSettings, 'tagKeys'>, changes: Partial<Service> = {}): Report['temporary'] {
  return temporaryStates(service({ ...changes, kept: keptIn(tagsOf(kept)) }), 'ap-northeast-2')
}

const FASTER = service().deploymentConfiguration
const HURRIED = { deploymentConfiguration: { ...FASTER, minimumHealthyPercent: 0, maximumPercent: 200 } }

describe('a report of a service whose settings are other for a while', () => {
  const report = { ...ALL_CLEAR, temporary: temporary(PERCENT, HURRIED) ?? [] }

  test.each(LANGUAGES)('begins with it and with what undoes it: %s', (language) => {
    const words = 'minimumHealthyPercent 50 → 0, maximumPercent 100 → 200'
    const screen = renderText(report, { language, colour: false, columns: 120 })
    const markdown = renderMarkdown(report, { language })
    const page = renderHtml(report, language)
    for (const text of [screen, markdown, page.slice(page.indexOf('<header'))]) {
      const plain = text.replaceAll(/\s+/g, ' ').replaceAll('\\_', '_')
      expect(plain).toContain(words)
      expect(plain.indexOf(words)).toBeLessThan(600)
      expect(plain).toContain('aws ecs untag-resource')
    }
    const [first] = annotationsOf(report, language)
    expect(first).toMatchObject({ level: 'warning', message: expect.stringContaining('aws ecs update-service') })
  })

  test('keeps its verdict, and has it as data', () => {
    const json = reportJson(report, 'en')
    expect(json.verdict).toBe('pass')
    expect(json.temporary).toEqual([
      {
        kind: 'percent',
        owner: LEASE.owner,
        until: '2026-11-21T05:00:00Z',
        inForce: true,
        settings: PERCENT.changes,
        tagKeys: tagsOf(PERCENT).map(({ key }) => key),
        illegible: null,
        cli: [expect.stringContaining('aws ecs update-service')],
      },
    ])
  })

  test('leads a watch as well, until it is undone', () => {
    const [rollout] = Object.values(ROLLOUTS)
    if (rollout === undefined) throw new Error('a rollout')
    const watched = renderMarkdown({ ...rollout, temporary: report.temporary }, { language: 'en' })
    expect(watched).toMatch(/^\*\*Temporary, and in force: emergency: percent/)
    expect(renderMarkdown(rollout, { language: 'en' })).not.toContain('Temporary, and in force')
  })

  test('says nothing of it where nothing stands in the tags', () => {
    expect(reportJson(SEOUL, 'en')).not.toHaveProperty('temporary')
    expect(temporaryStates(service({ kept: keptIn([]) }), 'ap-northeast-2')).toEqual([])
    expect(temporaryStates(service(), 'ap-northeast-2')).toEqual([])
  })
})

describe('what undoes it', () => {
  const key = (kept: Omit<KeptSettings, 'tagKeys'>) => tagsOf(kept)[0]?.key
  const untag = (kept: Omit<KeptSettings, 'tagKeys'>) =>
    `aws ecs untag-resource --resource-arn ${service().arn} \\\n  --tag-keys ${key(kept)} --region ap-northeast-2`

  test('percentages', () => {
    expect(temporary(PERCENT, HURRIED)).toMatchObject([
      {
        isInForce: true,
        undo: `aws ecs update-service --cluster demo --service web \\
  --deployment-configuration minimumHealthyPercent=50,maximumPercent=100 --region ap-northeast-2 &&
${untag(PERCENT)}`,
      },
    ])
  })

  test('subnets, with the security groups of now', () => {
    const own = { subnets: ['subnet-a'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' }
    const [state] =
      temporary(SUBNETS, {
        awsvpc: { subnetIds: ['subnet-a'], securityGroupIds: ['sg-1'], assignPublicIp: 'DISABLED' },
        raw: { networkConfiguration: { awsvpcConfiguration: own } },
      }) ?? []
    expect(state?.undo).toContain(
      'awsvpcConfiguration={subnets=[subnet-a,subnet-c],securityGroups=[sg-1],assignPublicIp=DISABLED}',
    )
  })

  test('ECS Exec', () => {
    const [state] = temporary(EXEC, { enableExecuteCommand: true }) ?? []
    expect(state?.undo).toContain('--disable-execute-command')
  })

  test('tags alone, where nothing is in force any more', () => {
    expect(temporary(EXEC)).toMatchObject([{ isInForce: false, undo: untag(EXEC) }])
  })

  test('tags alone, where they cannot be read', () => {
    const kept = keptIn(tagsOf(EXEC).map((tag) => ({ ...tag, value: 'mine' })))
    expect(temporaryStates(service({ kept }), 'ap-northeast-2')).toMatchObject([
      { isInForce: null, undo: untag(EXEC), state: { because: 'unknown-form' } },
    ])
  })
})
