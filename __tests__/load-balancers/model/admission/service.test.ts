import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type Service } from '../../../../load-balancers/model';
import { serviceProblems } from '../../../../load-balancers/model/admission/service';
import { modelOf } from '../built';

const PORTS = [{ port: 80 }];
const RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const problemsOf = (spec: object, annotations = {}) =>
  serviceProblems({ kind: 'Service', metadata: { name: 'web', annotations }, spec });
const BALANCED = "may only be used when `type` is 'LoadBalancer'";

it('a refused Service is not there for what names it', () => {
  const broken: Service = {
    kind: 'Service',
    metadata: { namespace: 'shop', name: 'Web' },
    spec: { ports: PORTS },
  };
  expect(modelOf([], { objects: [broken] }).Refusals).toEqual([
    expect.objectContaining({
      Blocks: 'Service shop/Web',
      Message: expect.stringContaining('Service "Web" is invalid: metadata.name: Invalid value: "Web"'),
    }),
  ]);
});

describe('a Service can’t have', () => {
  it.each([
    [{}, 'spec.ports: Required value'],
    [
      { type: 'NodePort', clusterIP: 'None', ports: PORTS },
      'spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services',
    ],
    [
      { type: 'Internal', ports: PORTS },
      'spec.type: Unsupported value: "Internal": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    ],
    [{ type: 'ExternalName' }, 'spec.externalName: Required value'],
    [
      { ipFamilies: ['IPv5'], ports: PORTS },
      'spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"',
    ],
    [{ ipFamilies: ['IPv6', 'IPv6'], ports: PORTS }, 'spec.ipFamilies[1]: Duplicate value: "IPv6"'],
    [
      {
        type: 'NodePort',
        ports: [
          { name: 'a', port: 80, nodePort: 30080 },
          { name: 'b', port: 81, nodePort: 30080 },
        ],
      },
      'spec.ports[1].nodePort: Duplicate value: 30080',
    ],
    [
      { ports: [{ port: 0, targetPort: 80 }] },
      'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
    [
      { ports: [{ port: 80, targetPort: 65536 }] },
      'spec.ports[0].targetPort: Invalid value: 65536: must be between 1 and 65535, inclusive',
    ],
    [
      { ports: [{ port: 80, targetPort: '8080' }] },
      'spec.ports[0].targetPort: Invalid value: "8080": must contain at least one letter (a-z)',
    ],
    [
      { ports: [{ port: 80, protocol: 'HTTP' }] },
      'spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
    ],
    [
      { ports: [{ port: 80, name: 'a.b' }] },
      'spec.ports[0].name: Invalid value: "a.b": must not contain dots',
    ],
    [
      { ports: [{ port: 80, nodePort: 30080 }] },
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ],
    [
      { ports: PORTS, allocateLoadBalancerNodePorts: false },
      `spec.allocateLoadBalancerNodePorts: Forbidden: ${BALANCED}`,
    ],
    [{ ports: PORTS, loadBalancerClass: 'a/b' }, `spec.loadBalancerClass: Forbidden: ${BALANCED}`],
    [
      { ports: PORTS, externalTrafficPolicy: 'Local' },
      'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
    ],
    [
      { type: 'NodePort', ports: PORTS, externalTrafficPolicy: 'Near' },
      'spec.externalTrafficPolicy: Unsupported value: "Near": supported values: "Cluster", "Local"',
    ],
    [
      { type: 'LoadBalancer', ports: PORTS, healthCheckNodePort: 30000 },
      "spec.healthCheckNodePort: Invalid value: 30000: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ],
    [
      { ports: PORTS, loadBalancerSourceRanges: ['10.0.0.0/8'] },
      `spec.LoadBalancerSourceRanges: Forbidden: ${BALANCED}`,
    ],
    [
      { type: 'LoadBalancer', ports: PORTS, loadBalancerSourceRanges: [' 10.0.0.0/8', 'web '] },
      'spec.LoadBalancerSourceRanges[1]: Invalid value: "web": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
  ])('%j', (spec, problem) => {
    expect(problemsOf(spec)).toEqual([problem]);
  });

  it('ports of one name, number or no name', () => {
    expect(
      problemsOf({
        ports: [
          { name: 'a', port: 80 },
          { name: 'a', port: 80 },
        ],
      }),
    ).toEqual([
      'spec.ports[1].name: Duplicate value: "a"',
      'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ]);
    expect(problemsOf({ ports: [{ name: 'a', port: 80 }, { port: 81 }] })).toEqual([
      'spec.ports[1].name: Required value',
    ]);
  });

  it('names that are none', () => {
    expect(problemsOf({ type: 'ExternalName', externalName: 'A' })[0]).toContain(
      'spec.externalName: Invalid value: "A"',
    );
    expect(problemsOf({ ports: [{ port: 80, name: 'A' }] })[0]).toContain('a lowercase RFC 1123 label must');
    expect(problemsOf({ ports: [{ port: 80, name: 'a'.repeat(64) }] })).toEqual([
      `spec.ports[0].name: Invalid value: "${'a'.repeat(64)}": must be no more than 63 characters`,
    ]);
    expect(problemsOf({ type: 'LoadBalancer', ports: PORTS, loadBalancerClass: 'a/b/c' })[0]).toContain(
      'spec.loadBalancerClass: Invalid value: "a/b/c": a valid label key',
    );
  });

  it('source ranges by annotation that are none, or of another type', () => {
    expect(problemsOf({ type: 'LoadBalancer', ports: PORTS }, { [RANGES]: '10.0.0.0/8, web' })).toEqual([
      `metadata.annotations[${RANGES}]: Invalid value: "web": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`,
    ]);
    expect(problemsOf({ ports: PORTS }, { [RANGES]: '' })).toEqual([
      `metadata.annotations[${RANGES}]: Forbidden: ${BALANCED}`,
    ]);
    expect(problemsOf({ type: 'LoadBalancer', ports: PORTS }, { [RANGES]: '' })).toEqual([]);
  });
});

describe('a Service may be', () => {
  it.each([
    [{ clusterIP: 'None' }],
    [{ type: 'ExternalName', externalName: 'web.example.com.' }],
    [
      {
        ports: [
          { name: 'tcp', port: 53 },
          { name: 'udp', port: 53, protocol: 'UDP' },
        ],
      },
    ],
    [
      {
        type: 'NodePort',
        ports: [{ port: 80, targetPort: 0, nodePort: 30080 }],
        externalTrafficPolicy: 'Cluster',
      },
    ],
    [
      {
        type: 'LoadBalancer',
        ports: [{ port: 80, targetPort: 'http' }],
        loadBalancerClass: 'service.k8s.aws/nlb',
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: 'Local',
        healthCheckNodePort: 30000,
        loadBalancerSourceRanges: ['10.0.0.0/8'],
      },
    ],
    [
      {
        type: KNOWN_AFTER_APPLY,
        ports: [{ port: KNOWN_AFTER_APPLY, protocol: KNOWN_AFTER_APPLY }],
        externalTrafficPolicy: KNOWN_AFTER_APPLY,
      },
    ],
  ])('%j', (spec) => {
    expect(problemsOf(spec)).toEqual([]);
  });
});
