import { describe, expect, it } from '@jest/globals';
import { checkModel } from '../../../load-balancers/checks';
import { buildModel, KNOWN_AFTER_APPLY, type KubernetesObject } from '../../../load-balancers/model';
import { casesOf, themes, type RecordedCase } from './recorded-cases';

type Path = readonly (number | string)[];

/** A Service as ingress-nginx, Traefik and Istio have it: the API server allots its node ports. */
const GATEWAY: RecordedCase = {
  case: 'two ports of one Service',
  recorded: { LoadBalancers: [], Refusals: [] },
  objects: (['LoadBalancer', 'NodePort'] as const).map((type) => ({
    kind: 'Service',
    metadata: { namespace: 'shop', name: type.toLowerCase() },
    spec: {
      type,
      ports: [
        { name: 'http', port: 80, targetPort: 'http', nodePort: 30080, protocol: 'TCP' },
        { name: 'https', port: 443, targetPort: 'https', nodePort: 30443, protocol: 'TCP' },
      ],
    },
  })),
};

const VALID = [GATEWAY, ...themes.flatMap(casesOf).filter(({ recorded }) => recorded?.Refusals.length === 0)];

/** Of all values, whatever they hold; what kind an object is of is known always. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, each]) =>
    key === 'kind' && path.length === 1
      ? []
      : pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length > 1 ? [path, ...inside] : inside;
}

function replaced(value: unknown, [key, ...rest]: Path, by: (old: unknown) => unknown): unknown {
  if (key === undefined) return by(value);
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) => (index === key ? replaced(each, rest, by) : each));
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: replaced(fields[key], rest, by) };
}

/** As a whole, from the second letter on, or one value of its JSON or entry of its list. */
function unknownForms(value: unknown): unknown[] {
  if (typeof value !== 'string') return [KNOWN_AFTER_APPLY];
  const entries = /^[[{]/.test(value) ? [] : value.split(',');
  return [
    KNOWN_AFTER_APPLY,
    `${value.slice(0, 1)}${KNOWN_AFTER_APPLY}`,
    ...entries.map((entry, index) => {
      const [key = '', ...values] = entry.split('=');
      const unknown = values.length > 0 ? `${key}=${KNOWN_AFTER_APPLY}` : KNOWN_AFTER_APPLY;
      return entries.with(index, unknown).join(',');
    }),
    ...jsonForms(value),
  ];
}

function jsonForms(value: string): string[] {
  try {
    const json = JSON.parse(value) as unknown;
    if (typeof json !== 'object') return [];
    return pathsOf([json])
      .map((path) => path.slice(1))
      .map((path) => JSON.stringify(replaced(json, path, () => KNOWN_AFTER_APPLY)));
  } catch {
    return [];
  }
}

/** A valid set of objects, each time with another one of its values unknown. */
function* undetermined({ objects }: RecordedCase): Generator<readonly KubernetesObject[]> {
  for (const path of pathsOf(objects)) {
    let old: unknown;
    replaced(objects, path, (value) => (old = value));
    for (const form of unknownForms(old)) {
      yield replaced(objects, path, () => form) as KubernetesObject[];
    }
  }
}

function judgedBad({ settings }: RecordedCase, objects: readonly KubernetesObject[]): string[] {
  const model = buildModel(objects, settings);
  return [
    ...model.Refusals.map(({ Message }) => Message),
    ...checkModel(objects, model, { settings, elsewhere: { services: 'any' } })
      .filter(({ by }) => by !== undefined)
      .map(({ reason }) => reason),
  ];
}

describe('a value that isn’t known yet', () => {
  it('adds no refusal', () => {
    let count = 0;
    for (const valid of VALID) {
      const before = new Set(judgedBad(valid, valid.objects));
      for (const objects of undetermined(valid)) {
        // The cases have much in common: one place in four is still each kind of place several times.
        if (count++ % 4 !== 0) continue;
        const added = judgedBad(valid, objects).filter((reason) => !before.has(reason));
        expect({ added, objects: added.length > 0 && objects }).toEqual({ added: [], objects: false });
      }
    }
  });

  it('is what a listener’s protocol is while it may be both of TCP and UDP', () => {
    const ports = [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      { name: 'api', port: 80, protocol: 'TCP' },
    ];
    const model = buildModel([
      {
        kind: 'Service',
        metadata: {
          namespace: 'shop',
          name: 'dns',
          annotations: {
            'service.beta.kubernetes.io/aws-load-balancer-enable-tcp-udp-listener': KNOWN_AFTER_APPLY,
            'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
          },
        },
        spec: { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb', ports },
      },
    ]);
    expect(model.LoadBalancers[0]?.Listeners.map(({ Port, Protocol }) => [Port, Protocol])).toEqual([
      [53, KNOWN_AFTER_APPLY],
      [80, 'TCP'],
    ]);
  });

  it('is told, where nothing can be built without it', () => {
    const [service] = GATEWAY.objects;
    const objects = [{ ...service, spec: { type: 'LoadBalancer', ports: KNOWN_AFTER_APPLY } }];
    expect(buildModel(objects as unknown as KubernetesObject[])).toEqual({
      LoadBalancers: [],
      Refusals: [],
      NotJudged: ['Service shop/loadbalancer: spec.ports is known after apply only'],
    });
  });
});
