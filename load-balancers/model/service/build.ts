import { type Cluster } from '../context';
import { type LoadBalancer } from '../model';
import { keyOf, type Service } from '../objects';
import { originOf } from '../origin';
import { type ControllerSettings } from '../settings';
import { attributesOf } from './attributes';
import { type ServiceContext } from './context';
import { buildListeners } from './listeners';
import {
  capacityOf,
  ipAddressTypeOf,
  nameOf,
  prefixForSourceNatOf,
  privateLinkRulesOf,
  serviceSchemeOf,
} from './load-balancer';
import { securityGroupsOf } from './security-groups';
import { subnetMappingsOf, subnetsOf } from './subnets';
import { isSupported } from './supported';
import { tagsOf } from './tags';

/**
 * The load balancer of a Service; undefined if the Service isn't this controller's. In the order of the controller, so
 * that of several faults it is the same that is refused.
 * @throws {Refused}
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/service/model_builder.go
 */
export function buildServiceLoadBalancer(
  cluster: Cluster,
  settings: ControllerSettings,
  service: Service,
): LoadBalancer | undefined {
  if (!isSupported(service, settings)) return undefined;
  const scheme = serviceSchemeOf(service, settings);
  const ipAddressType = ipAddressTypeOf(service);
  const network = { scheme: scheme.value, ipAddressType: ipAddressType.value };
  const subnets = subnetsOf(service, cluster.facts, settings, network);
  const prefixForSourceNat = prefixForSourceNatOf(service, ipAddressType.value);
  const attributes = attributesOf(service);
  const capacity = capacityOf(service, settings);
  const securityGroups = securityGroupsOf(service, settings, ipAddressType.value);
  const tags = tagsOf(service, settings);
  const subnetMappings = subnetMappingsOf(service, subnets, {
    ...network,
    prefixForSourceNat: prefixForSourceNat.value,
  });
  const name = nameOf(service);
  const privateLinkRules = privateLinkRulesOf(service);
  const context: ServiceContext = {
    cluster,
    settings,
    service,
    scheme: scheme.value,
    ipAddressType: ipAddressType.value,
    subnets,
    securityGroups,
    tags,
    targetGroups: new Map(),
  };
  const listeners = buildListeners(context);
  return {
    Id: keyOf(service),
    Members: [`Service ${keyOf(service)}`],
    LoadBalancerName: name.value,
    Type: 'network',
    Scheme: scheme.value,
    IpAddressType: ipAddressType.value,
    SubnetMappings: subnetMappings.value,
    SecurityGroups: securityGroups.ids,
    ...(securityGroups.managed && { ManagedSecurityGroup: securityGroups.managed }),
    EnablePrefixForIpv6SourceNat: prefixForSourceNat.value,
    ...(privateLinkRules.value !== undefined && {
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: privateLinkRules.value,
    }),
    ...(capacity.value && { MinimumLoadBalancerCapacity: capacity.value }),
    Attributes: attributes.value,
    Tags: tags.value,
    Listeners: listeners,
    TargetGroups: [...context.targetGroups.values()],
    Origin: originOf({
      LoadBalancerName: name,
      Scheme: scheme,
      IpAddressType: ipAddressType,
      SubnetMappings: subnetMappings,
      SecurityGroups: { value: securityGroups.ids, sources: securityGroups.sources },
      EnablePrefixForIpv6SourceNat: prefixForSourceNat,
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: privateLinkRules,
      MinimumLoadBalancerCapacity: capacity,
      Attributes: attributes,
      Tags: tags,
    }),
  };
}
