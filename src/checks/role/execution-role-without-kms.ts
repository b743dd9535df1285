/** May the execution role decrypt with the customer managed keys of its secrets? */
import { couldNotTell, type Unseen } from '../../domain/check.ts'
import type { SecretKey } from '../../domain/role.ts'
import { defineRoleCheck } from './role-denials.ts'

export default defineRoleCheck('kms', {
  id: 'execution-role-without-kms',
  permissions: ['secretsmanager:DescribeSecret', 'ssm:DescribeParameters'],

  title: {
    en: 'The execution role may not decrypt a secret',
    ko: '태스크 실행 역할에 보안 암호를 복호화할 권한이 없습니다',
  },
  why: {
    en: 'The secret is encrypted with a key of your own. Who reads it must be allowed kms:Decrypt on that key as well, by the role or by the key policy, or the task stops before the container starts.',
    ko: '보안 암호가 고객 관리형 키로 암호화되어 있습니다. 이를 읽는 역할에는 그 키의 kms:Decrypt 권한도 필요하며(역할의 정책 또는 키 정책으로 허용), 없으면 컨테이너가 시작되기 전에 태스크가 중지됩니다.',
  },

  unseen: ({ keys, execution }) => (execution === null ? [] : unseenKeys(keys)),
})

/** A key that is not known is no need: most secrets have AWS's own. That a secret is not there is told elsewhere. */
function unseenKeys(keys: readonly SecretKey[]): readonly Unseen[] {
  return keys.flatMap(({ id, keyId }) => {
    if (keyId.known || keyId.because === 'not-found') return []
    const what = { en: `the encryption key of ${id}`, ko: `암호화 키 ${id}` }
    return [couldNotTell(keyId, ['encryption-key-unread', id], what, false)]
  })
}
