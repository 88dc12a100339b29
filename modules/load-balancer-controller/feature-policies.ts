import { type Conditions, type PolicyStatement } from '../iam';
import { type ControllerFeatures } from './policy';

/** A managed policy has room for 6,144 characters, so that each feature has a policy of its own. */
export interface FeaturePolicy {
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
}

/**
 * The policies that the features which are switched on add, by a stable id.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/tree/v3.5.0/docs/install
 */
export function featurePolicies(
  features: ControllerFeatures,
  partition: string,
): Readonly<Record<string, FeaturePolicy>> {
  return {
    ...(features.wafv2AclName && {
      'web-acl-name': { name: 'WebAclName', statements: webAclName() },
    }),
    ...(features.certificateManagement && {
      certificates: { name: 'Certificates', statements: certificateManagement() },
    }),
    ...(features.globalAccelerator && {
      'global-accelerator': { name: 'GlobalAccelerator', statements: globalAccelerator(partition) },
    }),
  };
}

const CLUSTER_TAG = 'elbv2.k8s.aws/cluster';
const NEW: Conditions = { Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: 'false' } };
const OWN: Conditions = { Null: { [`aws:ResourceTag/${CLUSTER_TAG}`]: 'false' } };

/** The official policy lacks what finding a web ACL by its name takes. */
function webAclName(): PolicyStatement[] {
  return [{ actions: ['wafv2:ListWebACLs'], resources: ['*'] }];
}

/** `iam_policy_acm_certs.json` */
function certificateManagement(): PolicyStatement[] {
  return [
    {
      actions: [
        'acm:ListTagsForCertificate',
        'route53:ListHostedZones',
        'route53:ListHostedZonesByName',
        'route53:ChangeResourceRecordSets',
        'acm:AddTagsToCertificate',
      ],
      resources: ['*'],
    },
    { actions: ['acm:RequestCertificate'], resources: ['*'], conditions: NEW },
    { actions: ['acm:DeleteCertificate'], resources: ['*'], conditions: OWN },
    {
      actions: ['acm-pca:IssueCertificate', 'acm-pca:GetCertificate', 'acm-pca:ListPermissions'],
      resources: ['*'],
    },
  ];
}

/** `aga_controller_iam_policy.json` */
function globalAccelerator(partition: string): PolicyStatement[] {
  const accelerator = `arn:${partition}:globalaccelerator::*:accelerator/*`;
  const all = [accelerator, `${accelerator}/listener/*`, `${accelerator}/listener/*/endpoint-group/*`];
  const isResource = { StringEquals: { 'aws:ResourceTag/aga.k8s.aws/resource': 'GlobalAccelerator' } };
  const isRequest = { StringEquals: { 'aws:RequestTag/aga.k8s.aws/resource': 'GlobalAccelerator' } };
  return [
    {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: ['*'],
      conditions: { StringEquals: { 'iam:AWSServiceName': ['globalaccelerator.amazonaws.com'] } },
    },
    {
      actions: [
        'globalaccelerator:ListAccelerators',
        'globalaccelerator:ListEndpointGroups',
        'globalaccelerator:ListListeners',
        'globalaccelerator:ListTagsForResource',
        'ec2:DescribeRegions',
        'tag:GetResources',
      ],
      resources: ['*'],
    },
    {
      actions: [
        'globalaccelerator:DescribeAccelerator',
        'globalaccelerator:DescribeEndpointGroup',
        'globalaccelerator:DescribeListener',
      ],
      resources: all,
      conditions: { ...OWN, ...isResource },
    },
    {
      actions: ['globalaccelerator:CreateAccelerator'],
      resources: ['*'],
      conditions: { ...NEW, ...isRequest },
    },
    {
      actions: [
        'globalaccelerator:UpdateAccelerator',
        'globalaccelerator:DeleteAccelerator',
        'globalaccelerator:CreateListener',
        'globalaccelerator:UpdateListener',
        'globalaccelerator:DeleteListener',
        'globalaccelerator:CreateEndpointGroup',
        'globalaccelerator:UpdateEndpointGroup',
        'globalaccelerator:DeleteEndpointGroup',
        'globalaccelerator:AddEndpoints',
        'globalaccelerator:RemoveEndpoints',
      ],
      resources: all,
      conditions: { ...OWN, ...isResource },
    },
    {
      actions: ['globalaccelerator:TagResource', 'globalaccelerator:UntagResource'],
      resources: [accelerator],
      conditions: {
        Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: 'true', [`aws:ResourceTag/${CLUSTER_TAG}`]: 'false' },
        ...isResource,
      },
    },
    {
      actions: ['globalaccelerator:TagResource'],
      resources: [accelerator],
      conditions: { ...NEW, ...isRequest },
    },
  ];
}
