import { type DeploymentV1SpecTemplateSpecContainer } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { type OwnProbe, type PodProps, type PodSecurity, type VariableSource } from './pod-settings';
import { SERVICE_PORT } from './ports';
import { SHUTDOWN } from './shutdown';

/** A folder that every pod may write. */
export const TMP = 'tmp';
/** Name of the volume of the files at one place of the list. */
export const filesVolume = (index: number) => `files-${index}`;

/** A slow start isn't a dead container: liveness waits for the first success. */
const STARTUP = { periodSeconds: 2, failureThreshold: 60 };
const READINESS = { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2 };
const LIVENESS = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 };

/** The container of a service. */
export function container(name: string, props: PodProps): DeploymentV1SpecTemplateSpecContainer {
  const { image, resources, probes = {}, envFrom = [], volumes = [], files = [] } = props;
  const { cpu, memory } = resources;
  const env = Object.entries(props.environment ?? {}).map(([key, value]) => variable(key, value));
  return {
    name,
    image,
    // A tag may come to mean another image; a digest can't.
    imagePullPolicy: image.includes('@') ? 'IfNotPresent' : 'Always',
    ...(props.command?.length && { command: [...props.command] }),
    ...(props.args?.length && { args: [...props.args] }),
    ...(env.length && { env }),
    ...(envFrom.length && {
      envFrom: envFrom.map(({ secret, configMap, prefix, optional }) => ({
        ...(prefix && { prefix }),
        ...(secret !== undefined && { secretRef: { name: secret, optional } }),
        ...(configMap !== undefined && { configMapRef: { name: configMap, optional } }),
      })),
    }),
    port: [{ name: SERVICE_PORT.name, containerPort: props.port }],
    resources: { requests: { cpu, memory }, limits: { memory } },
    startupProbe: probeOf(props, STARTUP, probes.startup),
    readinessProbe: probeOf(props, READINESS, probes.readiness),
    livenessProbe: probeOf(props, LIVENESS, probes.liveness),
    lifecycle: { preStop: [{ exec: { command: ['sleep', `${SHUTDOWN.preStopSeconds}`] } }] },
    securityContext: containerSecurity(props.securityContext),
    volumeMount: [
      { name: TMP, mountPath: '/tmp' },
      ...files.map(({ mountPath }, index) => ({ name: filesVolume(index), mountPath, readOnly: true })),
      ...volumes.map(({ name: volume, mountPath, readOnly }) => ({ name: volume, mountPath, readOnly })),
    ],
  };
}

/** What the restricted Pod Security Standard asks of a container, as far as it isn't said otherwise. */
export function containerSecurity({
  runAsUser,
  readOnlyRootFilesystem = true,
  capabilities = [],
}: PodSecurity = {}) {
  return {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem,
    runAsNonRoot: runAsUser !== 0,
    capabilities: { drop: ['ALL'], ...(capabilities.length && { add: [...capabilities] }) },
  };
}

function variable(name: string, value: string | VariableSource) {
  if (typeof value === 'string') return { name, value };
  if ('field' in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  return {
    name,
    valueFrom:
      'secret' in value
        ? { secretKeyRef: { name: value.secret, key: value.key } }
        : { configMapKeyRef: { name: value.configMap, key: value.key } },
  };
}

function probeOf(
  { healthPath, port }: PodProps,
  times: Readonly<Record<string, number>>,
  own: OwnProbe = {},
) {
  if (own === false) return undefined;
  const { path, port: ownPort, tcp, grpc, command, ...ownTimes } = own;
  const said: Readonly<Record<string, number | undefined>> = ownTimes;
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const at = `${ownPort ?? SERVICE_PORT.name}`;
  const ask = command
    ? { exec: { command: [...command] } }
    : tcp
      ? { tcpSocket: [{ port: at }] }
      : grpc
        ? { grpc: [{ port: ownPort ?? port }] }
        : { httpGet: { path: path ?? healthPath, port: at } };
  return { ...ask, ...times, ...given };
}
