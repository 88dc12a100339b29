import {
  isUnknown,
  KNOWN_AFTER_APPLY,
  MODEL_RELEASE,
  type IngressClass,
  type KubernetesObject,
} from '../../load-balancers/model';
// Its index loads constructs, which takes longer than the whole preview.
import { deepMerge, type ChartValues } from '../../modules/load-balancer-controller/chart-values';
import { CONTROLLER_RELEASES } from '../../load-balancers/releases';
import { chartManifests, controllerSettingsOf } from './controller-values';
import { documentsOf } from './documents';
import { type Input } from './input';
import { objectsOf } from './manifests';
import { networkFacts } from './network-facts';
import { ResolvedStack, type ResolvedResource, type StackFile } from './terraform-stack';
import { isMap, type Values } from './values';

const CONTROLLER_CHART = 'aws-load-balancer-controller';

/**
 * Reads Kubernetes objects and the controller's settings from synthesized stacks.
 *
 * @throws {InputError} for what the API server would not take
 */
export function readStacks(files: readonly StackFile[]): Input {
  const stacks = ResolvedStack.all(files);
  const releases = stacks.flatMap((stack) => stack.resources('helm_release'));
  const controller = releases.find(isController);
  const chart = controller && chartValues(controller);
  const input = objectsOf([
    ...stacks.flatMap(manifestsOf),
    ...releases.filter((release) => !isController(release)).flatMap(releaseManifests),
    ...(controller && chart
      ? chartManifests(chart).map((value) => ({ where: controller.address, value }))
      : []),
  ]);
  const facts = networkFacts(stacks);
  if (controller && chart) {
    const { version } = controller.values;
    const release = CONTROLLER_RELEASES.find((each) => each.chart === version)?.release;
    const name = typeof version === 'string' ? `chart ${version}` : 'the newest chart';
    return {
      ...input,
      facts,
      settings: { ...controllerSettingsOf(chart), ...(release !== undefined && { release }) },
      ...(release === undefined && {
        assumptions: [
          `the controller of ${name} is not verified here: its load balancers are shown as release ${MODEL_RELEASE} makes them`,
        ],
      }),
    };
  }
  return { ...input, facts, objects: [...input.objects, ...classesElsewhere(input.objects)] };
}

/** Without a controller of ours the cluster brings its own, and the classes with it. */
function classesElsewhere(objects: readonly KubernetesObject[]): IngressClass[] {
  const there = objects.flatMap(({ kind, metadata }) => (kind === 'IngressClass' ? [metadata.name] : []));
  const named = objects.flatMap((object) =>
    object.kind === 'Ingress' ? (object.spec.ingressClassName ?? []) : [],
  );
  return [...new Set(named)]
    .filter((name) => !isUnknown(name) && !there.includes(name))
    .map((name) => ({ kind: 'IngressClass', metadata: { name }, spec: { controller: KNOWN_AFTER_APPLY } }));
}

interface Found {
  readonly where: string;
  readonly value: unknown;
}

function manifestsOf(stack: ResolvedStack): Found[] {
  const of = (kind: (values: Values) => unknown, ...types: string[]): Found[] =>
    stack.resources(...types).map(({ address, values }) => ({ where: address, value: kind(values) }));
  return [
    ...of(ingress, 'kubernetes_ingress_v1'),
    ...of(service, 'kubernetes_service_v1', 'kubernetes_service'),
    ...of(ingressClass, 'kubernetes_ingress_class_v1', 'kubernetes_ingress_class'),
    ...of(namespace, 'kubernetes_namespace_v1', 'kubernetes_namespace'),
    ...of(({ manifest }) => manifest, 'kubernetes_manifest'),
  ];
}

function isController({ values: { name, chart } }: ResolvedResource): boolean {
  return name === CONTROLLER_CHART || chart === CONTROLLER_CHART;
}

/** What a release of the local chart of custom resources holds. */
function releaseManifests(release: ResolvedResource): Found[] {
  const { manifests } = chartValues(release);
  return Array.isArray(manifests)
    ? manifests.map((value: unknown) => ({ where: release.address, value }))
    : [];
}

/** Values of a release, the later on top of the earlier. */
function chartValues({ address, values: { values } }: ResolvedResource): ChartValues {
  return list(values).reduce<ChartValues>((merged, text) => {
    if (typeof text !== 'string' || text === KNOWN_AFTER_APPLY) return merged;
    const [parsed] = documentsOf({ name: `values of ${address}`, text }).places;
    return isMap(parsed?.value) ? deepMerge(merged, parsed.value as ChartValues) : merged;
  }, {});
}

function ingress({ metadata, spec }: Values): unknown {
  const { ingress_class_name, default_backend, rule, tls } = block(spec);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: block(metadata),
    spec: {
      ingressClassName: ingress_class_name,
      defaultBackend: default_backend && backend(default_backend),
      rules: rule && list(rule).map(ingressRule),
      tls: tls && list(tls).map((each) => camelCase(each)),
    },
  };
}

function ingressRule(rule: unknown): unknown {
  const { host, http } = block(rule);
  const path = ({ path, path_type, backend: to }: Values) => ({
    path,
    pathType: path_type,
    backend: backend(to),
  });
  return { host, http: http && { paths: list(block(http).path).map((each) => path(block(each))) } };
}

function backend(value: unknown): unknown {
  const { service: to, resource } = block(value);
  const { name, port } = block(to);
  return {
    service: to && { name, port: port && block(port) },
    resource: resource && camelCase(block(resource)),
  };
}

function service({ metadata, spec }: Values): unknown {
  const { port, selector, ...fields } = block(spec);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: block(metadata),
    spec: {
      ...camelCase(fields),
      selector,
      ports: port && list(port).map(servicePort),
    },
  };
}

/** The provider takes a number as text too, and has it a number. */
function servicePort(port: unknown): unknown {
  const { target_port: target, ...fields } = block(port);
  const targetPort = typeof target === 'string' && /^\d+$/.test(target) ? Number(target) : target;
  return { ...camelCase(fields), targetPort };
}

function ingressClass({ metadata, spec }: Values): unknown {
  const { controller, parameters } = block(spec);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: block(metadata),
    spec: { controller, parameters: parameters && camelCase(block(parameters)) },
  };
}

function namespace({ metadata }: Values): unknown {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: block(metadata) };
}

/** A block that there is once: Terraform JSON has it as it is, or as a list of one. */
function block(value: unknown): Values {
  const [first] = list(value);
  return isMap(first) ? first : {};
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** `api_group` is `apiGroup`, `cluster_ip` `clusterIP`; not for maps whose keys are a person's own. */
function camelCase(value: unknown): Values {
  return Object.fromEntries(
    Object.entries(block(value)).map(([key, each]) => [
      key.replace(/_ip(?=s?$)/, 'IP').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      each,
    ]),
  );
}
