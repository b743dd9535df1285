/** Log lines lose their secrets, and nothing else. The samples are made up, or the issuers' own examples. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { maskSecretLines, maskSecrets } from '../../src/domain/credential-masking.ts'
import { readMessage } from '../../src/ecs-errors/read-message.ts'
import { found, neighbours, publishedMessages } from '../ecs-errors/corpus.ts'
import { growth } from '../growth.ts'

/** In pieces, so that no scanner of repositories takes a sample for a leak. */
const joined = (...parts: readonly string[]) => parts.join('')
const LETTERS = 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF3hJ5'
const JWT = joined(
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
  '.eyJzdWIiOiIxMjM0NTY3ODkwIn0',
  '.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
)
const SECRET_KEY = joined('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY')

describe('what is a secret by its form', () => {
  test.each([
    ['an access key of AWS', joined('AKIA', 'IOSFODNN7EXAMPLE')],
    ['a temporary one', joined('ASIA', 'IOSFODNN7EXAMPLE')],
    ['a secret access key', SECRET_KEY],
    ['a session token', joined('IQoJb3JpZ2luX2VjE', LETTERS.repeat(4), '==')],
    ['a token of GitHub', joined('ghp_', LETTERS)],
    ['a token of a job', joined('ghs_', LETTERS)],
    ['a fine-grained token of GitHub', joined('github_pat_11ABCDEFG0', LETTERS)],
    ['a token of GitLab', joined('glpat-', LETTERS.slice(0, 20))],
    ['a token of Slack', joined('xoxb-', '123456789012-1234567890123-', LETTERS.slice(0, 24))],
    ['a token of npm', joined('npm_', LETTERS)],
    ['a token of Docker Hub', joined('dckr_pat_', LETTERS.slice(0, 27))],
    ['a key of Google', joined('AIza', LETTERS.slice(0, 35))],
    ['a key of Stripe', joined('sk_live_', LETTERS.slice(0, 24))],
    ['a key of SendGrid', joined('SG.', LETTERS.slice(0, 22), '.', LETTERS)],
    ['a key of OpenAI', joined('sk-proj-', LETTERS)],
    ['a token of an app of GitHub', joined('gho_', LETTERS)],
    ['a token of Vault', joined('hvs.', 'CAESI', LETTERS)],
    ['a token of DigitalOcean', joined('dop_v1_', '0a1b2c3d'.repeat(8))],
    ['a token of Shopify', joined('shpat_', '0a1b2c3d'.repeat(4))],
    ['a key of Tailscale', joined('tskey-auth-', LETTERS)],
    ['a token of Atlassian', joined('ATATT3x', LETTERS, LETTERS)],
    ['a token of Databricks', joined('dapi', '0a1b2c3d'.repeat(4))],
    ['what ECR hands out for docker login', joined('eyJwYXlsb2FkIjoi', LETTERS.repeat(8), '==')],
    ['a JSON Web Token', JWT],
  ])('%s', (_, secret) => {
    expect(maskSecrets(`connecting with ${secret} now`)).toBe('connecting with *** now')
    expect(maskSecrets(`{"x":"${secret}"}`)).toBe('{"x":"***"}')
    expect(maskSecrets(secret)).toBe('***')
  })
})

