import { describe, expect, it } from '@jest/globals';
import {
  checkObjects,
  findings,
  judged,
  nlbServiceProblems,
  terraformAlbProblems,
  toProblem,
} from '../../../load-balancers/checks';
import {
  albIngress,
  ingressClassParams,
  nlbService,
  nothing,
  renderIngress,
  renderNlbService,
  targetGroupBinding,
  terraformAlb,
  type AnyKind,
} from '../../../load-balancers/language';
import { type KubernetesObject } from '../../../load-balancers/model';
import { problemsOf, type Problem } from '../../../load-balancers/problem';
import {
  albIngressProblems,
  ingressClassParamsSettings,
  nlbServiceSettings,
  targetGroupBindingSettings,
  terraformAlbSettings,
} from '../../../load-balancers/schema';
import { edgesOf, mostOf } from './edges';

type Values = Readonly<Record<string, unknown>>;
type Field = AnyKind & { readonly annotation?: string; readonly as?: unknown };

/** A field, and the smallest settings that have a value there. */
interface Place {
  readonly path: string;
  readonly kind: AnyKind;
  readonly put: (value: unknown) => Values;
  /** Whether an annotation says it, and a kind of the table judges that. */
  readonly isSaid: boolean;
}

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const SUBNET = 'subnet-0123456789abcdef1';
const https = (port: unknown) => [{ port, protocol: 'HTTPS' }];
const edgeOr443 = (port: unknown) =>
  [1, 65535].includes(Number(port)) && port !== true ? Number(port) : 443;

/** What a field needs beside itself. */
const BESIDE: readonly (readonly [path: RegExp, beside: (value: unknown) => Values])[] = [
  [/^(defaultBackend|routes\.0)\.(?!action)[^.]+$/, () => ({ service: 'web', port: 80 })],
  [/^manageBackendSecurityGroupRules$/, () => ({ securityGroups: ['sg-0123456789abcdef0'] })],
  [/^(inboundC|sourceRanges$|ipv6Addresses$|prefixForIpv6)/, () => ({ ipAddressType: 'dualstack' })],
  [
    /^sourceNatIpv6Prefixes$/,
    () => ({
      ipAddressType: 'dualstack',
      prefixForIpv6SourceNat: true,
      ports: [{ port: 53, protocol: 'UDP' }],
    }),
  ],
  [/^sslRedirect$/, (port) => ({ listeners: https(edgeOr443(port)) })],
  [/^sslPolicy$/, () => ({ certificateArns: [CERTIFICATE] })],
  [/^tls$/, () => ({ ports: [{ port: 443, protocol: 'TLS' }] })],
  [
    /^regexPathMatch$/,
    () => ({ routes: [{ path: '/a', pathType: 'ImplementationSpecific', service: 'web', port: 80 }] }),
  ],
  [/(^|frontendNlb\.)eipAllocations$/, () => ({ scheme: 'internet-facing' })],
  [/ealthCheck\.(path|successCodes)$/, () => ({ protocol: 'HTTP' })],
  [/ealthCheck\.intervalSeconds$/, () => ({ timeoutSeconds: 2 })],
  [/ealthCheck\.timeoutSeconds$/, () => ({ intervalSeconds: 300 })],
  [/anomalyMitigation$/, () => ({ algorithm: 'weighted_random' })],
  [/targetControlPorts$/, () => ({ targetType: 'ip' })],
  [/targetControlPorts\.0\.port$/, () => ({ service: 'web', servicePort: 80 })],
  [/conditions\.0\.httpHeaderName$/, () => ({ values: ['www.example.com'] })],
];

/** Of a list, what it needs beside one entry. */
const ALSO: Readonly<Record<string, readonly unknown[]>> = { subnets: [SUBNET], 'subnets.ids': [SUBNET] };

/** What no annotation says: a part of its name, and what is no flag where only a flag is written. */
const UNSAID = /targetControlPorts\.0\.(service|servicePort)$/;
const FLAGS = /(stickiness|proxyProtocol)$/;

function besides(path: string, value: unknown): Values {
  const all = BESIDE.filter(([form]) => form.test(path)).map(([, beside]) => beside(value));
  return Object.assign({}, ...all) as Values;
}

const isList = ({ form, limit }: AnyKind) => form.type === 'list' && !limit.startsWith('keys');

/** Any legal value. */
function sampleOf(kind: AnyKind): unknown {
  const { form } = kind;
  if (form.type === 'object') {
    const fields = Object.entries(form.fields).filter(([, field]) => field.required);
    return Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field)]));
  }
  if (form.type === 'oneOf') return sampleOf(form.kinds.at(0) ?? kind);
  if (form.type === 'list' && isList(kind)) return [sampleOf(form.each)];
  return edgesOf(kind).legal.at(-1);
}

