import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../load-balancers/model';
import { readControllerValues, controllerSettingsOf } from '../../../tools/preview/controller-values';

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
      controllerSettingsOf({
        clusterName: '',
        defaultTags: null,
        // A text is no boolean: the chart leaves the flag out.
        enableBackendSecurityGroup: 'false',
        defaultTargetType: KNOWN_AFTER_APPLY,
        certDiscovery: { allowedCertificateAuthorityARNs: '' },
        controllerConfig: { featureGates: { ALBSingleSubnet: KNOWN_AFTER_APPLY } },
      }),
    ).toEqual({ featureGates: {} });
    expect(controllerSettingsOf({})).toEqual({});
  });

  it('are refused if they are none', () => {
    expect(() => readControllerValues('v.yaml', 'a: [')).toThrow('v.yaml, line 1: ');
    expect(() => readControllerValues('v.yaml', 'text')).toThrow(
      'v.yaml has no values of the chart: write a map, such as defaultTargetType: ip',
    );
  });

  it.each([
    [
      'defaultTargettype: ip',
      'defaultTargettype = "ip": the chart has no such value; write \'defaultTargetType\'',
    ],
    ['aws-load-balancer-controller: {}', 'the chart has no such value; write one of'],
    [
      'enableWafv2: "false"',
      'enableWafv2 = "false": the chart passes over what is no boolean; write true or false, without quotes',
    ],
    [
      'defaultTargetType: pod',
      'defaultTargetType = "pod": the controller stops at it; write one of instance, ip',
    ],
    [
      'defaultLoadBalancerScheme: public',
      'defaultLoadBalancerScheme = "public": the controller stops at it; write',
    ],
    ['controllerConfig: {featureGates: {NLBGatewayApi: true}}', "write 'NLBGatewayAPI'"],
    [
      'controllerConfig: {featureGates: {NLBGatewayAPI: maybe}}',
      'featureGates.NLBGatewayAPI = "maybe": the controller stops',
    ],
    [
      'backendSecurityGroup: shop',
      'backendSecurityGroup = "shop": the controller stops at it; write an id: sg-…',
    ],
    [
      'enableManageBackendSecurityGroupRules: true\nenableBackendSecurityGroup: false',
      'where enableBackendSecurityGroup is false',
    ],
    [
      'defaultTags: {elbv2.k8s.aws/cluster: a}',
      'by it the controller knows its own resources; write another key',
    ],
    ['externalManagedTags: [ingress.k8s.aws/stack]', 'externalManagedTags[0]'],
    ['a: 1\n---\nb: 1', 'v.yaml has no values of the chart'],
  ])('that chart or controller would not take are refused: %j', (text, message) => {
    expect(() => readControllerValues('v.yaml', text)).toThrow(message);
  });

  it('are told all at once', () => {
    const told = () => readControllerValues('v.yaml', 'a: 1\nenableShield: "true"\nenableWaf: true');
    expect(told).toThrow(/^v\.yaml: a = 1: .*\nv\.yaml: enableShield = "true": .*$/);
  });
});
