/** The table of prices against files in the format that AWS publishes its price list in. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { HOURLY_USD, PUBLIC_ADDRESS_USD } from '../../src/repairs/prices.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-prices-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** AWS Billing User Guide, "Reading the service price list files". */
function priceList(offerCode: string, prices: Readonly<Record<string, number>>): object {
  const rows = Object.entries(prices).map(([usagetype, usd], at) => ({ sku: `SKU${at}`, usagetype, usd }))
  const dimension = ({ sku, usd }: (typeof rows)[number]) => ({
    [`${sku}.JRTCKXETXF.6YS6EN2CT7`]: {
      unit: 'Hrs',
      beginRange: '0',
      endRange: 'Inf',
      pricePerUnit: { USD: usd.toFixed(10) },
    },
  })
  const term = (row: (typeof rows)[number]) => ({
    [`${row.sku}.JRTCKXETXF`]: { offerTermCode: 'JRTCKXETXF', sku: row.sku, priceDimensions: dimension(row) },
  })
  return {
    formatVersion: 'v1.0',
    offerCode,
    products: Object.fromEntries(rows.map(({ sku, usagetype }) => [sku, { sku, attributes: { usagetype } }])),
    terms: { OnDemand: Object.fromEntries(rows.map((row) => [row.sku, term(row)])) },
  }
}

/** Every Region as the table has it, but for one price. */
function publish(seoulEndpoint: number | undefined): void {
  for (const [region, { interfaceEndpoint, natGateway }] of Object.entries(HOURLY_USD)) {
    const short = region === 'us-east-1' ? '' : region === 'us-west-2' ? 'USW2-' : 'APN2-'
    const endpoint = region === 'ap-northeast-2' ? seoulEndpoint : interfaceEndpoint
    const vpc = priceList('AmazonVPC', {
      [`${short}VpcEndpoint-GWLBE-Hours`]: 0.5,
      ...(endpoint === undefined ? {} : { [`${short}VpcEndpoint-Hours`]: endpoint }),
      [`${short}PublicIPv4:InUseAddress`]: PUBLIC_ADDRESS_USD,
    })
    writeFileSync(join(folder, `AmazonVPC-${region}.json`), JSON.stringify(vpc))
    const ec2 = priceList('AmazonEC2', { [`${short}NatGateway-Hours`]: natGateway })
    writeFileSync(join(folder, `AmazonEC2-${region}.json`), JSON.stringify(ec2))
  }
}

function check() {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/prices.ts', '--from', folder], { encoding: 'utf8' })
  return { status, stderr }
}

test('the same prices are no difference', () => {
  publish(HOURLY_USD['ap-northeast-2']?.interfaceEndpoint)
  expect(check()).toEqual({ status: 0, stderr: '' })
})

test('a price that differs is named with both, one that AWS does not list by itself', () => {
  publish(0.014)
  expect(check()).toEqual({
    status: 1,
    stderr: "ap-northeast-2 interfaceEndpoint: 0.013 here, 0.014 in AWS's list\n",
  })
  publish(undefined)
  expect(check()).toEqual({ status: 1, stderr: "ap-northeast-2 interfaceEndpoint: not in AWS's list\n" })
})
