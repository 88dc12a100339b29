/** Where a value comes from that isn't written here: an object of the namespace, or the pod itself. */
export type VariableSource =
  | { readonly secret: string; readonly key: string }
  | { readonly configMap: string; readonly key: string }
  | { readonly field: string };

/** A Secret or a ConfigMap, one of the two. */
export interface ObjectSource {
  readonly secret?: string;
  readonly configMap?: string;
  /** Whether pods start without it too. @default false */
  readonly optional?: boolean;
}

/** How a container is asked whether it runs; in one way. */
export interface ProbeSettings {
  readonly path?: string;
  readonly port?: number;
  readonly tcp?: boolean;
  readonly grpc?: boolean;
  readonly command?: readonly string[];
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
}

/** `false` is none. @default - the health path over HTTP */
export type OwnProbe = ProbeSettings | false;

export interface PodVolume {
  readonly name: string;
  readonly mountPath: string;
  /** Name of a PersistentVolumeClaim; or `emptyDir`. */
  readonly claim?: string;
  readonly emptyDir?: { readonly sizeLimit?: string; readonly memory?: boolean };
  /** @default false */
  readonly readOnly?: boolean;
}

export interface PodToleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

export interface PodSecurity {
  /** @default 65532 */
  readonly runAsUser?: number;
  /** @default 65532 */
  readonly runAsGroup?: number;
  /** @default 65532 */
  readonly fsGroup?: number;
  /** @default true */
  readonly readOnlyRootFilesystem?: boolean;
  /** @default - none */
  readonly capabilities?: readonly string[];
}

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
  readonly environment?: Readonly<Record<string, string | VariableSource>>;
  /** All keys of Secrets and ConfigMaps as environment variables. @default [] */
  readonly envFrom?: readonly (ObjectSource & { readonly prefix?: string })[];
  /** Secrets and ConfigMaps as files of a folder, read-only. @default [] */
  readonly files?: readonly (ObjectSource & { readonly mountPath: string })[];
  /** Besides /tmp. @default [] */
  readonly volumes?: readonly PodVolume[];
  /** @default {} */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** @default [] */
  readonly tolerations?: readonly PodToleration[];
  /** @default [] */
  readonly imagePullSecrets?: readonly string[];
  /** @default - `healthPath` over HTTP for all three */
  readonly probes?: {
    readonly startup?: OwnProbe;
    readonly readiness?: OwnProbe;
    readonly liveness?: OwnProbe;
  };
  /** @default - nobody, with a root file system that is read-only and no capabilities */
  readonly securityContext?: PodSecurity;
  /** Whether pods get a token for the API server. @default false */
  readonly serviceAccountToken?: boolean;
  /** The rest, in the provider's words; lists come after those that are made here. @default {} */
  readonly podSpec?: Readonly<Record<string, unknown>>;
}
