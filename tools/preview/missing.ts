import {
  isUnknown,
  keyOf,
  known,
  INGRESS_ANNOTATIONS,
  type Ingress,
  type KubernetesObject,
  type LoadBalancer,
  type Rule,
} from '../../load-balancers/model';
import { nearest } from '../../load-balancers/problem';
import { type PreviewFinding } from './preview';
import { conditionWords } from './words';

/** What an input names and doesn't hold: it may be in the cluster, so that its absence refuses nothing. */
export interface Missing {
  readonly findings: readonly PreviewFinding[];
  readonly notes: readonly string[];
}

const ALWAYS_THERE = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

export function missingFrom(
  objects: readonly KubernetesObject[],
  loadBalancers: readonly LoadBalancer[],
): Missing {
  const has = inputOf(objects);
  const served = new Set(loadBalancers.flatMap(({ Members }) => Members));
  const ingresses = objects.filter((object) => object.kind === 'Ingress');
  const note = (kind: KubernetesObject['kind'], keys: readonly string[], then: (key: string) => string) =>
    [...new Set(keys)]
      .filter((key) => !has(kind, key))
      .map((key) => `${has.words(kind, key)}: if the cluster has none, ${then(key)}`);
  const ofServed = ingresses.filter((ingress) => served.has(`Ingress ${keyOf(ingress)}`));
  const rulesTo = new Map<string, string[]>();
  for (const loadBalancer of loadBalancers) addRules(rulesTo, loadBalancer);
  return {
    findings: ofServed.flatMap((ingress) =>
      servicesOf(ingress).flatMap(({ key, field }): PreviewFinding[] => {
        const rules = rulesTo.get(`${keyOf(ingress)} ${field}`) ?? [];
        if (has('Service', key) || rules.length === 0) return [];
        const likely = has.nearest('Service', key);
        return [
          {
            Severity: 'warning',
            Source: { Kind: 'Ingress', Name: keyOf(ingress), Field: field },
            Value: key.slice(key.indexOf('/') + 1),
            Reason: `Service ${key} is not in the input; if the cluster has none, ${rules.join(' and ')}`,
            Remedy: `${likely === undefined ? '' : `write ${likely.slice(likely.indexOf('/') + 1)}, or `}add the Service to the input`,
          },
        ];
      }),
    ),
    notes: [
      ...note('Service', objects.flatMap(boundBy), () => 'no target is joined to what binds it'),
      ...note(
        'Namespace',
        objects
          .flatMap(({ metadata: { namespace } }) => namespace ?? [])
          .filter((name) => !ALWAYS_THERE.includes(name)),
        () => 'kubectl apply fails',
      ),
      ...note(
        'Secret',
        ofServed.flatMap(secretsOf),
        (key) => `the controller builds nothing for what names Secret ${key}`,
      ),
    ],
  };
}

interface HasObject {
  (kind: KubernetesObject['kind'], key: string): boolean;
  readonly nearest: (kind: KubernetesObject['kind'], key: string) => string | undefined;
  /** Which one is not there, and which one is that is called alike. */
  readonly words: (kind: KubernetesObject['kind'], key: string) => string;
}

export function inputOf(objects: readonly KubernetesObject[]): HasObject {
  const keys = new Set(objects.map((object) => `${object.kind} ${keyOf(object)}`));
  const has = (kind: KubernetesObject['kind'], key: string) => isUnknown(key) || keys.has(`${kind} ${key}`);
  const alike = (kind: KubernetesObject['kind'], key: string) => {
    const scope = key.slice(0, key.indexOf('/') + 1);
    const others = objects.flatMap((object) =>
      object.kind === kind && keyOf(object).startsWith(scope) ? [keyOf(object).slice(scope.length)] : [],
    );
    const name = nearest(key.slice(scope.length), others);
    return name === undefined ? undefined : `${scope}${name}`;
  };
  return Object.assign(has, {
    nearest: alike,
    words: (kind: KubernetesObject['kind'], key: string) => {
      const likely = alike(kind, key);
      return `${kind} ${key} is not in the input${likely === undefined ? '' : `, ${likely} is`}`;
    },
  });
}

/** What the rules to a Service answer that isn't there, by Ingress and field. */
function addRules(rulesTo: Map<string, string[]>, { Listeners }: LoadBalancer): void {
  for (const { Protocol, Port, Rules, DefaultActions, Origin } of Listeners) {
    const add = (actions: Rule['Actions'], origin: Rule['Origin'], words: string) => {
      const [answer] = actions.slice(-1);
      if (answer?.Type !== 'fixed-response' || !('FixedResponseConfig' in answer)) return;
      if (answer.FixedResponseConfig.StatusCode !== '503') return;
      for (const { Kind, Name, Field = '' } of new Set(Object.values(origin).flat())) {
        const key = `${Name} ${Field}`;
        const sentence = `${words} answers 503`;
        const all = rulesTo.get(key) ?? [];
        if (Kind === 'Ingress' && !all.includes(sentence)) rulesTo.set(key, [...all, sentence]);
      }
    };
    for (const { Priority, Conditions, Actions, Origin: origin } of Rules) {
      const every = Conditions.every(({ PathPatternConfig }) => PathPatternConfig?.Values?.includes('/*'));
      const requests = every ? 'all requests that come to it' : Conditions.map(conditionWords).join(', ');
      add(Actions, origin, `rule ${Priority} of ${Protocol} ${Port} (${requests})`);
    }
    add(DefaultActions, Origin, `the default action of ${Protocol} ${Port}`);
  }
}

/** Services behind an Ingress; a port `use-annotation` makes the name that of an annotation. */
function servicesOf({ metadata, spec: { defaultBackend, rules = [] } }: Ingress) {
  const paths = rules.flatMap(({ http }, rule) =>
    (http?.paths ?? []).map(({ backend }, path) => ({
      backend,
      field: `spec.rules[${rule}].http.paths[${path}]`,
    })),
  );
  const all = [
    ...paths,
    ...(defaultBackend ? [{ backend: defaultBackend, field: 'spec.defaultBackend' }] : []),
  ];
  return all.flatMap(({ backend: { service }, field }) =>
    service && service.port?.name !== 'use-annotation'
      ? [{ field, key: keyOf({ metadata: { ...metadata, name: service.name } }) }]
      : [],
  );
}

/** The Service of a TargetGroupBinding. */
function boundBy(object: KubernetesObject): readonly string[] {
  if (object.kind !== 'TargetGroupBinding' || isUnknown(object.spec)) return [];
  const name = object.spec.serviceRef?.name;
  return name === undefined ? [] : [keyOf({ metadata: { ...object.metadata, name } })];
}

/** The Secret of an Ingress's OIDC client. */
function secretsOf(ingress: Ingress): readonly string[] {
  const text = known(() => INGRESS_ANNOTATIONS.string(ingress, 'auth-idp-oidc')) ?? '';
  const [, name] = /"secretName"\s*:\s*"([^"\\]+)"/i.exec(text) ?? [];
  return name === undefined ? [] : [keyOf({ metadata: { ...ingress.metadata, name } })];
}
