import { annotationOf, SERVICE_PREFIX } from '../../language';
import { type Service } from '../../model';
import { atSuffix } from '../finding';
import { type Check, readNlb } from './read';

/** Each value by itself, by its kind. */
export const values: Check = (service) =>
  Object.keys(service.metadata.annotations ?? {}).flatMap((name) => {
    const suffix = name.slice(name.indexOf('/') + 1);
    const entry = annotationOf(name);
    const kind = entry && name.startsWith(SERVICE_PREFIX) ? entry.kind : undefined;
    const value = entry && valueOf(service, suffix, entry.type);
    if (kind === undefined || value === undefined) return [];
    return kind
      .judge(value as never)
      .filter(({ warning }) => !warning)
      .map(({ path: [at], value: wrong, reason, remedy }) =>
        atSuffix(service, suffix, reason, remedy, at === undefined ? undefined : { at, value: wrong }),
      );
  });

function valueOf(service: Service, suffix: string, type: string): unknown {
  if (type === 'integer') return readNlb.whole(service, suffix);
  if (type === 'boolean') return readNlb.flag(service, suffix);
  if (type === 'stringList') return readNlb.list(service, suffix);
  if (type === 'stringMap') {
    const map = readNlb.map(service, suffix);
    return map && Object.fromEntries(map);
  }
  return readNlb.text(service, suffix);
}