function* placesOf(kind: Field, put: Place['put'], path = '', inherited = false): Iterable<Place> {
  const { form, annotation, as } = kind;
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  const isSaid = annotation === undefined ? inherited : as !== 'elsewhere';
  if (form.type === 'object') {
    const sample = sampleOf(kind) as Values;
    for (const [name, field] of Object.entries(form.fields)) {
      const put_ = (value: unknown) => put({ ...sample, ...besides(at(name), value), [name]: value });
      yield* placesOf(field, put_, at(name), isSaid);
    }
  } else if (form.type === 'oneOf') {
    for (const each of form.kinds) yield* placesOf(each, put, path, isSaid);
  } else if (form.type === 'list' && isList(kind)) {
    yield { path, kind, put, isSaid };
    yield* placesOf(form.each, (value) => put([value, ...(ALSO[path] ?? [])]), at('0'), isSaid);
  } else yield { path, kind, put, isSaid };
}

/** One way in which settings come to be judged. */
interface Way {
  readonly name: string;
  readonly fields: AnyKind;
  readonly base: Values;
  readonly judge: (settings: Values) => readonly Problem[];
  /** What the objects that are made of settings say. @default - they are judged as they are */
  readonly rendered?: (settings: Values) => unknown;
  /** What takes more than the field to be legal. */
  readonly context?: RegExp;
}

