import {
  annotationOf,
  FIELDS,
  LOAD_BALANCER,
  PREFIX,
  TARGET_GROUP,
  nlbServiceManifest,
  type NlbServiceManifestProps,
  type NlbListener,
  type NlbServiceSettings,
} from '../../language';
import { type Problem } from '../../problem';
import { type CheckContext } from '../context';
import { type ObjectFinding } from '../finding';
import { checkObjects } from '../check';

/** What is wrong with a Service of these settings, at the field in which it was written. */
export function nlbServiceProblems(props: NlbServiceManifestProps, context: CheckContext = {}): Problem[] {
  // The other Services of a weighted forward are not known here.
  const findings = checkObjects([nlbServiceManifest(props)], { ...context, elsewhere: { services: 'any' } });
  return [
    ...findings
      .filter((each) => !each.warning && !isFilledIn(props, each))
      .map((finding) => {
        const path = pathOf(props, finding);
        const own = valueAt(props, path);
        const isWritten = own !== undefined && typeof own !== 'object';
        return {
          path,
          value: isWritten ? own : finding.value,
          reason: inProps(finding.reason),
          remedy: inProps(finding.remedy),
        };
      }),
    ...plainPorts(props),
    ...saidTwice(props),
    ...deprecated(props),
  ];
}

/** A port of pods that nobody wrote is that of the listener, at which the same is told. */
function isFilledIn(props: NlbServiceManifestProps, { source }: ObjectFinding): boolean {
  const path = source.Field === undefined ? '' : fieldOfSpec(props, source.Field);
  return path.endsWith('.targetPort') && valueAt(props, path) === undefined && props.targetPort === undefined;
}

const ANNOTATION = /service\.beta\.kubernetes\.io\/[\w.-]*\w/g;

/** With the prop in the place of each annotation, as far as one says the same. */
function inProps(text: string): string {
  return text.replaceAll(ANNOTATION, (name) => FIELDS[name] ?? name);
}

/** The field in which the value was written. */
function pathOf(settings: NlbServiceSettings, { source, at, value }: ObjectFinding): string {
  const { Annotation: annotation, Field: field } = source;
  if (annotation === undefined) return fieldOfSpec(settings, field ?? '');
  if (settings.annotations?.[annotation] !== undefined) return `annotations.${annotation}`;
  const name = FIELDS[annotation];
  const entry = at === undefined || at === '' ? '' : `.${at}`;
  if (name === undefined) return ofPort(settings, annotation, entry);
  if (name.startsWith('ports[]')) {
    const index = settings.ports.findIndex(({ port }) => `${port}` === value);
    return index < 0 ? 'ports' : name.replace('[]', `.${index}`);
  }
  const typed = [...LOAD_BALANCER, ...TARGET_GROUP].find(
    ([key, , render]) => key === at && render(settings) !== undefined,
  );
  return typed && isAttributes(name) ? typed[1] : `${name}${entry}`;
}

function isAttributes(name: string): boolean {
  return name === 'loadBalancerAttributes' || name === 'targetGroupAttributes';
}

/** Of annotations whose names have a port at their end. */
function ofPort(settings: NlbServiceSettings, annotation: string, entry: string): string {
  const [, stem = '', port] = /^(.*?)\.(?:[A-Z_]+-)?(\d+)$/.exec(annotation.slice(PREFIX.length)) ?? [];
  const index = settings.ports.findIndex((each) => `${each.port}` === port);
  const fields: Readonly<Record<string, string | undefined>> = {
    'aws-load-balancer-listener-attributes': 'tcpIdleTimeoutSeconds',
    'aws-load-balancer-target-group-attributes': `targetGroupAttributes${entry}`,
    actions: `action${entry}`,
  };
  return `ports.${index}.${fields[stem] ?? stem}`;
}

/** A listener may be two ports of the Service. */
function fieldOfSpec(settings: NlbServiceSettings, field: string): string {
  const [, index, rest] = /^spec\.ports\[(\d+)\](?:\.(.*))?$/.exec(field) ?? [];
  if (index === undefined) return field.replace(/^spec\./, '');
  const owners = settings.ports.flatMap((listener, at) => (isPair(listener) ? [at, at] : [at]));
  return ['ports', owners[Number(index)] ?? index, ...(rest === undefined ? [] : [rest])].join('.');
}

function isPair({ protocol }: NlbListener): boolean {
  return protocol?.startsWith('TCP_') ?? false;
}

function valueAt(settings: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], settings);
}

/** The controller would take certificates of no port for ones of all ports. */
function plainPorts({ tls, ports, annotations = {} }: NlbServiceSettings): Problem[] {
  if (!tls || ports.some(({ protocol }) => protocol === 'TLS')) return [];
  if (annotations[`${PREFIX}aws-load-balancer-ssl-ports`] !== undefined) return [];
  if (!ports.some(({ protocol = 'TCP' }) => protocol === 'TCP')) return [];
  return [
    {
      path: 'tls',
      value: tls.certificateArns,
      reason: 'no port is of TLS',
      remedy: "write protocol: 'TLS' at a port, or remove it",
    },
  ];
}

/** A value that a field and the text beside it both give is one too many. */
function saidTwice(settings: NlbServiceSettings): Problem[] {
  const found: Problem[] = [];
  const add = (path: string, value: unknown, field: string) => {
    found.push({ path, value, reason: `${field} says it already`, remedy: 'write one of the two' });
  };
  for (const [name, value] of Object.entries(settings.annotations ?? {})) {
    const field = FIELDS[name];
    if (field !== undefined && !field.includes('[]') && valueAt(settings, field) !== undefined) {
      add(`annotations.${name}`, value, field);
    }
  }
  for (const [name, attributes] of [
    ['loadBalancerAttributes', LOAD_BALANCER],
    ['targetGroupAttributes', TARGET_GROUP],
  ] as const) {
    for (const [key, field, render] of attributes) {
      const value = settings[name]?.[key];
      if (value !== undefined && render(settings) !== undefined) add(`${name}.${key}`, value, field);
    }
  }
  return found;
}

/** What is written today in the place of annotations of former releases. */
const SUCCESSORS: Readonly<Record<string, string | undefined>> = {
  'aws-load-balancer-internal': 'scheme',
  'aws-load-balancer-access-log-enabled': 'accessLogs',
  'aws-load-balancer-access-log-s3-bucket-name': 'accessLogs.bucket',
  'aws-load-balancer-access-log-s3-bucket-prefix': 'accessLogs.prefix',
  'aws-load-balancer-cross-zone-load-balancing-enabled': 'crossZone',
};

function deprecated({ annotations = {} }: NlbServiceSettings): Problem[] {
  return Object.entries(annotations).flatMap(([name, value]) => {
    const successor = SUCCESSORS[name.slice(name.indexOf('/') + 1)];
    if (successor === undefined || annotationOf(name)?.deprecated === undefined) return [];
    return [
      {
        path: `annotations.${name}`,
        value,
        reason: 'it is of former releases of the controller',
        remedy: `write ${successor}`,
      },
    ];
  });
}
