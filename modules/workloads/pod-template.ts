import { type DeploymentV1SpecTemplateSpec } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { container, containerSecurity, filesVolume, TMP } from './container';
import { type PodProps } from './pod-settings';
import { SHUTDOWN } from './shutdown';

/** `nonroot` of distroless images. Any user works, because nothing on the image's file system is written. */
const USER_ID = 65532;

/**
 * A pod that satisfies the restricted Pod Security Standard unless it is asked not to, spreads over zones and nodes, and
 * leaves without losing a request.
 *
 * Spread is a preference: when a zone is lost, its pods must start elsewhere.
 */
export function podSpec(
  name: string,
  labels: Readonly<Record<string, string>>,
  props: PodProps,
): DeploymentV1SpecTemplateSpec {
  const { runAsUser = USER_ID, runAsGroup = USER_ID, fsGroup = USER_ID } = props.securityContext ?? {};
  const { nodeSelector = {}, tolerations = [], imagePullSecrets = [], serviceAccountToken = false } = props;
  return withRest(
    {
      serviceAccountName: name,
      // Few pods talk to the API server; AWS credentials come in a token of their own.
      automountServiceAccountToken: serviceAccountToken,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: SHUTDOWN.terminationGracePeriodSeconds,
      securityContext: {
        runAsNonRoot: runAsUser !== 0,
        runAsUser: `${runAsUser}`,
        runAsGroup: `${runAsGroup}`,
        fsGroup: `${fsGroup}`,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...(Object.keys(nodeSelector).length && { nodeSelector: { ...nodeSelector } }),
      ...(tolerations.length && {
        toleration: tolerations.map(({ tolerationSeconds, ...each }) => ({
          ...each,
          ...(tolerationSeconds !== undefined && { tolerationSeconds: `${tolerationSeconds}` }),
        })),
      }),
      ...(imagePullSecrets.length && {
        imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secret })),
      }),
      topologySpreadConstraint: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
        (topologyKey) => ({
          topologyKey,
          maxSkew: 1,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: [{ matchLabels: { ...labels } }],
        }),
      ),
      container: [container(name, props)],
      volume: volumes(props),
    },
    props,
  );
}

function volumes({ files = [], volumes = [] }: PodProps) {
  return [
    { name: TMP, emptyDir: {} },
    ...files.map(({ secret, configMap, optional }, index) => ({
      name: filesVolume(index),
      ...(secret !== undefined && { secret: { secretName: secret, optional } }),
      ...(configMap !== undefined && { configMap: { name: configMap, optional } }),
    })),
    ...volumes.map(({ name, claim, emptyDir, readOnly }) => ({
      name,
      ...(claim !== undefined && { persistentVolumeClaim: { claimName: claim, readOnly } }),
      ...(emptyDir && {
        emptyDir: {
          ...(emptyDir.memory && { medium: 'Memory' }),
          ...(emptyDir.sizeLimit !== undefined && { sizeLimit: emptyDir.sizeLimit }),
        },
      }),
    })),
  ];
}

/** With the rest of the pod, whose lists come after ours, and whose containers are held to the same standard. */
function withRest(
  own: DeploymentV1SpecTemplateSpec,
  { podSpec: rest = {}, securityContext }: PodProps,
): DeploymentV1SpecTemplateSpec {
  const held = (each: object) => ({ securityContext: containerSecurity(securityContext), ...each });
  const merged = Object.entries(rest).map(([key, value]): [string, unknown] => {
    const before = own[key as keyof DeploymentV1SpecTemplateSpec];
    const list =
      Array.isArray(value) && /^(init)?container$/i.test(key) ? (value as object[]).map(held) : value;
    return [
      key,
      Array.isArray(before) && Array.isArray(list)
        ? [...(before as unknown[]), ...(list as unknown[])]
        : list,
    ];
  });
  return { ...own, ...(Object.fromEntries(merged) as Partial<DeploymentV1SpecTemplateSpec>) };
}
