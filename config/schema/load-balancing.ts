import { z } from 'zod';
import { ingressClassParamsSettings } from '../../load-balancers/schema';
import { label, resources, textLike } from './primitives';
import { ownRelease } from './own-release';

const ingressClass = z.strictObject({
  /** @default 'alb' */
  name: label().default('alb'),
  /** Used by Ingresses that name no class. @default false */
  isDefault: z.boolean().default(false),
  /** What the platform decides for every Ingress of the class. @default {} */
  params: ingressClassParamsSettings.prefault({}),
});

/** Each adds its statements to the controller's policy, and the setting that needs them. @default all false */
const features = z.strictObject({
  /** Web ACLs by name (`wafv2:ListWebACLs`). */
  wafv2AclName: z.boolean().default(false),
  /** ACM certificates made for Ingresses (feature gate EnableCertificateManagement, release 3.3 or later). */
  certificateManagement: z.boolean().default(false),
  /** Global Accelerators as Kubernetes objects (feature gate GlobalAcceleratorController, release 2.17 or later). */
  globalAccelerator: z.boolean().default(false),
});

const controller = z.strictObject({
  type: z.literal('controller'),
  /** A release that the table of releases has, or one of your own with what belongs to it. @default '3.5.0' */
  release: z.union([z.string(), ownRelease]).default('3.5.0'),
  /** @default 2 */
  replicas: z.int().min(1).max(10).default(2),
  features: features.prefault({}),
  /** Feature gates of the controller by name; an unknown gate stops the controller, so it is refused here. @default {} */
  featureGates: z.record(z.string(), z.boolean()).default({}),
  ingressClass: ingressClass.prefault({}),
  /** @default 100m, 256Mi */
  resources: resources({ cpu: '100m', memory: '256Mi' }),
  /** Only security groups of this VPC may get rules from the controller. @default true */
  restrictSecurityGroupsToVpc: z.boolean().default(true),
  /** Values of the chart that no other field sets; they win. @default {} */
  extraValues: z.record(z.string(), z.json()).default({}),
  /** @default 'https://aws.github.io/eks-charts' */
  chartRepository: textLike(
    /^((https?|oci):\/\/|\.{0,2}\/)\S+$/,
    'write a URL that begins with https:// or oci://, or a folder that begins with ./ or /',
  ).default('https://aws.github.io/eks-charts'),
  /** @default - the chart's, in Amazon ECR Public */
  imageRepository: textLike(
    /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/,
    'write an image without its tag, such as 111122223333.dkr.ecr.eu-west-1.amazonaws.com/aws-load-balancer-controller',
  ).optional(),
});

const autoMode = z.strictObject({
  type: z.literal('auto-mode'),
  ingressClass: ingressClass.prefault({}),
});

export const loadBalancing = z.discriminatedUnion(
  'type',
  [controller, autoMode],
  "write type: 'controller' or 'auto-mode'",
);

export type LoadBalancingSettings = z.output<typeof loadBalancing>;
export type LoadBalancerControllerSettings = z.output<typeof controller>;
export type IngressClassSettings = z.output<typeof ingressClass>;
