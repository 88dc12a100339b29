import { isUnknown, type KubernetesObject } from '../../load-balancers/model';
import { documentsOf, type ManifestFile, type Place } from './documents';
import { InputError } from '../kit/input-error';
import { type Input } from './input';
import { OWN_KINDS, readObject } from './kubernetes';
import { isOtherDialect, type OtherObject } from './other-kinds';
import { withoutPlaceholders } from './placeholders';
import { type PreviewFinding } from './preview';
import { isMap } from './values';

/**
 * Reads Kubernetes objects as `kubectl apply` takes them.
 *
 * @throws {InputError} with file and document for what the API server would not take
 */
export function readManifests(files: readonly ManifestFile[]): Input {
  const contents = files.map(documentsOf);
  const findings: PreviewFinding[] = [];
  const places = contents.flatMap((each) =>
    each.places.flatMap(itemsOf).map(({ where, value }) => {
      const substituted = withoutPlaceholders(value);
      findings.push(...substituted.findings);
      return { where, value: substituted.value };
    }),
  );
  const input = objectsOf(places);
  return {
    ...input,
    ...(findings.length > 0 && { findings }),
    notes: [...contents.flatMap(({ notes }) => notes), ...input.notes],
  };
}

/** Objects of the kinds that matter, at most one of each name. */
export function objectsOf(places: readonly Place[]): Input {
  const objects = new Map<string, { readonly object: KubernetesObject; readonly where: string }>();
  const ignored = new Map<string, number>();
  const others: OtherObject[] = [];
  const notes: string[] = [];
  for (const { where, value } of places) {
    const read = readObject(value, where);
    if ('ignored' in read) {
      const { kind, apiVersion } = read.ignored;
      if (isOtherDialect(read.ignored)) others.push({ ...(isMap(value) ? value : {}), kind, apiVersion });
      else {
        const what = OWN_KINDS.includes(kind) ? `${kind} of ${apiVersion}` : kind;
        ignored.set(what, (ignored.get(what) ?? 0) + 1);
      }
      continue;
    }
    const { object } = read;
    const { namespace, name } = object.metadata;
    const key = `${object.kind} ${[namespace, name].filter((part) => part !== undefined).join('/')}`;
    const other = objects.get(key);
    if (other && !isUnknown(key)) {
      throw new InputError(
        `${where}: ${key} is in ${other.where} already, and the later would replace it: leave one out`,
      );
    }
    objects.set(isUnknown(key) ? `${key} ${where}` : key, { object, where });
    notes.push(
      ...read.unknownFields.map(
        (field) => `${where} (${key}): the API server knows no ${field}; it is not read`,
      ),
    );
  }
  if (ignored.size > 0) {
    const kinds = [...ignored].map(([kind, count]) => `${count} ${kind}`).join(', ');
    notes.push(`no load balancer is made of these, so they are not read: ${kinds}`);
  }
  return {
    objects: [...objects.values()].map(({ object }) => object),
    ...(others.length > 0 && { others }),
    settings: {},
    notes,
  };
}

/** The objects of a List, such as `kubectl get --output yaml` writes. */
function itemsOf({ where, value }: Place): Place[] {
  const { kind, items } = Object(value) as { kind?: unknown; items?: unknown };
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [{ where, value }];
  return items.flatMap((item: unknown, index) =>
    itemsOf({ where: `${where}, item ${index + 1}`, value: withKindOfList(item, kind, value) }),
  );
}

/** Items of an IngressList may leave out what the list says. */
function withKindOfList(item: unknown, kind: string, list: unknown): unknown {
  if (kind === 'List' || typeof item !== 'object' || item === null) return item;
  const { apiVersion } = list as { apiVersion?: unknown };
  return { apiVersion, kind: kind.slice(0, -'List'.length), ...item };
}
