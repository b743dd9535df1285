/** The Cloud Map calls: the services and namespaces that tasks are registered in. Its types are this file's own: no client of the service is bundled. */
import { at, call, single } from './call.ts'

export const getService = call<{ readonly Service?: { readonly Id?: string; readonly Name?: string } }>({
  service: 'servicediscovery',
  operation: 'GetService',
  list: null,
  keyed: true,
  by: { id: single('Id', (answer, stem) => [stem, at(answer, 'Service', 'Id')]) },
})

export const getNamespace = call<{ readonly Namespace?: { readonly Id?: string; readonly Name?: string } }>({
  service: 'servicediscovery',
  operation: 'GetNamespace',
  list: null,
  keyed: true,
  by: { id: single('Id', (answer, stem) => [stem, at(answer, 'Namespace', 'Id')]) },
})
