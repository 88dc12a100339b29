import { type DeploymentV1SpecTemplateSpec } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { SERVICE_PORT } from './ports';
import { SHUTDOWN } from './shutdown';

/** `nonroot` of distroless images. Any user works, because nothing on the image's file system is written. */
const USER_ID = '65532';

export interface PodProps {
  /**
   * Image with its tag or digest. It must bring a `sleep` binary, or its pods lose requests when they go: the
   * provider has no `sleep` action of its own.
   */
  readonly image: string;
  /** Port on which the container serves HTTP; above 1023, as it isn't root. */
  readonly port: number;
  /** @default - the image's entry point */
  readonly command?: readonly string[];
  /** @default - the image's */
  readonly args?: readonly string[];
  /** `cpu` is a request; `memory` a request and a limit. */
  readonly resources: { readonly cpu: string; readonly memory: string };
  /** Answers 200 when the pod can serve. */
  readonly healthPath: string;
  /** Environment variables. @default {} */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * A pod that satisfies the restricted Pod Security Standard, spreads over zones and nodes, and leaves without losing
 * a request.
 *
 * Spread is a preference: when a zone is lost, its pods must start elsewhere.
 */
export function podSpec(
  name: string,
  labels: Readonly<Record<string, string>>,
  props: PodProps,
): DeploymentV1SpecTemplateSpec {
  return {
    serviceAccountName: name,
    // Nothing here talks to the API server; AWS credentials come in a token of their own.
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: SHUTDOWN.terminationGracePeriodSeconds,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER_ID,
      runAsGroup: USER_ID,
      fsGroup: USER_ID,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraint: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
      (topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: [{ matchLabels: { ...labels } }],
      }),
    ),
    container: [container(name, props)],
    volume: [{ name: 'tmp', emptyDir: {} }],
  };
}

function container(name: string, props: PodProps) {
  const httpGet = { path: props.healthPath, port: SERVICE_PORT.name };
  const { cpu, memory } = props.resources;
  const env = Object.entries(props.environment ?? {}).map(([key, value]) => ({ name: key, value }));
  return {
    name,
    image: props.image,
    // A tag may come to mean another image; a digest can't.
    imagePullPolicy: props.image.includes('@') ? 'IfNotPresent' : 'Always',
    ...(props.command?.length && { command: [...props.command] }),
    ...(props.args?.length && { args: [...props.args] }),
    ...(env.length && { env }),
    port: [{ name: SERVICE_PORT.name, containerPort: props.port }],
    resources: { requests: { cpu, memory }, limits: { memory } },
    // A slow start isn't a dead container: liveness waits for the first success.
    startupProbe: { httpGet, periodSeconds: 2, failureThreshold: 60 },
    readinessProbe: { httpGet, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2 },
    livenessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    lifecycle: { preStop: [{ exec: { command: ['sleep', `${SHUTDOWN.preStopSeconds}`] } }] },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMount: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}