describe('what is a secret by what stands around it', () => {
  test.each([
    ['postgres://shop:hunter2@db.internal:5432/shop', 'postgres://shop:***@db.internal:5432/shop'],
    ['redis://:p@ss/word@cache:6379', 'redis://:***@cache:6379'],
    ['mongodb+srv://u:p%40ss@c0.mongodb.net/?retryWrites=true', 'mongodb+srv://u:***@c0.mongodb.net/?retryWrites=true'],
    ['amqp://a:b@one,amqp://c:d@two', 'amqp://a:***@one,amqp://c:***@two'],
    ['git clone https://abcdef0123456789abcd@github.com/x', 'git clone https://***@github.com/x'],
    ['GET /?X-Amz-Signature=0a1b2c&x=1', 'GET /?X-Amz-Signature=***&x=1'],
    ['GET /cb?code=abc&access_token=def#top', 'GET /cb?code=***&access_token=***#top'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer ***'],
    ['authorization=Basic dXNlcjpwYXNz', 'authorization=Basic ***'],
    ["{ 'Authorization': 'token abc' }", "{ 'Authorization': 'token ***' }"],
    ['Set-Cookie: sid=abc; HttpOnly', 'Set-Cookie: ***'],
    ['x-api-key: abc', 'x-api-key: ***'],
    ['sent Bearer abcdefghijklmnop', 'sent Bearer ***'],
    ['DB_PASSWORD=hunter2 NODE_ENV=production', 'DB_PASSWORD=*** NODE_ENV=production'],
    ['password: hunter2, user: shop', 'password: ***, user: shop'],
    ['{"password":"a \\"b","user":"shop"}', '{"password":"***","user":"shop"}'],
    ["clientSecret: 'a b', id: 1", "clientSecret: '***', id: 1"],
    ['{\\"apiKey\\":\\"abc\\",\\"x\\":1}', '{\\"apiKey\\":\\"***\\",\\"x\\":1}'],
    ['mysqldump --password hunter2 shop', 'mysqldump --password *** shop'],
    [`aws_secret_access_key = ${SECRET_KEY}`, 'aws_secret_access_key = ***'],
    ['https://hooks.slack.com/services/T0/B0/abc', 'https://hooks.slack.com/services/***'],
    ['passphrase => open sesame', 'passphrase => *** sesame'],
    ['DB_PASS=hunter2 BYPASS=true', 'DB_PASS=*** BYPASS=true'],
    ['{"password": 12345678, "port": 5432}', '{"password": ***, "port": 5432}'],
    ['SECRET_KEY_BASE=hunter2', 'SECRET_KEY_BASE=***'],
    ['//registry.npmjs.org/:_auth=aHVudGVyMg==', '//registry.npmjs.org/:_auth=***'],
    ['//registry.npmjs.org/:_authToken=hunter2', '//registry.npmjs.org/:_authToken=***'],
    ['bearer: abcdefghijklmnop', 'bearer: ***'],
    ['auth: Basic dXNlcjpwYXNzd29yZDEyMw==', 'auth: Basic ***'],
    ['<db:password>hunter2</db:password>', '<db:password>***</db:password>'],
    ['connecting as app with password "hunter 2"', 'connecting as app with password "***"'],
    ["CREATE USER app IDENTIFIED BY 'hunter2'", "CREATE USER app IDENTIFIED BY '***'"],
    ['{"name":"DB_PASSWORD","value":"hunter2"}', '{"name":"DB_PASSWORD","value":"***"}'],
    ["{ Name: 'API_TOKEN', Value: 'hunter2' }", "{ Name: 'API_TOKEN', Value: '***' }"],
    ['curl -sS -u app:hunter2 https://x/y', 'curl -sS -u app:*** https://x/y'],
    ['sshpass -p hunter2 ssh app@host', 'sshpass -p *** ssh app@host'],
    ['mysql -h db -uapp -phunter2 shop', 'mysql -h db -uapp -p*** shop'],
    ['jdbc:oracle:thin:app/hunter2@//db:1521/x', 'jdbc:oracle:thin:app/***@//db:1521/x'],
    ['jdbc:postgresql://db/x?user=u&password=hunter2&ssl=true', 'jdbc:postgresql://db/x?user=u&password=***&ssl=true'],
    ['Server=db;User Id=sa;Password=hunter2;Encrypt=true', 'Server=db;User Id=sa;Password=***;Encrypt=true'],
    ['AccountName=a;AccountKey=abcd1234==;EndpointSuffix=x', 'AccountName=a;AccountKey=***;EndpointSuffix=x'],
    ['Endpoint=sb://x/;SharedAccessKey=abcd1234=', 'Endpoint=sb://x/;SharedAccessKey=***'],
    ['redirect=x%3Fpassword%3Dhunter2', 'redirect=x%3Fpassword%3D***'],
    ['비밀번호: hunter2', '비밀번호: ***'],
    [`x=${SECRET_KEY} y`, 'x=*** y'],
    [`${joined('AKIA', 'IOSFODNN7EXAMPLE')}/${SECRET_KEY}`, '***/***'],
  ])('%j', (line, masked) => {
    expect(maskSecrets(line)).toBe(masked)
    expect(maskSecrets(masked)).toBe(masked)
  })
})

describe('what looks alike stays', () => {
  test.each([
    ['commit 8c1f0d2b7a6e5f4c3b2a19088f7e6d5c4b3a2910'],
    ['sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a'],
    ['arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:shop/db-a1b2c3'],
    ['secret: arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:shop/db-a1b2c3 is missing'],
    ['http://registry.internal:4873/@scope/pkg'],
    ['https://example.com/a@b?c=d'],
    ['ssh://git@github.com/acme/shop'],
    ['max_tokens=4096 tokenType=bearer secretArn=x'],
    ['SyntaxError: Unexpected token: }'],
    ['password=null token=false secret: none'],
    ['password authentication failed for user "shop"'],
    ['the token is not valid'],
    ['container web exited with code 137 (OutOfMemoryError)'],
    ['dial tcp 52.219.148.62:443: i/o timeout'],
    ['AROAIOSFODNN7EXAMPLE:session'],
    ['태스크를 시작할 수 없습니다.'],
    ['DB_PASSWORD='],
    ['basic auth is off'],
    ["Access denied for user 'app'@'10.0.0.1' (using password: YES)"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell has it
    ['password=$DB_PASSWORD token=${API_TOKEN}'],
    ['password: <redacted> token: [FILTERED]'],
    ["credentials: include, cache: 'no-store'"],
    ['GET /items?code=200&page=1'],
    ['missing Authorization: header'],
    ['The security token included in the request is invalid.'],
    ["KeyError: 'password'"],
    ['Failed to get authorization token: operation error ECR: GetAuthorizationToken, exceeded maximum'],
    ['failed to fetch anonymous token: unexpected status from GET request'],
    ['get credentials: failed to refresh cached credentials'],
    ['engine ecr credentials: not found'],
    ['ExpiredToken: The security token included in the request is expired'],
    ['may require authorization: server message: insufficient_scope: authorization failed'],
    ['cache key=users:42, partition key=tenant#1'],
    ['PASS: 12 tests'],
    ['1f0e9d8c7b6a49588776655443322110'],
    ['task 550e8400-e29b-41d4-a716-446655440000 stopped'],
    ['arn:aws:ecs:ap-northeast-2:123456789012:task/demo/1f0e9d8c7b6a49588776655443322110'],
    ['arn:aws:iam::123456789012:role/ecsTaskExecutionRole'],
    [
      '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web@sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a',
    ],
    ['X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678'],
    ['integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=='],
    ['at Object.<anonymous> (/app/dist/main.js:12:34)'],
  ])('%j', (line) => {
    expect(maskSecrets(line)).toBe(line)
  })
})

/** What is kept of them is masked, and is what a replay reads. */
test('no message of ECS means something else once it is masked', () => {
  const texts = [...publishedMessages(), ...neighbours(), ...found()].map(({ text }) => text)
  expect(texts.filter((text) => maskSecrets(text) !== text).length).toBeGreaterThan(3)
  for (const text of texts) expect([text, readMessage(maskSecrets(text))]).toEqual([text, readMessage(text)])
})

describe('a private key', () => {
  const key = [
    '-----BEGIN RSA PRIVATE KEY-----',
    'MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn',
    'ygWyF8PbnGy0AHB7MhgHcTz6sE2I2yPB',
    '-----END RSA PRIVATE KEY-----',
  ]

  test('is hidden to its last line, and the lines around it stay', () => {
    expect(maskSecretLines(['reading', ...key, 'done'])).toEqual([
      'reading',
      '-----BEGIN PRIVATE KEY----- ***',
      '***',
      '***',
      '***',
      'done',
    ])
  })

  test('on one line as JSON writes it', () => {
    expect(maskSecrets(`{"key":"${key.join('\\n')}\\n"}`)).toBe('{"key":"-----BEGIN PRIVATE KEY----- ***\\n"}')
  })

  test('that was cut off is hidden as far as it looks like one', () => {
    const lines = maskSecretLines([...key.slice(0, 3), 'Error: bad key'])
    expect(lines).toEqual(['-----BEGIN PRIVATE KEY----- ***', '***', '***', 'Error: bad key'])
  })

  test('with headers, behind the prefix of a logger, and whose end alone was read', () => {
    const [begin = '', one = '', two = '', end = ''] = key
    const headers = ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,0A1B', '']
    const hidden = '-----BEGIN PRIVATE KEY----- ***'
    expect(maskSecretLines([begin, ...headers, one, 'Error: bad key'])).toEqual([
      hidden,
      ...['***', '***', '***', '***'],
      'Error: bad key',
    ])
    const prefixed = [begin, one, two].map((line) => `12:00:01 app | ${line}`)
    expect(maskSecretLines([...prefixed, 'done'])).toEqual([`12:00:01 app | ${hidden}`, '***', '***', 'done'])
    expect(maskSecretLines(['reading', one, two, 'x9A=', end, 'done'])).toEqual([
      'reading',
      ...['***', '***', '***', '***'],
      'done',
    ])
    expect(maskSecretLines([`{"key":"${one}\\n${end}"}`])).toEqual(['{"key":"***"}'])
  })

  test('beside another on the same line', () => {
    const line = key.join('\\n')
    expect(maskSecrets(`a ${line} b ${line} c`)).toBe(
      'a -----BEGIN PRIVATE KEY----- *** b -----BEGIN PRIVATE KEY----- *** c',
    )
  })

  test('of OpenSSH and of PGP is one; a public key is none', () => {
    expect(maskSecrets('-----BEGIN OPENSSH PRIVATE KEY-----b3BlbnNzaC1rZXktdjEA')).not.toContain('b3Blb')
    expect(
      maskSecrets('-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQdGBGVq\n-----END PGP PRIVATE KEY BLOCK-----'),
    ).not.toContain('lQd')
    expect(maskSecrets('-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQ')).toContain('MIIB')
  })
})

const PIECES = [
  ...[
    'password',
    'token=',
    'secret: ',
    '"',
    "'",
    '\\"',
    '***',
    '://',
    ':',
    '@',
    '/',
    '?',
    '&',
    '=',
    ' ',
    '\n',
    '--',
    'Bearer ',
  ],
  ...[
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    'Authorization: ',
    JWT,
    'a',
    'AKIAIOSFODNN7EXAMPLE',
    LETTERS,
  ],
]
const logText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { maxLength: 30 })
  .map((all) => all.join(''))

describe('whatever a log holds', () => {
  test('as many lines come back', () => {
    fc.assert(
      fc.property(logText, (text) => {
        expect(maskSecrets(text).split('\n')).toHaveLength(text.split('\n').length)
      }),
      { numRuns: 1_000 },
    )
  })

  test('no key or token survives among other things', () => {
    fc.assert(
      fc.property(logText, logText, (before, after) => {
        expect(maskSecrets(`${before} ${JWT} ${after}`)).not.toContain(JWT)
      }),
    )
  })

  test.each([
    'a',
    ':',
    '://a:',
    '@',
    'password=',
    '"token":"',
    '-----BEGIN PRIVATE KEY-----',
    'eyJaaaaaa.',
    ' ',
    '/a',
    '--',
    'basic a1',
    'curl -u a',
    'mysql -p',
    'mysql a',
    '<password>',
    'password "',
    'token","value":"',
    'jdbc:oracle:thin:a',
    'aaaa -----END PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\n',
    'aaaaaaaaaaaaaaaaaaaa\n-----END PRIVATE KEY-----\n',
  ])('a long line of %j takes no more than its length', (piece) => {
    expect(growth((length) => maskSecrets(piece.repeat(length / piece.length)), 50_000)).toBeLessThan(12)
  })
})

test.each([
  ['DB_PASSWORD=hunter2-long', 'hunter2'],
  ['{"password": "hunter2 with blanks", "user": "app"}', 'hunter2'],
  ["client_secret: 'hunter2'", 'hunter2'],
  ['connecting to postgres://app:hunter2@db.internal:5432/app', 'hunter2'],
  ['Authorization: Bearer abcdefghijklmnop', 'abcdefghijklmnop'],
  ['using AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7EXAMPLE'],
  ['aws_session_token=FwoGZXIvYXdzEBYaDH', 'FwoGZXIv'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', 'c2lnbmF0dXJl'],
  ['pushing with ghp_0123456789abcdefghijABCDEFGHIJ012345', '0123456789abcdefghij'],
])('%s', (line, secret) => {
  expect(maskSecrets(line)).not.toContain(secret)
  expect(maskSecrets(line)).toContain('***')
})

test.each(['fatal: no such table users', 'GET /health 200 12ms', 'http://10.0.0.1:8080/path', ''])(
  '%s stays',
  (line) => {
    expect(maskSecrets(line)).toBe(line)
  },
)
