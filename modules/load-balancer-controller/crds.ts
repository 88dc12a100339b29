import { join } from 'node:path';
import { DataHelmTemplate } from '@cdktf/provider-helm/lib/data-helm-template';
import { Release } from '@cdktf/provider-helm/lib/release';
import { AssetType, Fn, TerraformAsset, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

export interface ControllerCrdsProps {
  /** Name of the controller's chart, or the path of its folder. */
  readonly chart: string;
  /** @default - the chart is a folder */
  readonly repository?: string;
  /** Version of the chart. */
  readonly version: string;
  readonly namespace: string;
  /** Path of a file that has them. @default - they are in the chart */
  readonly file?: string;
  /** What must be there before, such as the controller's policy. @default [] */
  readonly dependencies?: readonly ITerraformDependable[];
}

/**
 * The definitions of the controller's kinds, taken out of the controller's own chart. Helm installs what a chart has in `crds/` once
 * and never upgrades it; as templates of a release of their own they move with the chart, before it. They outlive the release, since
 * deleting one deletes every object of its kind.
 *
 * @see https://helm.sh/docs/chart_best_practices/custom_resource_definitions/
 */
export class ControllerCrds extends Construct {
  readonly dependencies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ControllerCrdsProps) {
    super(scope, id);
    const { namespace } = props;
    const ownChart = new TerraformAsset(this, 'own-chart', {
      path: join(__dirname, 'crds-chart'),
      type: AssetType.DIRECTORY,
    });
    const release = new Release(this, 'release', {
      name: 'aws-load-balancer-controller-crds',
      namespace,
      chart: `./${ownChart.path}`,
      values: [
        Fn.jsonencode({ crds: props.file === undefined ? this.inChart(props) : this.inFile(props.file) }),
      ],
      // Those that the controller's chart installed before belong to no release.
      takeOwnership: true,
      wait: true,
      maxHistory: 2,
      timeout: 300,
      dependsOn: [...(props.dependencies ?? [])],
    });
    this.dependencies = [release];
  }

  private inChart({ chart, repository, version, namespace }: ControllerCrdsProps): string[] {
    return new DataHelmTemplate(this, 'chart', {
      name: 'crds',
      namespace,
      chart,
      repository,
      version,
      // Only its definitions are read. The chart wants a cluster, and would make a key for its webhook, which has no place in state.
      values: [JSON.stringify({ clusterName: 'any', enableCertManager: true })],
      showOnly: ['templates/rbac.yaml'],
    }).crds;
  }

  private inFile(path: string): string[] {
    return [Fn.file(new TerraformAsset(this, 'file', { path, type: AssetType.FILE }).path)];
  }
}
