import { isIP } from 'node:net';
import {
  type Ingress,
  type IngressBackend,
  type IngressPath,
  type IngressRule,
  type ServiceBackendPort,
} from '../objects';
import { isUnknown } from '../unknown';
import { invalid, requiredProblem, unsupported } from './field-problem';
import { dnsSubdomain, portName, dns1035Label, wildcardDnsSubdomain } from './names';

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];

/**
 * Why the API server would not take an Ingress; nothing if it would.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/networking/validation/validation.go
 */
export function ingressProblems({ metadata, spec }: Ingress): readonly string[] {
  const { rules = [], defaultBackend, tls = [], ingressClassName } = spec;
  const annotated = metadata.annotations?.[CLASS_ANNOTATION];
  const contradicts =
    annotated !== undefined && ingressClassName !== undefined && annotated !== ingressClassName;
  return [
    ...(rules.length === 0 && defaultBackend === undefined
      ? [invalid('spec', spec.rules, 'either `defaultBackend` or `rules` must be specified')]
      : []),
    ...(defaultBackend === undefined ? [] : backendProblems(defaultBackend, 'spec.defaultBackend')),
    ...rules.flatMap((rule, index) => ruleProblems(rule, `spec.rules[${index}]`)),
    ...tls.flatMap(({ hosts = [], secretName = '' }, index) => [
      ...hosts.flatMap((host, at) => hostProblems(host, `spec.tls[${index}].hosts[${at}]`)),
      ...(secretName === '' ? [] : named(dnsSubdomain, secretName, `spec.tls[${index}].secretName`)),
    ]),
    ...(ingressClassName === undefined ? [] : named(dnsSubdomain, ingressClassName, 'spec.ingressClassName')),
    ...(contradicts && !isUnknown(ingressClassName) && !isUnknown(annotated)
      ? [
          invalid(
            `annotations.${CLASS_ANNOTATION}`,
            annotated,
            'must match `ingressClassName` when both are specified',
          ),
        ]
      : []),
  ];
}

function ruleProblems({ host = '', http }: IngressRule, field: string): readonly string[] {
  const paths = http?.paths ?? [];
  return [
    ...(isIP(host) === 0 ? [] : [invalid(`${field}.host`, host, 'must be a DNS name, not an IP address')]),
    ...(host === '' ? [] : hostProblems(host, `${field}.host`)),
    ...(http !== undefined && paths.length === 0 ? [requiredProblem(`${field}.http.paths`)] : []),
    ...paths.flatMap((path, index) => pathProblems(path, `${field}.http.paths[${index}]`)),
  ];
}

function hostProblems(host: string, field: string): readonly string[] {
  return named(host.includes('*') ? wildcardDnsSubdomain : dnsSubdomain, host, field);
}

function pathProblems({ path = '', pathType, backend }: IngressPath, field: string): readonly string[] {
  if (pathType === undefined) return [requiredProblem(`${field}.pathType`, 'pathType must be specified')];
  const known = !isUnknown(path);
  const wrong = (why: string) => invalid(`${field}.path`, path, why);
  const literal = pathType === 'Exact' || pathType === 'Prefix';
  const supported = PATH_TYPES.includes(pathType) || isUnknown(pathType);
  const relative = supported && !path.startsWith('/') && (literal || path !== '');
  return [
    ...(known && relative ? [wrong('must be an absolute path')] : []),
    ...(known && literal ? literalPathProblems(path).map(wrong) : []),
    ...(supported ? [] : [unsupported(`${field}.pathType`, pathType, PATH_TYPES)]),
    ...backendProblems(backend, `${field}.backend`),
  ];
}

function literalPathProblems(path: string): readonly string[] {
  return [
    ...['//', '/./', '/../', '%2f', '%2F']
      .filter((sequence) => path.includes(sequence))
      .map((sequence) => `must not contain '${sequence}'`),
    ...['/..', '/.'].filter((end) => path.endsWith(end)).map((end) => `cannot end with '${end}'`),
  ];
}

function backendProblems(backend: IngressBackend | undefined, field: string): readonly string[] {
  const { service, resource } = backend ?? {};
  if (service !== undefined && resource !== undefined) {
    return [invalid(field, '', 'cannot set both resource and service backends')];
  }
  if (resource !== undefined) {
    return [
      ...(resource.apiGroup === undefined
        ? []
        : named(dnsSubdomain, resource.apiGroup, `${field}.resource.apiGroup`)),
      ...(resource.kind ? [] : [requiredProblem(`${field}.resource.kind`)]),
      ...(resource.name ? [] : [requiredProblem(`${field}.resource.name`)]),
    ];
  }
  if (service === undefined) return [invalid(field, '', 'resource or service backend is required')];
  return [
    ...(service.name
      ? named(dns1035Label, service.name, `${field}.service.name`)
      : [requiredProblem(`${field}.service.name`)]),
    ...portProblems(service.port ?? {}, field),
  ];
}

function portProblems({ name = '', number = 0 }: ServiceBackendPort, field: string): readonly string[] {
  if (name !== '' && number !== 0) return [invalid(field, '', 'cannot set both port name & port number')];
  if (name !== '') return named(portName, name, `${field}.service.port.name`);
  if (number === 0) return [requiredProblem(field, 'port name or number is required')];
  return isUnknown(number) || (number >= 1 && number <= 65535)
    ? []
    : [invalid(`${field}.service.port.number`, number, 'must be between 1 and 65535, inclusive')];
}

function named(check: (value: string) => readonly string[], value: string, field: string): readonly string[] {
  return check(value).map((why) => invalid(field, value, why));
}
