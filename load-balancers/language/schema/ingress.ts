import { z } from 'zod';
import { type Immutable } from '../../problem';
import { distinct, hostName, port } from './primitives';
import { loadBalancerAttributes } from './attributes';
import { authentication, jwtValidation } from './authentication';
import { KINDS } from '../values';
import { frontendNlb } from './frontend-nlb';
import { schemaOf } from './of-kind';
import { listeners } from './listeners';
import { defaultBackend, hiddenRoutes, route } from './routes';
import { targetGroup } from './target-group';
import {
  capacityUnits,
  certificateArns,
  flag,
  groupName,
  ipAddressType,
  ipamPoolId,
  loadBalancerName,
  prefixLists,
  scheme,
  securityGroups,
  sslPolicy,
  subnets,
  tagMap,
  webAclArn,
  webAclName,
} from './values';

/** What the platform may decide by IngressClassParams wins over it: see table.ts. */
const loadBalancer = {
  /** Reachable from the internet or not; a change makes another load balancer. @default 'internal' */
  scheme: scheme.optional(),
  /** @default 'ipv4' */
  ipAddressType: ipAddressType.optional(),
  /** Ids, or values of the tag Name; two zones at least, one subnet each. @default - discovered by their tags */
  subnets: subnets.optional(),
  /** Ids, or values of the tag Name. @default - one that the controller makes, and its shared one for targets */
  securityGroups: securityGroups.optional(),
  /** Targets admit your `securityGroups` by rules of the controller. @default false */
  manageBackendSecurityGroupRules: flag.optional(),
  /** Networks that may connect. @default - all, or those of prefixLists */
  inboundCidrs: schemaOf(KINDS.networks).optional(),
  /** Ids of prefix lists whose networks may connect. @default - none */
  prefixLists: prefixLists.optional(),
  /** Pool of addresses of an Outpost. @default - AWS's addresses */
  customerOwnedIpv4Pool: schemaOf(KINDS.coipPool).optional(),
  /** Pool of IPAM from which public addresses come. @default - AWS's addresses */
  ipamIpv4PoolId: ipamPoolId.optional(),
  /** At most 32 characters; a change makes another load balancer. @default - of namespace, name and a hash */
  loadBalancerName: loadBalancerName.optional(),
  loadBalancerAttributes: loadBalancerAttributes.optional(),
  /** Capacity that is there at any time, in load balancer capacity units; 0 gives it back. @default - none */
  capacityUnits: capacityUnits.optional(),
  /** Of all that the controller makes for the Ingress. @default {} */
  tags: tagMap.optional(),
  /** Ingresses of one group share one load balancer. @default - one of its own */
  group: z
    .strictObject({
      name: groupName,
      /** Rules of the lower order are tried first, -1000 to 1000. @default 0 */
      order: schemaOf(KINDS.groupOrder).optional(),
    })
    .optional(),
};

const entrance = {
  /** @default - HTTPS on 443 with certificateArns, else HTTP on 80 */
  listeners: listeners.optional(),
  /** ARNs in the Region of the load balancer; the first is for clients that name no host. @default - those of ACM for hosts and tlsHosts */
  certificateArns: certificateArns.optional(),
  /** ACM makes the certificate (feature gate EnableCertificateManagement). @default - it doesn't */
  certificateManagement: z
    .strictObject({
      /** Private authority that signs it. @default - the controller's, else a public certificate */
      certificateAuthorityArn: schemaOf(KINDS.certificateAuthority).optional(),
    })
    .optional(),
  /** @default 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' */
  sslPolicy: sslPolicy.optional(),
  /** HTTP is answered by a redirect to this HTTPS listener; `true` is the first one. @default - it isn't */
  sslRedirect: z.union([z.literal(true), port], 'write the port of an HTTPS listener, or true; leave it out for none').optional(),
  /** Hosts for which certificates are looked for, beside those of routes. @default [] */
  tlsHosts: distinct(z.array(hostName)).optional(),
  /** Web ACL of WAFv2; 'none' takes one away, and absence leaves it as it is. */
  webAcl: z
    .union(
      [z.literal('none'), z.strictObject({ arn: webAclArn }), z.strictObject({ name: webAclName })],
      "write { arn }, { name } or 'none'",
    )
    .optional(),
  /** Web ACL of WAF classic; 'none' takes one away. */
  wafClassicAclId: schemaOf(KINDS.wafClassicId).optional(),
  /** AWS Shield Advanced; the account must have subscribed. @default - as it is */
  shieldAdvanced: flag.optional(),
  frontendNlb: frontendNlb.optional(),
};

