/** Who needs a secret or parameter, in words. */
import { partText } from '../../domain/named-resources.ts'
import type { Text } from '../../domain/text.ts'
import type { SecretUse } from '../../task-start/secrets/secret-users.ts'

export function usesText(uses: readonly Pick<SecretUse, 'part' | 'name'>[]): readonly Text[] {
  return uses.map(({ part, name }) => {
    const { en, ko } = partText(part)
    return name === null
      ? { en: `${en}: registry credentials`, ko: `${ko}: 레지스트리 자격 증명` }
      : { en: `${en}: ${name}`, ko: `${ko}: ${name}` }
  })
}
