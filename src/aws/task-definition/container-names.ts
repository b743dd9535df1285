/** Are the containers that the input `image` names those of the task definition? */
import { UsageError } from '../../domain/usage-error.ts'

/** Throws `UsageError` for one that it lacks. */
export function mustHaveContainers(named: readonly string[], family: string, names: readonly string[]): void {
  const strange = named.find((name) => !names.includes(name))
  if (strange === undefined) return
  throw new UsageError({
    en: `The input "image" names the container ${strange}, which task definition ${family} does not have. Its containers: ${names.join(', ')}.`,
    ko: `"image" 입력의 컨테이너가 태스크 정의에 없습니다: ${strange} (태스크 정의: ${family}). 존재하는 컨테이너: ${names.join(', ')}`,
  })
}
