import {
  DescribeAddonCommand,
  DescribeInsightCommand,
  EKSClient,
  paginateDescribeAddonVersions,
  paginateListAddons,
  paginateListInsights,
  type Addon,
  type AddonInfo,
  type Category,
  type Insight,
} from '@aws-sdk/client-eks';
import { awsClientSettings } from '../kit/aws';
import { Look } from '../doctor/look';

/** What of a cluster matters for an upgrade, beside what the doctor sees. */
export class UpgradeLook extends Look {
  private readonly client = new EKSClient(awsClientSettings(this.environment.region));

  /** Insights of EKS that aren't passed, with their details. */
  async insights(category: Category): Promise<readonly Insight[]> {
    const clusterName = this.environment.cluster.name;
    const pages = paginateListInsights(
      { client: this.client },
      { clusterName, filter: { categories: [category] } },
    );
    const found: Insight[] = [];
    for await (const { insights = [] } of pages)
      for (const { id, insightStatus } of insights) {
        if (insightStatus?.status === 'PASSING') continue;
        const { insight } = await this.client.send(new DescribeInsightCommand({ clusterName, id }));
        if (insight) found.push(insight);
      }
    return found;
  }

  /** Whether EKS has any insight of a category. */
  async hasInsights(category: Category): Promise<boolean> {
    const clusterName = this.environment.cluster.name;
    const pages = paginateListInsights(
      { client: this.client },
      { clusterName, filter: { categories: [category] } },
    );
    for await (const { insights = [] } of pages) if (insights.length > 0) return true;
    return false;
  }

  /** The add-ons of EKS that are installed. */
  async installedAddons(): Promise<readonly Addon[]> {
    const clusterName = this.environment.cluster.name;
    const found: Addon[] = [];
    for await (const { addons = [] } of paginateListAddons({ client: this.client }, { clusterName }))
      for (const addonName of addons) {
        const { addon } = await this.client.send(new DescribeAddonCommand({ clusterName, addonName }));
        if (addon) found.push(addon);
      }
    return found;
  }

  /** The versions of an add-on that a Kubernetes version takes. */
  async addonVersions(addonName: string, kubernetesVersion: string): Promise<readonly AddonInfo[]> {
    const found: AddonInfo[] = [];
    const pages = paginateDescribeAddonVersions({ client: this.client }, { addonName, kubernetesVersion });
    for await (const { addons = [] } of pages) found.push(...addons);
    return found;
  }
}
