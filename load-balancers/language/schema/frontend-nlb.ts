import { z } from 'zod';
import { port } from './primitives';
import { networkLoadBalancerAttributes } from './attributes';
import { frontendHealthCheck } from './target-group';
import { KINDS } from '../values';
import { schemaOf } from './of-kind';
import { scheme, securityGroups, subnets, tagMap } from './values';

/**
 * A Network Load Balancer before the Application Load Balancer, for static addresses or PrivateLink.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#enable-frontend-nlb
 */
export const frontendNlb = z
  .strictObject({
    /** @default 'internal' */
    scheme: scheme.optional(),
    /** Ids, or values of the tag Name; one a zone. @default - discovered */
    subnets: subnets.optional(),
    /** Ids, or values of the tag Name. @default - one that the controller makes */
    securityGroups: securityGroups.optional(),
    /** Port of the Application Load Balancer by port of this one. @default - the same ports */
    portMapping: z
      .record(z.string().regex(/^[1-9]\d{0,4}$/, 'write a port from 1 to 65535'), port)
      .optional(),
    /** @default - those of the Ingress */
    tags: tagMap.optional(),
    /** Ids of Elastic IP addresses, one a subnet; for `internet-facing`. @default - AWS's */
    eipAllocations: schemaOf(KINDS.eipAllocations).optional(),
    /** @default {} */
    attributes: networkLoadBalancerAttributes.optional(),
    healthCheck: frontendHealthCheck.optional(),
  })
  .superRefine(({ eipAllocations, scheme = 'internal', subnets }, context) => {
    if (!eipAllocations) return;
    if (scheme === 'internal')
      context.addIssue({
        code: 'custom',
        path: ['eipAllocations'],
        message: "write scheme: 'internet-facing', or remove them",
        params: { reason: 'an internal load balancer has no public addresses' },
      });
    if (Array.isArray(subnets) && subnets.length !== eipAllocations.length)
      context.addIssue({
        code: 'custom',
        path: ['eipAllocations'],
        message: `write ${subnets.length}, one for each of subnets`,
        params: { reason: 'each subnet takes one address' },
      });
  });
