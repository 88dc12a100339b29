import { ATTRIBUTE_KINDS } from '../attributes';
import { says } from '../field';
import { map } from '../collections';
import { object, type Together } from '../object';
import { numeral } from '../text';
import { KINDS } from '../values';
import { networkLoadBalancerAttributes } from './attributes';
import { frontendHealthCheck } from './target-group';

const OF_GROUP = { merge: 'exclusive' } as const;

const portText = numeral(KINDS.port, 'write a port from 1 to 65535');

const fields = {
  /** @default 'internal' */
  scheme: says('frontend-nlb-scheme', KINDS.scheme, { default: 'internal', ...OF_GROUP }),
  /** Ids, or values of the tag Name; one a zone. @default - discovered */
  subnets: says('frontend-nlb-subnets', KINDS.subnets, OF_GROUP),
  /** Ids, or values of the tag Name. @default - one that the controller makes */
  securityGroups: says('frontend-nlb-security-groups', KINDS.securityGroups, OF_GROUP),
  /** Port of the Application Load Balancer by port of this one. @default - the same ports */
  portMapping: says('frontend-nlb-listener-port-mapping', map(portText, KINDS.port), {
    as: map(portText, portText),
    merge: 'merge',
    per: 'listen-port',
  }),
  /** @default - those of the Ingress */
  tags: says('frontend-nlb-tags', KINDS.tagsOfAnnotation, OF_GROUP),
  /** Ids of Elastic IP addresses, one a subnet; for `internet-facing`. @default - AWS's */
  eipAllocations: says('frontend-nlb-eip-allocations', KINDS.eipAllocations, OF_GROUP),
  /** @default {} */
  attributes: says('frontend-nlb-attributes', networkLoadBalancerAttributes, {
    as: ATTRIBUTE_KINDS.networkLoadBalancerAttributes,
    ...OF_GROUP,
  }),
  healthCheck: frontendHealthCheck,
};

const addresses: Together<{
  readonly eipAllocations?: readonly string[];
  readonly scheme?: string;
  readonly subnets?: readonly string[];
}> = function* ({ eipAllocations, scheme = 'internal', subnets }) {
  if (!eipAllocations) return;
  const wrong = (reason: string, remedy: string) => [{ path: ['eipAllocations'], reason, remedy }];
  if (scheme === 'internal')
    yield* wrong(
      'an internal load balancer has no public addresses',
      "write scheme: 'internet-facing', or remove them",
    );
  if (Array.isArray(subnets) && subnets.length !== eipAllocations.length)
    yield* wrong('each subnet takes one address', `write ${subnets.length}, one for each of subnets`);
};

/**
 * A Network Load Balancer before the Application Load Balancer, for static addresses or PrivateLink.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#enable-frontend-nlb
 */
export const frontendNlb = says('enable-frontend-nlb', object(fields, addresses), {
  as: KINDS.flag,
  write: () => 'true',
  default: 'false',
  ...OF_GROUP,
});
