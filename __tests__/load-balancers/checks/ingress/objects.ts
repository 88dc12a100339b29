import { expect } from '@jest/globals';
import {
  type Ingress,
  type IngressClass,
  type IngressClassParams,
  type IngressClassParamsSpec,
  type IngressPath,
  type IngressRule,
  type KubernetesObject,
  type Service,
} from '../../../../load-balancers/model';
import {
  checkObjects,
  propAt,
  type CheckContext,
  type ObjectFinding,
} from '../../../../load-balancers/checks';

/** Annotations without their prefix. */
type Annotations = Readonly<Record<string, string>>;

function annotated(annotations: Annotations): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [
      name.includes('/') ? name : `alb.ingress.kubernetes.io/${name}`,
      value,
    ]),
  );
}

export function path(service = 'web', more: Partial<IngressPath> = {}): IngressPath {
  const backend = { service: { name: service, port: { number: 80 } } };
  return { path: '/', pathType: 'Prefix', backend, ...more };
}

/** A path whose action an annotation has. */
export function action(name: string, more: Partial<IngressPath> = {}): IngressPath {
  return path(name, { backend: { service: { name, port: { name: 'use-annotation' } } }, ...more });
}

export function rule(...paths: readonly IngressPath[]): IngressRule {
  return { http: { paths } };
}

/** Of class alb, with one route to Service web. */
export function ingress(
  annotations: Annotations = {},
  { name = 'web', ...spec }: Partial<Ingress['spec']> & { readonly name?: string } = {},
): Ingress {
  return {
    kind: 'Ingress',
    metadata: { name, namespace: 'shop', annotations: annotated(annotations) },
    spec: { ingressClassName: 'alb', rules: [rule(path())], ...spec },
  };
}

/** Node ports and one port, 80, of name http. */
export function service(
  name = 'web',
  { annotations = {}, ...spec }: Service['spec'] & { readonly annotations?: Annotations } = {},
): Service {
  return {
    kind: 'Service',
    metadata: { name, namespace: 'shop', annotations: annotated(annotations) },
    spec: {
      type: 'NodePort',
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
      ...spec,
    },
  };
}

export const albClass: IngressClass = {
  kind: 'IngressClass',
  metadata: { name: 'alb' },
  spec: { controller: 'ingress.k8s.aws/alb' },
};

/** A class `alb` with these parameters. */
export function classOf(spec: IngressClassParamsSpec): [IngressClass, IngressClassParams] {
  const parameters = { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'platform' };
  return [
    { ...albClass, spec: { ...albClass.spec, parameters } },
    { kind: 'IngressClassParams', metadata: { name: 'platform' }, spec },
  ];
}

/** A finding with the parts of its source beside the rest, and the prop that says the same. */
export interface Told extends Omit<ObjectFinding, 'source' | 'path'> {
  readonly ingress: string;
  /** @default 'Ingress' */
  readonly kind?: string;
  readonly annotation?: string;
  readonly field?: string;
  readonly prop: string;
}

function told({ source, path, ...finding }: ObjectFinding): Told {
  const { Kind, Name, Annotation, Field } = source;
  expect(path).toBe(Annotation ?? Field ?? 'metadata');
  return {
    ...{ ingress: Name, prop: propAt(source), ...finding },
    ...(Kind !== 'Ingress' && { kind: Kind }),
    ...(Annotation !== undefined && { annotation: Annotation }),
    ...(Field !== undefined && { field: Field }),
  };
}

/** All findings; a class alb and a Service web are there where none is given. */
export function check(objects: readonly KubernetesObject[], context?: CheckContext): Told[] {
  const has = (kind: string) => objects.some((object) => object.kind === kind);
  return checkObjects(
    [...objects, ...(has('IngressClass') ? [] : [albClass]), ...(has('Service') ? [] : [service()])],
    context,
  ).map(told);
}

/** Where each error is, and its value: `ssl-redirect=8443`, `spec.rules[0].host=web`. */
export function errors(objects: readonly KubernetesObject[], context?: CheckContext): string[] {
  return places(check(objects, context).filter(({ warning }) => !warning));
}

export function warnings(objects: readonly KubernetesObject[], context?: CheckContext): string[] {
  return places(check(objects, context).filter(({ warning }) => warning));
}

function places(findings: readonly Told[]): string[] {
  return findings.map(({ kind, annotation, field, value }) => {
    const where = annotation?.replace('alb.ingress.kubernetes.io/', '') ?? field ?? '';
    return `${kind === undefined ? '' : `${kind} `}${where}=${String(value)}`;
  });
}

/** The only finding, whole. */
export function only(objects: readonly KubernetesObject[], context?: CheckContext): Told {
  const findings = check(objects, context);
  const [first] = findings;
  if (first === undefined || findings.length > 1) {
    throw new Error(`expected one finding, found ${JSON.stringify(findings, null, 1)}`);
  }
  return first;
}
