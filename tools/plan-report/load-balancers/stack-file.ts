import { type StackFile } from '../../preview/terraform-stack';
import { type StackChanges } from '../changes/changes';
import { blockOf, isEmpty, isMap, UNKNOWN, type Values } from '../changes/values';

/** Resources of which the preview makes load balancers. */
const TYPES =
  /^(?:kubernetes_(?:ingress|service|ingress_class|namespace)(?:_v1)?|kubernetes_manifest|helm_release)$/;

/** One side of a stack as the Terraform JSON that the preview reads; all in it is literal. */
export function stackFile({ stack, resources }: StackChanges, side: 'before' | 'after'): StackFile {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const { type, address, action, ...sides } of resources) {
    const values = sides[side] ?? (action === 'forget' ? sides.before : undefined);
    if (values === undefined || !TYPES.test(type)) continue;
    (resource[type] ??= {})[address] = literal(settings(type, values));
  }
  return { name: stack, text: JSON.stringify({ resource }) };
}

/** What a person set, without what the provider fills in. */
function settings(type: string, values: Values): unknown {
  if (type === 'kubernetes_manifest') return { manifest: values.manifest };
  if (type === 'helm_release') {
    const { name, chart, values: chartValues } = values;
    return { name, chart, values: chartValues };
  }
  const { metadata, spec } = values;
  return {
    metadata: withoutUnknownMaps(metadata),
    spec: withoutFilled(type.startsWith('kubernetes_service') ? serviceSpec(spec) : spec),
  };
}

/** Annotations of which nobody knows even the names. */
function withoutUnknownMaps(metadata: unknown): unknown {
  if (Array.isArray(metadata)) return metadata.map(withoutUnknownMaps);
  if (!isMap(metadata)) return metadata;
  const { name, namespace, ...maps } = metadata;
  return {
    name: name ?? UNKNOWN,
    namespace,
    ...Object.fromEntries(Object.entries(maps).filter(([, map]) => isMap(map))),
  };
}

/** The provider writes what is for a load balancer whether there is one or not. */
function serviceSpec(spec: unknown): unknown {
  const { allocate_load_balancer_node_ports: allocates, ...fields } = blockOf(withoutUnknown(spec));
  return fields.type === 'LoadBalancer'
    ? { ...fields, allocate_load_balancer_node_ports: allocates }
    : fields;
}

/** A Service gets addresses and ports from the cluster. */
function withoutUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnknown);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === UNKNOWN ? [] : [[key, withoutUnknown(each)]])),
  );
}

/** Providers write what isn't set as nothing, `""`, 0 or an empty list. */
function withoutFilled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFilled);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      const isPort = key === 'number' || key.endsWith('port');
      return isEmpty(each) || (isPort && (each === 0 || each === '0')) ? [] : [[key, withoutFilled(each)]];
    }),
  );
}

/** A text in which nothing is an expression. */
function literal(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/[$%]\{/g, (opening) => `${opening.charAt(0)}${opening}`);
  if (Array.isArray(value)) return value.map(literal);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [String(literal(key)), literal(each)]),
  );
}
