import { z } from 'zod';
import { distinct, kubernetesLabels, label, labelKey, labelValue, port, textLike } from './primitives';

/** Name of a Secret or ConfigMap. */
const objectName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'write a name of lower-case letters, digits, hyphens and dots');
const objectKey = textLike(/^[\w.-]{1,253}$/, 'write a key of letters, digits and _ - . only');
const variable = textLike(/^[A-Za-z_][A-Za-z0-9_]*$/, 'write a name of letters, digits and underscores');
const mountPath = textLike(/^\/[^:]*$/, 'write an absolute path, without colons');

/** Value of one environment variable. */
const variableValue = z.union(
  [
    z.string(),
    /** One key of a Secret in the namespace. */
    z.strictObject({ secret: objectName, key: objectKey }),
    /** One key of a ConfigMap in the namespace. */
    z.strictObject({ configMap: objectName, key: objectKey }),
    /** What Kubernetes knows of the pod. */
    z.strictObject({
      field: z.enum(
        [
          'metadata.name',
          'metadata.namespace',
          'metadata.uid',
          'spec.nodeName',
          'spec.serviceAccountName',
          'status.hostIP',
          'status.podIP',
        ],
        "write a field such as 'status.podIP'",
      ),
    }),
  ],
  'write a text, { secret, key }, { configMap, key } or { field }',
);

/** A Secret or ConfigMap that is in the namespace. */
const source = {
  secret: objectName.optional(),
  configMap: objectName.optional(),
  /** Whether pods start without it too. @default false */
  optional: z.boolean().default(false),
};

function oneSource({ secret, configMap }: { secret?: string; configMap?: string }, context: z.RefinementCtx) {
  if ((secret === undefined) !== (configMap === undefined)) return;
  context.addIssue({
    code: 'custom',
    message: 'write secret or configMap',
    params: {
      reason: secret === undefined ? 'nothing says where it comes from' : 'it comes from one of the two',
    },
  });
}

const volume = z
  .strictObject({
    name: label(),
    mountPath,
    /** Name of a PersistentVolumeClaim in the namespace. */
    claim: objectName.optional(),
    /** Scratch space that goes with the pod. */
    emptyDir: z
      .strictObject({
        /** Such as `1Gi`. @default - as much as the node has */
        sizeLimit: textLike(/^\d+(\.\d+)?([MGT]i?|Ki)$/, 'write a size such as 1Gi').optional(),
        /** In memory, which counts as memory of the container. @default false */
        memory: z.boolean().default(false),
      })
      .optional(),
    /** @default false */
    readOnly: z.boolean().default(false),
  })
  .superRefine(({ claim, emptyDir }, context) => {
    if ((claim === undefined) !== (emptyDir === undefined)) return;
    context.addIssue({
      code: 'custom',
      message: 'write claim or emptyDir; other kinds go into podSpec',
      params: { reason: claim === undefined ? 'nothing says what it holds' : 'it is one of the two' },
    });
  });

const toleration = z
  .strictObject({
    /** @default - every key, with operator Exists */
    key: labelKey.optional(),
    /** @default 'Equal' */
    operator: z.enum(['Equal', 'Exists']).default('Equal'),
    value: labelValue.optional(),
    /** @default - every effect */
    effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
    /** How long a pod stays after a taint NoExecute. @default - for ever */
    tolerationSeconds: z.int().min(0).optional(),
  })
  .superRefine(({ key, operator, value, effect, tolerationSeconds }, context) => {
    const issue = (path: string, reason: string, message: string) => {
      context.addIssue({ code: 'custom', path: [path], message, params: { reason } });
    };
    if (operator === 'Exists' && value !== undefined)
      issue('value', 'Exists looks at no value', "write no value, or operator: 'Equal'");
    if (operator === 'Equal' && key === undefined)
      issue(
        'key',
        'Equal compares the value of one key',
        "write a key, or operator: 'Exists' for all taints",
      );
    if (tolerationSeconds !== undefined && effect !== 'NoExecute')
      issue(
        'effect',
        'tolerationSeconds is of taints NoExecute',
        "write 'NoExecute', or no tolerationSeconds",
      );
  });

const seconds = (max: number) => z.int().min(1).max(max).optional();