const WEB = {
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { type: 'NodePort', ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
} as const satisfies KubernetesObject;
const INGRESS = { name: 'web', namespace: 'shop', ingressClassName: 'alb' };
const INGRESS_BASE = {
  defaultBackend: { service: 'web', port: 80 },
  listeners: https(443),
  certificateArns: [CERTIFICATE],
};
const SERVICE = { serviceName: 'web', namespace: 'shop', selector: {} };

const ingressOf = (settings: Values) => renderIngress({ ...INGRESS, ...settings });
const serviceOf = (settings: Values) => renderNlbService({ ...SERVICE, ...settings } as never);
const errors = <T extends { readonly warning?: boolean }>(all: readonly T[]) =>
  all.filter(({ warning }) => !warning);

/** By annotations alone, as a prop of the construct; problems are at the fields that the annotations came from. */
function byHand(settings: Values): Problem[] {
  const { ingress, origins } = ingressOf(settings);
  const { defaultBackend, routes } = settings;
  const { annotations } = ingress.metadata;
  const all = [judged({ ...INGRESS, defaultBackend, routes, annotations } as never, { services: [WEB] })];
  return errors(findings(all)).map((finding) => {
    const { Annotation = '' } = finding.source;
    return { ...toProblem(finding, all), path: origins[Annotation] ?? 'elsewhere' };
  });
}

function manifest(settings: Values): Problem[] {
  const { ingress, origins } = ingressOf(settings);
  const ofClass = {
    kind: 'IngressClass',
    metadata: { name: 'alb' },
    spec: { controller: 'ingress.k8s.aws/alb' },
  };
  const found = errors(checkObjects([ingress, WEB, ofClass as KubernetesObject]));
  return found.map((each) => ({ ...each, path: origins[each.path] ?? 'elsewhere' }));
}

function serviceManifest(settings: Values): Problem[] {
  const { service, origins } = serviceOf(settings);
  return errors(checkObjects([service])).map((each) => ({
    ...each,
    path: origins[each.path] ?? 'elsewhere',
  }));
}

/** Parameters of the class of an Ingress that says nothing of its own. */
function classManifest(spec: Values): Problem[] {
  const parameters = { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' };
  const { ingress } = ingressOf({ ...INGRESS_BASE, listeners: https(edgeOr443(spec.sslRedirectPort)) });
  const objects = [
    ingress,
    WEB,
    {
      kind: 'IngressClass',
      metadata: { name: 'alb' },
      spec: { controller: 'ingress.k8s.aws/alb', parameters },
    },
    { kind: 'IngressClassParams', metadata: { name: 'alb' }, spec },
  ];
  const found = errors(checkObjects(objects as readonly KubernetesObject[]));
  return found
    .filter(({ source }) => source.Kind === 'IngressClassParams')
    .map((each) => ({ ...each, path: each.path.replace(/^spec\./, '') }));
}

const WAYS: readonly Way[] = [
  {
    name: 'props of an Ingress',
    fields: albIngress,
    base: INGRESS_BASE,
    judge: (all) => albIngressProblems(all),
  },
  {
    name: 'annotations of the construct',
    fields: albIngress,
    base: INGRESS_BASE,
    judge: byHand,
    rendered: ingressOf,
  },
  { name: 'an Ingress', fields: albIngress, base: INGRESS_BASE, judge: manifest, rendered: ingressOf },
  {
    name: 'parameters of a class',
    fields: ingressClassParams,
    base: {},
    judge: (all) => problemsOf(ingressClassParamsSettings, all, 'params'),
  },
  {
    name: 'IngressClassParams',
    fields: ingressClassParams,
    base: {},
    judge: classManifest,
    context: /^namespaceSelector/,
  },
  {
    name: 'props of an NLB Service',
    fields: nlbService,
    base: { ports: [{ port: 80 }] },
    judge: (all) => problemsOf(nlbServiceSettings, all, 'settings'),
  },
  {
    name: 'props of an NLB Service, together',
    fields: nlbService,
    base: { ports: [{ port: 80 }] },
    judge: (all) => nlbServiceProblems({ ...SERVICE, ...all } as never),
    rendered: serviceOf,
  },
  {
    name: 'a Service',
    fields: nlbService,
    base: { ports: [{ port: 80 }] },
    judge: serviceManifest,
    rendered: serviceOf,
  },
  {
    name: 'a load balancer of Terraform',
    fields: terraformAlb,
    base: {},
    judge: (all) => [...problemsOf(terraformAlbSettings, all, 'settings'), ...terraformAlbProblems(all)],
  },
  {
    name: 'a binding',
    fields: targetGroupBinding,
    base: {},
    judge: (all) => problemsOf(targetGroupBindingSettings, all, 'settings'),
  },
];

/** An annotation loses spaces at either end. */
const isTrimmed = (value: unknown) => typeof value === 'string' && value !== value.trim();

/** What is wrong with a value at a place, or with what it is a part of. */
function problemsAt({ judge }: Way, { path, put }: Place, value: unknown): readonly Problem[] {
  return judge(put(value)).filter(
    (each) => `${each.path}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${each.path}.`),
  );
}

/** Keys and values as a custom resource has them. */
const asWritten = ({ form }: AnyKind, value: unknown): unknown =>
  form.type === 'list' && typeof value === 'object'
    ? Object.entries(value ?? {}).map(([key, each]) => ({ key, value: String(each) }))
    : value;

describe.each(WAYS)('by $name', (way) => {
  const { fields, base, rendered } = way;
  const all = [...placesOf(fields, (values) => ({ ...base, ...(values as Values) }))].filter(
    ({ path, isSaid }) => !rendered || (isSaid && !UNSAID.test(path)),
  );
  const lists = all.filter(({ kind }) => kind.limit.startsWith('list'));
  const singles = all.filter(({ kind }) => !isList(kind));
  const says = ({ put }: Place, value: unknown) =>
    !rendered || JSON.stringify(rendered(put(value))) !== JSON.stringify(rendered(put(undefined)));

  it('the largest legal values pass', () => {
    const refused = singles
      .filter(({ path }) => !way.context?.test(path))
      .flatMap((place) =>
        edgesOf(place.kind).legal.map((each) => [place, asWritten(place.kind, each)] as const),
      )
      .flatMap(([place, value]) => problemsAt(way, place, value));
    expect(refused).toEqual([]);
  });

  it('the smallest illegal values fail', () => {
    const passed = singles.flatMap((place) =>
      edgesOf(place.kind)
        .illegal.map((each) => asWritten(place.kind, each))
        .filter((each) => !rendered || (!isTrimmed(each) && says(place, each) && !FLAGS.test(place.path)))
        .filter((each) => problemsAt(way, place, each).length === 0)
        .map((value) => ({ path: place.path, value })),
    );
    expect(passed).toEqual([]);
  });

  it('lists are as long as they may be, with each entry once', () => {
    for (const { kind } of lists) {
      const most = mostOf(kind);
      const ofLength = (length: number) => kind.own(Array.from({ length }, (_, index) => index) as never);
      expect(ofLength(most ?? 1000)).toEqual([]);
      if (most !== undefined) expect(ofLength(most + 1)).toHaveLength(1);
      expect(kind.own(['a', 'a'] as never)).toHaveLength(1);
    }
  });
});

/** What fields of an object ask of one another: by the object, what is legal of an Ingress and what isn't. */
const TOGETHER: Readonly<Record<string, readonly (readonly [legal: Values, illegal: Values])[]>> = {
  '': [
    [{ routes: [{ service: 'web', port: 80 }], defaultBackend: undefined }, { defaultBackend: undefined }],
    [
      { listeners: [...https(443), ...https(8443)] },
      { listeners: [...https(443), { port: 443, protocol: 'HTTP' }] },
    ],
  ],
  frontendNlb: [
    [
      { frontendNlb: { scheme: 'internet-facing', eipAllocations: ['eipalloc-0123456789abcdef0'] } },
      { frontendNlb: { scheme: 'internal', eipAllocations: ['eipalloc-0123456789abcdef0'] } },
    ],
  ],
  'frontendNlb.healthCheck': [
    [
      { frontendNlb: { healthCheck: { intervalSeconds: 6, timeoutSeconds: 5 } } },
      { frontendNlb: { healthCheck: { intervalSeconds: 5, timeoutSeconds: 5 } } },
    ],
  ],
  'targetGroup.healthCheck': [
    [
      { targetGroup: { healthCheck: { intervalSeconds: 121, timeoutSeconds: 120 } } },
      { targetGroup: { healthCheck: { intervalSeconds: 120, timeoutSeconds: 120 } } },
    ],
  ],
  'targetGroup.attributes': [
    [
      { targetGroup: { attributes: { slowStartSeconds: 30, algorithm: 'round_robin' } } },
      { targetGroup: { attributes: { slowStartSeconds: 30, algorithm: 'weighted_random' } } },
    ],
    [
      { targetGroup: { attributes: { anomalyMitigation: true, algorithm: 'weighted_random' } } },
      { targetGroup: { attributes: { anomalyMitigation: true, algorithm: 'round_robin' } } },
    ],
  ],
};

const PLAIN_ROUTE = { service: 'web', port: 80 };
const weighted = (weight?: number) => ({
  type: 'forward',
  targetGroups: [
    { ...PLAIN_ROUTE, weight },
    { ...PLAIN_ROUTE, weight },
  ],
});
const rewrite = { type: 'url-rewrite', rewrites: [{ regex: '^/a', replace: '/b' }] };
const compared = (more: Values) => ({
  routes: [{ ...PLAIN_ROUTE, conditions: [{ field: 'http-header', httpHeaderName: 'X-A', ...more }] }],
});

/** What only props can say wrong: annotations and rules have no place for it, or the controller takes it. */
const OF_PROPS: typeof TOGETHER = {
  'listeners.0': [
    [
      { listeners: [{ port: 443, protocol: 'HTTPS', mutualAuthentication: { mode: 'passthrough' } }] },
      { listeners: [{ port: 443, protocol: 'HTTP', mutualAuthentication: { mode: 'passthrough' } }] },
    ],
  ],
  'routes.0': [
    [{ routes: [PLAIN_ROUTE] }, { routes: [{ ...PLAIN_ROUTE, action: weighted(1) }] }],
    [
      { routes: [{ ...PLAIN_ROUTE, transforms: [rewrite] }] },
      { routes: [{ ...PLAIN_ROUTE, transforms: [rewrite, rewrite] }] },
    ],
  ],
  'routes.0.action': [[{ routes: [{ action: weighted(1) }] }, { routes: [{ action: weighted() }] }]],
  'routes.0.conditions.0': [
    [compared({ values: ['a'] }), compared({ values: ['a'], regexValues: ['b'] })],
    [compared({ regexValues: ['b'] }), compared({})],
  ],
  defaultBackend: [[{ defaultBackend: PLAIN_ROUTE }, { defaultBackend: { service: 'web' } }]],
  'defaultBackend.action': [
    [{ defaultBackend: { action: weighted(1) } }, { defaultBackend: { action: weighted() } }],
  ],
};

/** Objects whose fields ask something of one another. */
function togetherIn(kind: AnyKind, path = ''): string[] {
  const { form } = kind;
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  if (form.type === 'oneOf') return form.kinds.flatMap((each) => togetherIn(each, path));
  if (form.type === 'list') return togetherIn(form.each, at('0'));
  if (form.type !== 'object') return [];
  const parts = Object.entries(form.fields).flatMap(([name, field]) => togetherIn(field, at(name)));
  return kind.own === nothing ? parts : [path, ...parts];
}

it('each object whose fields are judged together has its edges', () => {
  expect(new Set(togetherIn(albIngress))).toEqual(
    new Set([...Object.keys(TOGETHER), ...Object.keys(OF_PROPS)]),
  );
});

const ofIngress = WAYS.filter(({ fields }) => fields === albIngress);

describe.each(Object.entries({ ...OF_PROPS, ...TOGETHER }))('fields of %s together', (path, pairs) => {
  it.each(path in TOGETHER ? ofIngress : ofIngress.slice(0, 1))('are judged by $name', (way) => {
    for (const [legal, illegal] of pairs) {
      if (way.rendered && 'defaultBackend' in illegal) continue;
      expect(way.judge({ ...way.base, ...legal })).toEqual([]);
      expect(way.judge({ ...way.base, ...illegal })).not.toEqual([]);
    }
  });
});
