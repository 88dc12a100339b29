import { describe, expect, it } from '@jest/globals';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { endpointServiceName } from '../../../modules/network';
import { Endpoints, type EndpointsProps } from '../../../modules/network/endpoints';
import { Synthesized } from '../../support/synthesized';

const DEFAULTS: EndpointsProps = {
  name: 'shop-dev',
  region: 'eu-west-1',
  vpcId: 'vpc-1',
  vpcCidr: '10.0.0.0/16',
  routeTableIds: ['rtb-1', 'rtb-2'],
  subnetIds: ['subnet-1', 'subnet-2'],
  gatewayEndpoints: [],
  interfaceEndpoints: [],
};

function synth(props: Partial<EndpointsProps>): Synthesized {
  return Synthesized.of((stack) => new Endpoints(stack, 'endpoints', { ...DEFAULTS, ...props }));
}

describe('Endpoints', () => {
  it('makes nothing unasked', () => {
    expect(synth({}).types()).toEqual([]);
  });

  it('reaches gateway services through every route table', () => {
    const net = synth({ gatewayEndpoints: ['s3', 'dynamodb'] });
    expect(net.types()).toEqual(['aws_vpc_endpoint']);
    for (const service of ['s3', 'dynamodb']) {
      expect(net.one('aws_vpc_endpoint', service)).toMatchObject({
        vpc_id: 'vpc-1',
        vpc_endpoint_type: 'Gateway',
        service_name: `com.amazonaws.eu-west-1.${service}`,
        route_table_ids: ['rtb-1', 'rtb-2'],
      });
    }
  });

  it('reaches interface services in every private subnet, by their own DNS names', () => {
    const net = synth({ interfaceEndpoints: ['ecr.api', 'eks-auth'] });
    const group = net.one('aws_security_group').address;
    expect(net.count('aws_vpc_endpoint')).toBe(2);
    for (const [id, service] of [
      ['ecr-api', 'ecr.api'],
      ['eks-auth', 'eks-auth'],
    ] as const) {
      expect(net.one('aws_vpc_endpoint', id)).toMatchObject({
        vpc_endpoint_type: 'Interface',
        service_name: `com.amazonaws.eu-west-1.${service}`,
        subnet_ids: ['subnet-1', 'subnet-2'],
        security_group_ids: [`\${${group}.id}`],
        private_dns_enabled: true,
      });
    }
  });

  it('lets in HTTPS from the VPC and nothing else', () => {
    const net = synth({ interfaceEndpoints: ['sts'] });
    expect(net.count('aws_vpc_security_group_ingress_rule')).toBe(1);
    expect(net.json).toHaveResourceWithProperties(VpcSecurityGroupIngressRule, {
      description: 'HTTPS from the VPC',
      cidr_ipv4: '10.0.0.0/16',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    });
    expect(net.count('aws_vpc_security_group_egress_rule')).toBe(0);
    const group = net.one('aws_security_group');
    expect(net.json).toHaveResourceWithProperties(SecurityGroup, {
      description: 'Interface endpoints of shop-dev',
    });
    expect(['ingress', 'egress'].filter((rule) => rule in group)).toEqual([]);
  });
});

describe('endpointServiceName', () => {
  it.each([
    ['sts', 'eu-west-1', 'com.amazonaws.eu-west-1.sts'],
    ['sts', 'cn-north-1', 'cn.com.amazonaws.cn-north-1.sts'],
    ['s3', 'cn-north-1', 'com.amazonaws.cn-north-1.s3'],
    ['ecr.dkr', 'eusc-de-east-1', 'eu.amazonaws.eusc-de-east-1.ecr.dkr'],
    ['sts', 'eusc-de-east-1', 'com.amazonaws.eusc-de-east-1.sts'],
  ])('%s in %s is %s', (service, region, name) => {
    expect(endpointServiceName(service, region)).toBe(name);
  });
});