/** Exactly one way to ask; what isn't said is that of the service's own probe. */
const probe = z
  .strictObject({
    /** Answers 2xx or 3xx. @default - `healthPath` of the service */
    path: textLike(/^\/[!-~]*$/, 'write a path that begins with /, without spaces').optional(),
    /** @default - `port` of the service */
    port: port.optional(),
    /** A connection is enough. @default false */
    tcp: z.boolean().default(false),
    /** Answers by the gRPC health protocol. @default false */
    grpc: z.boolean().default(false),
    /** A command in the container that ends with 0. @default - none */
    command: z.array(z.string()).min(1, 'write at least the name of a program').optional(),
    initialDelaySeconds: seconds(3600),
    periodSeconds: seconds(3600),
    timeoutSeconds: seconds(600),
    failureThreshold: seconds(1000),
  })
  .superRefine(({ path, tcp, grpc, command }, context) => {
    if ([path !== undefined, tcp, grpc, command !== undefined].filter(Boolean).length <= 1) return;
    context.addIssue({
      code: 'custom',
      message: 'write one of path, tcp, grpc and command',
      params: { reason: 'a probe asks in one way' },
    });
  });
const ownProbe = z.union([z.literal(false), probe], 'write false, or what the probe asks').optional();

const id = z.int().min(0).max(2147483647);

/** What pods have everywhere, beside image, port and resources. */
export const podFields = {
  /** Environment variables of the container; no secrets in clear: plans and state hold them. @default {} */
  environment: z.record(variable, variableValue).default({}),
  /** All keys of Secrets and ConfigMaps in the namespace, as environment variables. @default [] */
  envFrom: z
    .array(
      z
        .strictObject({
          ...source,
          /** Before the name of each variable. @default '' */
          prefix: z.union([z.literal(''), variable], 'write letters, digits and underscores').default(''),
        })
        .superRefine(oneSource),
    )
    .default([]),
  /** Secrets and ConfigMaps as files of a folder, read-only. @default [] */
  files: z.array(z.strictObject({ ...source, mountPath }).superRefine(oneSource)).default([]),
  /** Besides /tmp, which every pod may write. @default [] */
  volumes: z.array(volume).default([]),
  /** Labels of the nodes that take the pods. @default {} */
  nodeSelector: kubernetesLabels.default({}),
  /** @default [] */
  tolerations: z.array(toleration).default([]),
  /** Secrets of type kubernetes.io/dockerconfigjson in the namespace. @default [] */
  imagePullSecrets: distinct(z.array(objectName)).default([]),
  /** Each is an own one, or `false` for none. @default - `healthPath` over HTTP for all three */
  probes: z.strictObject({ startup: ownProbe, readiness: ownProbe, liveness: ownProbe }).prefault({}),
  /** Pods by load, instead of `replicas`; needs the metrics server. @default - none */
  autoscaling: z
    .strictObject({
      /** @default - `replicas` */
      minReplicas: z.int().min(1).max(1000).optional(),
      maxReplicas: z.int().min(1).max(1000),
      /** Average of the requested CPU, in percent. @default 70 unless memoryPercent is there */
      cpuPercent: z.int().min(1).max(1000).optional(),
      /** Average of the requested memory, in percent. @default - not looked at */
      memoryPercent: z.int().min(1).max(1000).optional(),
    })
    .optional(),
  /** What the container runs as. */
  securityContext: z
    .strictObject({
      /** 0 is root, which needs `workloads.podSecurity`. @default 65532 */
      runAsUser: id.default(65532),
      /** @default 65532 */
      runAsGroup: id.default(65532),
      /** Group of the volumes. @default 65532 */
      fsGroup: id.default(65532),
      /** @default true */
      readOnlyRootFilesystem: z.boolean().default(true),
      /** All others are dropped; `restricted` takes NET_BIND_SERVICE alone. @default [] */
      capabilities: distinct(
        z.array(textLike(/^[A-Z][A-Z_]+$/, 'write a capability such as NET_BIND_SERVICE')),
      ).default([]),
    })
    .prefault({}),
  /** Whether pods get a token for the API server. @default false */
  serviceAccountToken: z.boolean().default(false),
  /**
   * The rest of the pod, in the words of Terraform's `kubernetes_deployment_v1` in camel case: `priorityClassName`,
   * `affinity`, `hostAliases`, `dnsConfig`, `initContainer`, `container` for further ones, `volume`. Lists come after those that
   * are made here. Fields are checked against the provider's. @default {}
   * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1#nested-schema-for-spectemplatespec
   */
  podSpec: z.record(z.string(), z.json()).default({}),
};
