import { type Insight } from '@aws-sdk/client-eks';
import { type Addons } from '../../config';
import { listed, NotJudged, type DoctorCheck, type DoctorFinding } from '../doctor/check';
import { type ClusterObject } from '../kit/cluster-api';
import { minorOf } from './step';
import { type UpgradeLook } from './look';

interface Node extends ClusterObject {
  readonly status?: { readonly nodeInfo?: { readonly kubeletVersion?: string } };
}

interface DisruptionBudget extends ClusterObject {
  readonly status?: {
    readonly disruptionsAllowed?: number;
    readonly expectedPods?: number;
    readonly currentHealthy?: number;
    readonly desiredHealthy?: number;
  };
}

/** Minor versions that a kubelet may be older than the API server. @see https://kubernetes.io/releases/version-skew-policy/ */
const OLDEST_KUBELET = 3;
/** Addresses that EKS takes at most for the new control plane. @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html */
const ADDRESSES = 5;

/**
 * What may be in the way of the next Kubernetes version.
 *
 * @param wanted add-ons that the environment has with that version
 */
export function kubernetesChecks(
  look: UpgradeLook,
  { from, to, wanted }: { readonly from: string; readonly to: string; readonly wanted: Addons },
): readonly DoctorCheck[] {
  const { cluster, region } = look.environment;
  const check = (
    id: string,
    title: string,
    needs: readonly string[],
    run: () => Promise<readonly DoctorFinding[]>,
    explain: string,
  ): DoctorCheck => ({ id, title, needs, explain, run });
  return [
    check(
      'cluster-version',
      `The cluster is at ${from}, and at rest`,
      ['eks:DescribeCluster'],
      async () => {
        const { version = '', status = '' } = await look.cluster();
        const isDone = cluster.kind === 'existing' && version === to;
        return [
          ...(version === from || isDone
            ? []
            : [
                {
                  what: `The cluster is at ${version}`,
                  seen: 'eks:DescribeCluster',
                  remedy: `deploy what the file has first: npm run deploy -- ${look.environment.name}-cluster`,
                },
              ]),
          ...(status === 'ACTIVE'
            ? []
            : [
                {
                  what: `The cluster is ${status}`,
                  seen: 'eks:DescribeCluster',
                  remedy: 'wait until it is ACTIVE',
                },
              ]),
        ];
      },
      'An earlier upgrade was written and not deployed, or somebody else works on the cluster.',
    ),
    check(
      'version-offered',
      `EKS offers ${to}`,
      ['eks:DescribeClusterVersions'],
      async () => {
        const versions = (await look.versions()).map(({ clusterVersion = '' }) => clusterVersion);
        if (versions.includes(to)) return [];
        return [
          {
            what: `EKS offers no ${to} in ${region}`,
            seen: `eks:DescribeClusterVersions has ${listed(versions)}`,
            remedy: 'wait for the Region to have it',
          },
        ];
      },
      'A version comes to Regions one after the other.',
    ),
    check(
      'upgrade-insights',
      'EKS sees nothing in the way',
      ['eks:ListInsights', 'eks:DescribeInsight'],
      async () =>
        (await look.insights('UPGRADE_READINESS'))
          .filter(({ kubernetesVersion = to }) => kubernetesVersion === to)
          .map(insightFinding),
      'EKS looks once a day; for deprecated APIs at the last 30 days, so that what was mended is told for as long.',
    ),
    check(
      'deprecated-apis',
      `Nobody asks for an API that ${to} doesn't have`,
      ['Kubernetes /metrics'],
      async () => deprecatedApis(await (await look.kubernetes()).get('/metrics'), to),
      'A controller or a chart is older than the cluster.',
    ),
    check(
      'node-skew',
      `Nodes are within ${OLDEST_KUBELET} minor versions of ${to}`,
      ['Kubernetes'],
      async () => nodeSkew(await look.list<Node>('/api/v1/nodes'), from, to),
      'A node group was left behind, or nodes belong to nobody who upgrades them.',
    ),
    check(
      'addons',
      `Add-ons fit ${to}`,
      ['eks:ListAddons', 'eks:DescribeAddon', 'eks:DescribeAddonVersions'],
      () => addons(look, to, wanted),
      'A version is written in the environment, or the add-on was installed without it.',
    ),
    check(
      'disruption-budgets',
      'Nodes can be drained',
      ['Kubernetes'],
      async () =>
        (await look.list<DisruptionBudget>('/apis/policy/v1/poddisruptionbudgets')).flatMap(budgetFinding),
      'A node group gives up after 15 minutes in which a pod may not leave its node (PodEvictionFailure).',
    ),
    check(
      'free-addresses',
      "The cluster's subnets have addresses for the new control plane",
      ['ec2:DescribeSubnets'],
      async () => {
        const { resourcesVpcConfig: { subnetIds = [] } = {} } = await look.cluster();
        const own = (await look.subnets()).filter(({ SubnetId = '' }) => subnetIds.includes(SubnetId));
        const free = own.reduce((sum, { AvailableIpAddressCount = 0 }) => sum + AvailableIpAddressCount, 0);
        if (free >= ADDRESSES) return [];
        return [
          {
            what: `${listed(subnetIds)} have ${free} free addresses together, and EKS needs up to ${ADDRESSES}`,
            seen: 'ec2:DescribeSubnets',
            remedy: 'free addresses there: end what is no longer needed',
          },
        ];
      },
      'Pods and load balancers share the subnets of the control plane.',
    ),
    check(
      'last-rollback',
      'No earlier upgrade could still be taken back',
      ['eks:ListInsights'],
      async () =>
        (await look.hasInsights('ROLLBACK_READINESS'))
          ? [
              {
                what: `The upgrade to ${from} can still be taken back; this one ends that`,
                seen: 'EKS has insights of ROLLBACK_READINESS',
                remedy: `be sure of ${from} first`,
                warning: true,
              },
            ]
          : [],
      'It is less than seven days old.',
    ),
  ];
}

