import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../load-balancers/model';
import { readControllerValues, settingsOf } from '../../../tools/preview/controller-values';

describe("values of the controller's chart", () => {
  it('become its flags', () => {
    const text = `
clusterName: shop
ingressClass: own
disableIngressClassAnnotation: true
disableIngressGroupNameAnnotation: true
loadBalancerClass: example.com/nlb
enableServiceMutatorWebhook: false
defaultTags: {Team: a, Number: 1}
externalManagedTags: [a, b]
defaultSSLPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
defaultTargetType: ip
defaultLoadBalancerScheme: internet-facing
enableBackendSecurityGroup: true
enableManageBackendSecurityGroupRules: true
backendSecurityGroup: sg-1
disableRestrictedSecurityGroupRules: true
tolerateNonExistentBackendService: false
tolerateNonExistentBackendAction: false
certDiscovery: {allowedCertificateAuthorityARNs: "arn:a, arn:b"}
controllerConfig: {featureGates: {ALBSingleSubnet: true, WeightedTargetGroups: "false"}}
`;
    expect(readControllerValues('values.yaml', text)).toEqual({
      clusterName: 'shop',
      ingressClass: 'own',
      disableIngressClassAnnotation: true,
      disableIngressGroupNameAnnotation: true,
      loadBalancerClass: 'example.com/nlb',
      enableServiceMutatorWebhook: false,
      defaultTags: { Team: 'a', Number: '1' },
      externalManagedTags: ['a', 'b'],
      defaultSslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      defaultTargetType: 'ip',
      defaultLoadBalancerScheme: 'internet-facing',
      enableBackendSecurityGroup: true,
      enableManageBackendSecurityGroupRules: true,
      backendSecurityGroup: 'sg-1',
      disableRestrictedSecurityGroupRules: true,
      tolerateNonExistentBackendService: false,
      tolerateNonExistentBackendAction: false,
      allowedCertificateAuthorityArns: ['arn:a', 'arn:b'],
      featureGates: { ALBSingleSubnet: true, WeightedTargetGroups: false },
    });
  });

  it('that pass no flag leave the default', () => {
    expect(
      settingsOf({
        clusterName: '',
        defaultTags: null,
        // A text is no boolean: the chart leaves the flag out.
        enableBackendSecurityGroup: 'false',
        defaultTargetType: KNOWN_AFTER_APPLY,
        certDiscovery: { allowedCertificateAuthorityARNs: '' },
        controllerConfig: { featureGates: { ALBSingleSubnet: KNOWN_AFTER_APPLY } },
      }),
    ).toEqual({ featureGates: {} });
    expect(settingsOf({})).toEqual({});
  });

  it('are refused if they are none', () => {
    expect(() => readControllerValues('v.yaml', 'a: [')).toThrow('v.yaml: ');
    expect(() => readControllerValues('v.yaml', 'text')).toThrow(
      'v.yaml has no values of the chart: write a map, such as defaultTargetType: ip',
    );
  });
});
