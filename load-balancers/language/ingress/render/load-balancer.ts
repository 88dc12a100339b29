import { type IngressClassParamsSpec } from '../../../model';
import { entrancesOf } from '../entrance';
import { type AlbIngressSettings, type AlbListener } from '../../schema/ingress';
import { CURRENT_SSL_POLICY } from '../../ssl-policies';
import { INGRESS_PREFIX } from '../../table';
import { listenerAttributes, loadBalancerAttributes } from './attributes';
import { json, list, map, onOff, scalar, type Annotations } from './text';

/** What the load balancer itself is like. */
export function loadBalancerAnnotations(settings: AlbIngressSettings): Annotations {
  const { webAcl, capacityUnits, loadBalancerAttributes: attributes } = settings;
  return {
    scheme: settings.scheme,
    'ip-address-type': settings.ipAddressType,
    subnets: list(settings.subnets),
    'security-groups': list(settings.securityGroups),
    'manage-backend-security-group-rules': scalar(settings.manageBackendSecurityGroupRules),
    'inbound-cidrs': list(settings.inboundCidrs),
    'security-group-prefix-lists': list(settings.prefixLists),
    'customer-owned-ipv4-pool': settings.customerOwnedIpv4Pool,
    'ipam-ipv4-pool-id': settings.ipamIpv4PoolId,
    'load-balancer-name': settings.loadBalancerName,
    'load-balancer-attributes': map(attributes && loadBalancerAttributes(attributes)),
    'minimum-load-balancer-capacity': map({ CapacityUnits: capacityUnits }),
    tags: map(settings.tags),
    'group.name': settings.group?.name,
    'group.order': scalar(settings.group?.order),
    'wafv2-acl-arn': webAcl === 'none' ? 'none' : webAcl && 'arn' in webAcl ? webAcl.arn : undefined,
    'wafv2-acl-name': webAcl && webAcl !== 'none' && 'name' in webAcl ? webAcl.name : undefined,
    'waf-acl-id': settings.wafClassicAclId,
    'shield-advanced-protection': scalar(settings.shieldAdvanced),
  };
}

/** Where it listens, and how it speaks TLS. */
export function listenerAnnotations(
  settings: AlbIngressSettings,
  params: IngressClassParamsSpec,
): Annotations {
  const { listeners, certificateArns, certificateManagement, sslRedirect, jwtValidation } = settings;
  const https = entrancesOf(settings, params).filter(({ protocol }) => protocol === 'HTTPS');
  return {
    'listen-ports': json(listeners?.map(({ port, protocol }) => ({ [protocol]: port }))),
    'certificate-arn': list(certificateArns),
    'ssl-policy': settings.sslPolicy ?? (https.length > 0 ? defaultSslPolicy(settings, params) : undefined),
    'ssl-redirect': scalar(sslRedirect === true ? (https[0]?.port ?? 443) : sslRedirect),
    'create-acm-cert': certificateManagement && 'true',
    'acm-pca-arn': certificateManagement?.certificateAuthorityArn,
    'mutual-authentication': mutualAuthentication(listeners),
    'jwt-validation': json(jwtValidation),
    ...Object.fromEntries(
      (listeners ?? []).map(({ port, protocol, attributes }) => [
        `listener-attributes.${protocol}-${port}`,
        map(attributes && listenerAttributes(attributes)),
      ]),
    ),
  };
}

/** The controller's own default is of 2016. */
function defaultSslPolicy(
  { annotations = {} }: AlbIngressSettings,
  params: IngressClassParamsSpec,
): string | undefined {
  const said = params.sslPolicy || annotations[`${INGRESS_PREFIX}ssl-policy`];
  return said ? undefined : CURRENT_SSL_POLICY;
}

type MutualAuthentication = NonNullable<AlbListener['mutualAuthentication']>;

function mutualAuthentication(listeners: readonly AlbListener[] = []): string | undefined {
  const entries = listeners.flatMap(({ port, mutualAuthentication: settings }) =>
    settings ? [{ port, ...mutualAuthenticationOf(settings) }] : [],
  );
  return entries.length > 0 ? json(entries) : undefined;
}

function mutualAuthenticationOf(settings: MutualAuthentication): object {
  if (settings.mode !== 'verify') return settings;
  const { advertiseTrustStoreCaNames: advertise, ...rest } = settings;
  return {
    ...rest,
    advertiseTrustStoreCaNames: onOff(advertise),
  };
}
