import { DataAwsLbHostedZoneId } from '@cdktf/provider-aws/lib/data-aws-lb-hosted-zone-id';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';

export interface AliasRecordsProps {
  /** Hosts that lead to the load balancer. */
  readonly hosts: readonly string[];
  /** Hosted zone that the hosts are in. */
  readonly zoneId: string;
  /** DNS name of the load balancer. */
  readonly loadBalancer: string;
  readonly type: 'application' | 'network';
  /** Whether it has IPv6 addresses too. @default false */
  readonly dualStack?: boolean;
}

/** Names of a load balancer in Route 53, which cost nothing and follow its addresses. */
export class AliasRecords extends Construct {
  constructor(scope: Construct, id: string, props: AliasRecordsProps) {
    super(scope, id);
    const { hosts, zoneId, loadBalancer, type, dualStack = false } = props;
    const elsewhere = new DataAwsLbHostedZoneId(this, 'load-balancers', { loadBalancerType: type });
    for (const host of hosts) {
      for (const recordType of dualStack ? ['A', 'AAAA'] : ['A']) {
        new Route53Record(this, `${host.replace('*', 'any')}-${recordType.toLowerCase()}`, {
          zoneId,
          name: host,
          type: recordType,
          alias: { name: loadBalancer, zoneId: elsewhere.id, evaluateTargetHealth: true },
        });
      }
    }
  }
}
