import {
  annotationOf,
  propOf,
  renderNlbService,
  SERVICE_PREFIX,
  type NlbServiceManifestProps,
  type NlbServiceSettings,
  type RenderedService,
} from '../../language';
import { type Problem } from '../../problem';
import { type CheckContext } from '../context';
import { type ObjectFinding } from '../finding';
import { checkObjects } from '../check';
import { settingAt } from '../in-settings';

/** What is wrong with a Service of these settings, at the field in which it was written. */
export function nlbServiceProblems(props: NlbServiceManifestProps, context: CheckContext = {}): Problem[] {
  // The other Services of a weighted forward are not known here.
  const rendered = renderNlbService(props);
  const findings = checkObjects([rendered.service], { ...context, elsewhere: { services: 'any' } });
  return [
    ...findings
      .filter((each) => !each.warning && !isFilledIn(props, rendered, each))
      .map((finding) => {
        const path = pathOf(rendered, finding);
        const own = settingAt(props, path);
        // A key that is wrong, or an entry of what is written by hand, is told by itself.
        const isPart = finding.at === finding.value || path.startsWith('annotations.');
        const isWritten = !isPart && own !== undefined && typeof own !== 'object';
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
function isFilledIn(
  props: NlbServiceManifestProps,
  rendered: RenderedService,
  finding: ObjectFinding,
): boolean {
  const path = finding.source.Field === undefined ? '' : pathOf(rendered, finding);
  return (
    path.endsWith('.targetPort') && settingAt(props, path) === undefined && props.targetPort === undefined
  );
}

const ANNOTATION = /service\.beta\.kubernetes\.io\/[\w.-]*\w/g;

/** With the prop in the place of each annotation, as far as one says the same. */
function inProps(text: string): string {
  return text.replaceAll(ANNOTATION, (name) => propOf(name) ?? name);
}

/** The field in which the value was written. */
function pathOf({ origins }: RenderedService, { source, at, value }: ObjectFinding): string {
  const { Annotation: annotation, Field: field = '' } = source;
  if (annotation === undefined) {
    const [, port = '', rest = ''] = /^(spec\.ports\[\d+\])(.*)$/.exec(field) ?? [];
    return port in origins ? `${origins[port]}${rest}` : field.replace(/^spec\./, '');
  }
  const known = origins[`${annotation} ${at}`] ?? origins[`${annotation} ${String(value)}`];
  const whole = origins[annotation] ?? propOf(annotation) ?? annotation;
  // What is written by hand is one text.
  return (
    known ?? (at === undefined || at === '' || whole.startsWith('annotations.') ? whole : `${whole}.${at}`)
  );
}

/** The controller would take certificates of no port for ones of all ports. */
function plainPorts({ tls, ports, annotations = {} }: NlbServiceSettings): Problem[] {
  if (!tls || ports.some(({ protocol }) => protocol === 'TLS')) return [];
  if (annotations[`${SERVICE_PREFIX}aws-load-balancer-ssl-ports`] !== undefined) return [];
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
function saidTwice(settings: NlbServiceManifestProps): Problem[] {
  const { origins } = renderNlbService({ ...settings, annotations: {} });
  const found = (path: string, value: unknown, field: string): Problem => ({
    path,
    value,
    reason: `${field} says it already`,
    remedy: 'write one of the two',
  });
  return [
    ...Object.entries(settings.annotations ?? {}).flatMap(([name, value]) => {
      const field = origins[name];
      const isSaid =
        field !== undefined && !field.startsWith('ports.') && settingAt(settings, field) !== undefined;
      return isSaid ? [found(`annotations.${name}`, value, field)] : [];
    }),
    ...(['loadBalancerAttributes', 'targetGroupAttributes'] as const).flatMap((map) =>
      Object.entries(settings[map] ?? {}).flatMap(([key, value]) => {
        const field = origins[`${OF_MAP[map]} ${key}`];
        return field === undefined || field === `${map}.${key}` ? [] : [found(`${map}.${key}`, value, field)];
      }),
    ),
  ];
}

const OF_MAP = {
  loadBalancerAttributes: `${SERVICE_PREFIX}aws-load-balancer-attributes`,
  targetGroupAttributes: `${SERVICE_PREFIX}aws-load-balancer-target-group-attributes`,
};

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
