/** Who needs a secret or parameter, in words. */
import type { Text } from '../../domain/text.ts'
import type { SecretUse } from '../../task-start/secrets/secret-users.ts'

export function usesText(uses: readonly Pick<SecretUse, 'container' | 'name'>[]): readonly Text[] {
  return uses.map(({ container, name }) =>
    name === null
      ? { en: `container ${container}: registry credentials`, ko: `컨테이너 ${container}: 레지스트리 자격 증명` }
      : { en: `container ${container}: ${name}`, ko: `컨테이너 ${container}: ${name}` },
  )
}
