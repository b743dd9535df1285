/** Edits of the facts of what a start needs beside network and roles: log groups, secrets, parameters, images. */
import { known } from '../../domain/answer.ts'
import type { ConfigurationFacts } from '../../domain/configuration.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { EcrAnswers, RepositoryImages } from '../../domain/image.ts'

type Lists = Pick<ConfigurationFacts, 'logGroups' | 'secrets' | 'parameters' | 'fileSystems'>

/** Null where the facts do not hold it: then no check asks for it. */
export function editRecord<Name extends keyof Lists>(
  facts: GatheredFacts,
  name: Name,
  isMeant: (record: Lists[Name][number]) => boolean,
  changes: Partial<Lists[Name][number]>,
): GatheredFacts | null {
  const { configuration } = facts
  if (!configuration.known) return null
  const records: readonly Lists[Name][number][] = configuration.value[name]
  if (!records.some(isMeant)) return null
  const edited = records.map((one) => (isMeant(one) ? { ...one, ...changes } : one))
  return { ...facts, configuration: known({ ...configuration.value, [name]: edited }) }
}

export interface RepositoryName {
  readonly registryId: string
  readonly repositoryName: string
  readonly region: string
}

/** Of the images of one repository, those that run included. */
export function editRepository(
  facts: GatheredFacts,
  repository: RepositoryName,
  edit: { readonly answers?: Partial<EcrAnswers>; readonly images?: Partial<RepositoryImages> },
): GatheredFacts | null {
  const { images } = facts
  if (!images.known) return null
  const isOf = ({ accountId, region, name }: RepositoryImages) =>
    accountId === repository.registryId && region === repository.region && name === repository.repositoryName
  const { running } = images.value
  return {
    ...facts,
    images: known({
      images: images.value.images.map((one) => {
        const { ecr } = one
        if (ecr === null || !isOf(ecr.repositoryImages)) return one
        return {
          ...one,
          ecr: { ...ecr, ...edit.answers, repositoryImages: { ...ecr.repositoryImages, ...edit.images } },
        }
      }),
      running: running.known
        ? known(
            running.value.map((one) =>
              isOf(one.repositoryImages)
                ? { ...one, repositoryImages: { ...one.repositoryImages, ...edit.images } }
                : one,
            ),
          )
        : running,
    }),
  }
}
