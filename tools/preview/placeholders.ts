import { KNOWN_AFTER_APPLY, type Source } from '../../load-balancers/model';
import { pathOf } from './kubernetes';
import { type Path } from './values';
import { type PreviewFinding } from './preview';
import { isMap } from './values';

/** What other programs replace before kubectl gets a manifest. */
const FORMS: readonly { readonly form: RegExp; readonly how: string }[] = [
  { form: /\$\{[A-Za-z_]\w*(?:[:#%^,/=?+-][^{}]*)?\}/g, how: 'envsubst or the postBuild of Flux' },
  { form: /\$\([A-Z_][A-Z0-9_]*\)/g, how: 'kustomize or sed' },
  { form: /\{\{.*?\}\}|\{%.*?%\}/gs, how: 'helm template' },
  {
    form: /\b(?:REPLACE|CHANGE)[-_]?ME\b|\bYOUR[-_][A-Z0-9_-]*[A-Z0-9]|(?<=^|[\s,:/])<[A-Za-z][^<>]*>(?=$|[\s,:/])/g,
    how: 'an editor',
  },
];
/** Letters of an ARN are small ones, but for names that somebody gave. */
const IN_ARN =
  /(?<=(?:^|,\s*)arn:[^:,]*:[^:,]*:(?:[^:,]*:)?)(?:[A-Z][A-Z0-9_-]*|x{3,})(?=:)|(?<=[:/])(?:[A-Z]+_[A-Z0-9_]+|x{3,})(?=$|,)/g;

/** Annotations that are read on the way to a load balancer. */
const READ = /^(?:alb\.ingress|service\.beta|ingress|ingressclass)?\.?kubernetes\.io\//;
const KINDS: readonly string[] = [
  'Ingress',
  'Service',
  'IngressClass',
  'IngressClassParams',
  'TargetGroupBinding',
];

export interface Substituted {
  /** With what isn't known in the place of placeholders. */
  readonly value: unknown;
  readonly findings: readonly PreviewFinding[];
}

/** Takes placeholders that nobody has replaced yet for what they are: values that aren't known. */
export function withoutPlaceholders(object: unknown): Substituted {
  if (!isMap(object) || typeof object.kind !== 'string' || !KINDS.includes(object.kind)) {
    return { value: object, findings: [] };
  }
  const { kind } = object;
  const found: {
    readonly path: Path;
    readonly text: string;
    readonly what: readonly string[];
    readonly how: string;
  }[] = [];
  const read = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((each: unknown, index) => read(each, [...path, index]));
    if (isMap(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, read(each, [...path, key])]),
      );
    }
    if (typeof value !== 'string' || !/[${<A-Zx]/.test(value)) return value;
    const { what, how, rest } = placeholdersIn(value);
    if (what.length > 0) found.push({ path, text: value, what, how });
    return rest;
  };
  const { spec, metadata } = object;
  const value = {
    ...object,
    ...(isMap(metadata) && { metadata: readMetadata(metadata, read) }),
    ...(spec !== undefined && { spec: read(spec, ['spec']) }),
  };
  const { name = '', namespace = 'default' } = (isMap(value.metadata) ? value.metadata : {}) as Record<
    string,
    unknown
  >;
  const key = kind.startsWith('IngressClass') ? String(name) : `${String(namespace)}/${String(name)}`;
  return {
    value: found.length === 0 ? object : value,
    findings: found.map(({ path, text, what, how }) => ({
      Severity: 'error',
      Source: { Kind: kind as Source['Kind'], Name: key, ...placeOf(path) },
      Value: text,
      Reason: `nobody has replaced ${what.join(', ')} yet, so that the value isn't known`,
      Remedy: `substitute it first, such as with ${how}`,
    })),
  };
}

function readMetadata(
  metadata: Readonly<Record<string, unknown>>,
  read: (value: unknown, path: Path) => unknown,
): unknown {
  const { name, namespace, annotations } = metadata;
  const isRead = ([key]: [string, unknown]) => READ.test(key);
  return {
    ...metadata,
    ...(name !== undefined && { name: read(name, ['metadata', 'name']) }),
    ...(namespace !== undefined && { namespace: read(namespace, ['metadata', 'namespace']) }),
    ...(isMap(annotations) && {
      annotations: {
        ...annotations,
        ...(read(Object.fromEntries(Object.entries(annotations).filter(isRead)), [
          'metadata',
          'annotations',
        ]) as object),
      },
    }),
  };
}

function placeOf(path: Path): Pick<Source, 'Annotation' | 'Field'> {
  return path[1] === 'annotations' ? { Annotation: String(path[2]) } : { Field: pathOf(path) };
}

function placeholdersIn(text: string): {
  readonly what: readonly string[];
  readonly how: string;
  readonly rest: string;
} {
  const what: string[] = [];
  let how = '';
  const forms = text.startsWith('arn:') ? [...FORMS, { form: IN_ARN, how: 'an editor' }] : FORMS;
  const rest = forms.reduce(
    (left, each) =>
      left.replaceAll(each.form, (placeholder) => {
        what.push(placeholder);
        how ||= each.how;
        return KNOWN_AFTER_APPLY;
      }),
    text,
  );
  return { what, how, rest };
}
