import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

export interface NamespaceGuardProps {
  readonly namespace: string;
  /** Networks from which load balancers, nodes and other pods come: that of the VPC. */
  readonly ingressCidrs: readonly string[];
  /** Networks that pods may call, besides the cluster's DNS. */
  readonly egressCidrs: readonly string[];
  /** Most that the namespace may have: of pods, CPUs and bytes that they request. */
  readonly quota: { readonly pods: number; readonly cpu: number; readonly memory: number };
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * What a namespace's pods may reach and take: nothing by default, then what is named. Something in the cluster must enforce
 * NetworkPolicies, such as the VPC CNI with `enableNetworkPolicy`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html
 */
export class NamespaceGuard extends Construct {
  constructor(scope: Construct, id: string, props: NamespaceGuardProps) {
    super(scope, id);
    const { namespace, dependsOn, quota } = props;
    const blocks = (cidrs: readonly string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
    const policy = (name: string, spec: object) =>
      new NetworkPolicyV1(this, name, {
        metadata: { name, namespace },
        spec: { podSelector: {}, policyTypes: [], ...spec },
        dependsOn,
      });
    policy('default-deny', { policyTypes: ['Ingress', 'Egress'] });
    policy('from-vpc', {
      policyTypes: ['Ingress'],
      ingress: [{ from: blocks(props.ingressCidrs) }],
    });
    policy('to-networks', {
      policyTypes: ['Egress'],
      egress: [
        { to: blocks(props.egressCidrs) },
        {
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
          ports: ['UDP', 'TCP'].map((protocol) => ({ port: '53', protocol })),
        },
      ],
    });
    new ResourceQuotaV1(this, 'quota', {
      metadata: { name: 'quota', namespace },
      spec: {
        hard: {
          pods: `${quota.pods}`,
          'requests.cpu': `${Math.ceil(quota.cpu * 1000)}m`,
          'requests.memory': `${Math.ceil(quota.memory / 2 ** 20)}Mi`,
        },
      },
      dependsOn,
    });
  }
}
