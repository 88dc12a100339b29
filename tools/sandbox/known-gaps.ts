import { type Gaps } from '../kit/terraform/plan-differences';

/**
 * Attributes that the emulator doesn't give back as they were set, so that the second plan would change them. A resource that
 * is replaced for one of them has others beside it, in which nothing is given back as empty: those are listed as well.
 */
export const KNOWN_GAPS: Gaps = {
  aws_eks_cluster: ['upgrade_policy'],
  aws_eks_node_group: ['labels', 'launch_template', 'node_repair_config', 'tags', 'update_config'],
  aws_flow_log: [
    'deliver_cross_account_role',
    'iam_role_arn',
    'max_aggregation_interval',
    'tags',
    'tags_all',
  ],
  aws_launch_template: ['network_interfaces'],
  aws_vpc_endpoint: ['private_dns_enabled', 'security_group_ids'],
  aws_vpc_security_group_egress_rule: ['description', 'tags_all'],
};