const requests = {
  /** @default [] */
  routes: z.array(route).min(1, 'write at least one route, or leave it out for defaultBackend').optional(),
  /** @default - 404 */
  defaultBackend: defaultBackend.optional(),
  /** Paths of type ImplementationSpecific are regular expressions. @default false */
  regexPathMatch: flag.optional(),
  targetGroup: targetGroup.optional(),
  authentication: authentication.optional(),
  jwtValidation: jwtValidation.optional(),
};

/** All that an Ingress can say to the AWS Load Balancer Controller, release 3.5.0. */
export const albIngressSettings = z
  .strictObject({
    ...loadBalancer,
    ...entrance,
    ...requests,
    /** Annotations for which there is no prop; names are checked. @default {} */
    annotations: z.record(z.string(), z.string("write the annotation's value as a string")).optional(),
  })
  .superRefine((settings, context) => {
    const issue = (path: PropertyKey[], reason: string, message: string) => {
      context.addIssue({ code: 'custom', path, message, params: { reason } });
    };
    if (!settings.routes && !settings.defaultBackend)
      issue(['routes'], 'Kubernetes refuses an Ingress without any', 'write a route, or defaultBackend');
    if (settings.jwtValidation && settings.authentication && settings.authentication.type !== 'none')
      issue(['jwtValidation'], 'authentication is there too', 'write one of the two');
    if (settings.manageBackendSecurityGroupRules !== undefined && !settings.securityGroups)
      issue(
        ['manageBackendSecurityGroupRules'],
        'it is about securityGroups, and there are none',
        'write securityGroups too, or remove it',
      );
    if (settings.securityGroups) {
      for (const field of ['inboundCidrs', 'prefixLists'] as const) {
        if (settings[field])
          issue([field], 'securityGroups decide who may connect', 'remove it, or securityGroups');
      }
    }
    for (const { index, by } of hiddenRoutes(settings.routes ?? []))
      issue(
        ['routes', index, 'path'],
        `routes.${by} takes all its requests before it`,
        'write another path or host, or the one with more conditions first',
      );
    settings.routes?.forEach(({ path = '/', pathType }, index) => {
      if (settings.regexPathMatch && pathType === 'ImplementationSpecific') return;
      if (!/^[\w\-.$/~"'@:+&*?]*$/.test(path))
        issue(
          ['routes', index, 'path'],
          'it has characters that a load balancer does not compare',
          'write letters, digits and _ - . $ / ~ " \' @ : + & * ? only',
        );
    });
  });

/** What a Service may say of its own target groups, in the place of its Ingress. */
export const albServiceSettings = z.strictObject({
  targetGroup: targetGroup.omit({ targetControlPorts: true }).optional(),
  authentication: authentication.optional(),
  /** Of its target groups. @default {} */
  tags: tagMap.optional(),
});

export type AlbIngressSettings = Immutable<z.input<typeof albIngressSettings>>;
export type AlbServiceSettings = Immutable<z.input<typeof albServiceSettings>>;
export type AlbRoute = Immutable<z.input<typeof route>>;
export type AlbBackend = Immutable<z.input<typeof defaultBackend>>;
export type AlbAction = NonNullable<AlbRoute['action']>;
export type AlbCondition = NonNullable<AlbRoute['conditions']>[number];
export type AlbTransform = NonNullable<AlbRoute['transforms']>[number];
export type AlbListener = NonNullable<AlbIngressSettings['listeners']>[number];
