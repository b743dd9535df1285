/** ECS's rules for log drivers and for FireLens (ECS API, LogConfiguration, FirelensConfiguration). */
import { at, fieldsOf, isLoose, type Loose, texts } from '../facts/shape.ts'
import type { Fault } from './fault.ts'

/** What ECS asks of the driver awslogs; the prefix names streams on Fargate, where no agent does. */
const AWSLOGS = ['awslogs-group', 'awslogs-region']
const AWSLOGS_ON_FARGATE = [...AWSLOGS, 'awslogs-stream-prefix']

export function logFaults(container: Loose, containers: readonly Loose[], definition: Loose): readonly Fault[] {
  const driver = at(container, 'logConfiguration', 'logDriver')
  if (driver === 'awslogs') return optionFaults(container, definition)
  if (driver !== 'awsfirelens' || containers.some(isRouter)) return []
  const rule = {
    en: 'needs a container with a "firelensConfiguration"',
    ko: '"firelensConfiguration"이 있는 컨테이너가 필요합니다',
  }
  return [{ path: 'logConfiguration.logDriver', rule }]
}

function optionFaults(container: Loose, definition: Loose): readonly Fault[] {
  const options = at(container, 'logConfiguration', 'options')
  const given = [
    ...Object.keys(isLoose(options) ? options : {}),
    ...fieldsOf(at(container, 'logConfiguration', 'secretOptions'), 'name'),
  ]
  const isFargate = texts(definition['requiresCompatibilities']).includes('FARGATE')
  const missing = (isFargate ? AWSLOGS_ON_FARGATE : AWSLOGS).filter((name) => !given.includes(name))
  if (missing.length === 0) return []
  const rule = {
    en: `lack what the log driver awslogs needs: ${missing.join(', ')}`,
    ko: `awslogs 로그 드라이버에 필요한 옵션이 없습니다: ${missing.join(', ')}`,
  }
  return [{ path: 'logConfiguration.options', rule }]
}

/** A router that no container sends its logs to. */
export function routerFaults(containers: readonly Loose[]): readonly Fault[] {
  const router = containers.findIndex(isRouter)
  const isUsed = containers.some((one) => at(one, 'logConfiguration', 'logDriver') === 'awsfirelens')
  const rule = {
    en: 'needs a container with the log driver awsfirelens',
    ko: 'awsfirelens 로그 드라이버를 쓰는 컨테이너가 필요합니다',
  }
  return router < 0 || isUsed ? [] : [{ path: `containerDefinitions[${router}].firelensConfiguration`, rule }]
}

function isRouter(container: Loose): boolean {
  return isLoose(container['firelensConfiguration'])
}