function insightFinding({
  name = '',
  insightStatus,
  recommendation,
  resources = [],
  ...rest
}: Insight): DoctorFinding {
  const deprecations = rest.categorySpecificSummary?.deprecationDetails ?? [];
  return {
    what: `${name}: ${insightStatus?.reason ?? insightStatus?.status ?? ''}`,
    seen: [
      `EKS insight ${rest.id ?? ''} is ${insightStatus?.status ?? ''}`,
      ...deprecations.map(
        ({ usage = '', replacedWith = '', stopServingVersion = '', clientStats = [] }) =>
          `${usage} (gone in ${stopServingVersion}, write ${replacedWith}) by ${listed(clientStats.map(({ userAgent = '' }) => userAgent))}`,
      ),
      ...resources.flatMap(({ kubernetesResourceUri, arn }) => kubernetesResourceUri ?? arn ?? []),
    ].join('; '),
    remedy: recommendation ?? 'see the insight in the EKS console',
    ...(insightStatus?.status !== 'ERROR' && { warning: true }),
  };
}

/** What the API server counts of deprecated APIs that it was asked for since it was started. */
export function deprecatedApis(metrics: string, to: string): readonly DoctorFinding[] {
  return [...metrics.matchAll(/^apiserver_requested_deprecated_apis\{([^}]*)\} 1$/gm)].flatMap(
    ([, labels = '']) => {
      const label = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
      const removed = label('removed_release');
      const api = [label('group'), label('version'), label('resource')]
        .filter((part) => part !== '')
        .join('/');
      const isGone = removed !== '' && minorOf(removed) <= minorOf(to);
      return [
        {
          what: `${api} is asked for, which ${removed === '' ? 'is deprecated' : `is gone in ${removed}`}`,
          seen: 'metric apiserver_requested_deprecated_apis of the API server',
          remedy: `upgrade who asks: audit log, annotation k8s.io/deprecated; https://kubernetes.io/docs/reference/using-api/deprecation-guide/`,
          ...(!isGone && { warning: true }),
        },
      ];
    },
  );
}

