import { join } from 'node:path';
import { Release } from '@cdktf/provider-helm/lib/release';
import { AssetType, TerraformAsset, type ITerraformDependable, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { jsonWithTokens } from '../tokens';

/** A Kubernetes object, whole, as kubectl takes it. */
export interface KubernetesManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** @default - the release's, or none where the kind has none */
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: unknown;
}

export interface CustomResourcesProps {
  /** Name of the Helm release, unique in its namespace, at most 53 characters. */
  readonly releaseName: string;
  /** Where Helm keeps the release, and the namespace of manifests that name none. */
  readonly namespace: string;
  readonly manifests: readonly KubernetesManifest[];
  /** Addresses of attributes at whose change the release is made anew, for fields that can't be changed. @default [] */
  readonly replaceTriggeredBy?: readonly string[];
  /** What must be there before: the definitions and the webhooks of these kinds. @default [] */
  readonly dependencies?: readonly ITerraformDependable[];
}

/**
 * Custom resources that plan without an API server: a local chart of one template renders them. What
 * `kubernetes_manifest` makes can't be planned before its definition exists.
 *
 * @example
 * new CustomResources(this, 'targets', { releaseName: 'targets', namespace: 'shop', manifests: [targetGroupBinding] });
 */
export class CustomResources extends Construct {
  readonly dependencies: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: CustomResourcesProps) {
    super(scope, id);
    const chart = new TerraformAsset(this, 'chart', {
      path: join(__dirname, 'chart'),
      type: AssetType.DIRECTORY,
    });
    const release = new Release(this, 'release', {
      name: props.releaseName,
      namespace: props.namespace,
      // Without ./ Helm may take the first folder for the name of a repository.
      chart: `./${chart.path}`,
      values: [jsonWithTokens({ manifests: props.manifests })],
      wait: true,
      atomic: true,
      cleanupOnFail: true,
      maxHistory: 5,
      timeout: 300,
      ...(props.replaceTriggeredBy?.length && {
        lifecycle: { replaceTriggeredBy: [...props.replaceTriggeredBy] },
      }),
      dependsOn: [...(props.dependencies ?? [])],
    });
    this.dependencies = [release];
  }
}