export function nodeSkew(nodes: readonly Node[], from: string, to: string): readonly DoctorFinding[] {
  const byVersion = new Map<string, string[]>();
  for (const { metadata, status } of nodes) {
    const [, version = '?'] = /^v?(\d+\.\d+)\./.exec(status?.nodeInfo?.kubeletVersion ?? '') ?? [];
    byVersion.set(version, [...(byVersion.get(version) ?? []), metadata.name]);
  }
  return [...byVersion].flatMap(([version, names]): readonly DoctorFinding[] => {
    if (version === from || version === to) return [];
    const steps = minorOf(to) - minorOf(version);
    const some = `${names.slice(0, 5).join(', ')}${names.length > 5 ? `, … (${names.length})` : ''}`;
    return [
      {
        what: `${some} ${names.length > 1 ? 'are' : 'is'} at ${version}: EKS asks for nodes at ${from} before the control plane goes to ${to}`,
        seen: 'status.nodeInfo.kubeletVersion of the nodes',
        remedy: 'upgrade their node group, or end them',
        // As long as they are within the skew, what runs there goes on.
        ...(steps >= 0 && steps <= OLDEST_KUBELET && { warning: true }),
      },
    ];
  });
}

export function budgetFinding({ metadata, status = {} }: DisruptionBudget): readonly DoctorFinding[] {
  const { disruptionsAllowed = 0, expectedPods = 0, currentHealthy = 0, desiredHealthy = 0 } = status;
  if (disruptionsAllowed > 0 || expectedPods === 0) return [];
  return [
    {
      what: `PodDisruptionBudget ${metadata.namespace ?? ''}/${metadata.name} lets no pod go`,
      seen: `${currentHealthy} of its ${expectedPods} pods are healthy, and ${desiredHealthy} must be`,
      remedy: 'more replicas, or a smaller minAvailable; heal its pods first',
    },
  ];
}

async function addons(look: UpgradeLook, to: string, wanted: Addons): Promise<readonly DoctorFinding[]> {
  const { cluster } = look.environment;
  const installed = await look.installedAddons();
  if (installed.length === 0 && cluster.kind === 'existing')
    throw new NotJudged(
      'the cluster has no add-on of EKS: whoever installed what does their work knows their versions',
    );
  const findings: DoctorFinding[] = [];
  for (const { addonName = '', addonVersion = '', health } of installed) {
    const [offered] = await look.addonVersions(addonName, to);
    const versions = (offered?.addonVersions ?? []).map(({ addonVersion: version = '' }) => version);
    const own = wanted[addonName]?.version;
    const issues = (health?.issues ?? []).map(({ code = '', message = '' }) => `${code}: ${message}`);
    const seen = `eks:DescribeAddonVersions for ${to}: ${listed(versions.slice(0, 3))}`;
    if (issues.length > 0)
      findings.push({ what: `${addonName} is not well`, seen: issues.join('; '), remedy: 'heal it first' });
    if (versions.length === 0)
      findings.push({
        what: `EKS has no ${addonName} for ${to}`,
        seen,
        remedy: 'take it out, or wait for one',
      });
    else if (own !== undefined && !versions.includes(own))
      findings.push({
        what: `${addonName} ${own} is what the environment would have, and ${to} doesn't take it`,
        seen,
        remedy: `cluster.addons: write '${versions[0] ?? ''}', or leave the version out`,
      });
    else if (!versions.includes(addonVersion) && cluster.kind === 'existing')
      findings.push({
        what: `${addonName} ${addonVersion} is not for ${to}`,
        seen,
        remedy: 'upgrade it right after the control plane, with what made the cluster',
        warning: true,
      });
  }
  return findings;
}
