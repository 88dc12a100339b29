import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readNetwork } from '../../../config/ipv4';
import { one, problems } from '../../support/problems';

const vpc = (cidr: string, more = {}) => ({ network: { kind: 'new', cidr, ...more } });
const services = (serviceIpv4Cidr: string) => ({ cluster: { kind: 'new', serviceIpv4Cidr } });
const subnets = (subnetCidrs: Record<string, string>, cidr?: string) => ({
  network: {
    kind: 'existing',
    vpcId: 'vpc-0123456789abcdef0',
    privateSubnetIds: [A, B],
    publicSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    cidr,
    subnetCidrs,
  },
});
const A = 'subnet-0123456789abcdefa';
const B = 'subnet-0123456789abcdefb';

describe('VPC', () => {
  it.each(['10.0.0.0/16', '172.31.0.0/18', '192.168.0.0/20', '100.64.0.0/16'])('takes %s', (cidr) => {
    expect(problems(vpc(cidr))).toEqual([]);
  });

  it.each([
    ['10.0.0.1/16', /^write 10\.0\.0\.0\/16$/],
    ['10.0.0.0/12', /such as 10\.0\.0\.0\/16/],
    ['10.0.0.0/29', /such as 10\.0\.0\.0\/16/],
    ['52.1.0.0/16', /in 10\.0\.0\.0\/8/],
    ['172.32.0.0/16', /in 10\.0\.0\.0\/8/],
    ['10.0.0.0/24', /^write \/22 or a shorter prefix$/],
  ])('refuses %s', (cidr, remedy) => {
    expect(problems(vpc(cidr))).toEqual(one('network.cidr', cidr, remedy));
  });

  it('finds the first address of any network', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        const { aligned } = readNetwork(`${address}/${prefix}`);
        expect(readNetwork(aligned).aligned).toBe(aligned);
        expect(readNetwork(aligned).first).toBeLessThanOrEqual(readNetwork(`${address}/32`).first);
      }),
    );
  });
});

describe('Services', () => {
  it('take a private network outside of the VPC', () => {
    expect(problems(services('172.20.0.0/16'))).toEqual([]);
  });

  it.each([
    ['172.20.0.1/16', /^write 172\.20\.0\.0\/16$/],
    ['172.20.0.0/25', /such as 172\.20\.0\.0\/16/],
    ['100.64.0.0/16', /in 10\.0\.0\.0\/8/],
    ['10.0.128.0/20', /does not overlap/],
  ])('refuse %s', (cidr, remedy) => {
    expect(problems(services(cidr))).toEqual(one('cluster.serviceIpv4Cidr', cidr, remedy));
  });

  it('name every reason', () => {
    expect(problems(services('8.0.0.0/8'))).toHaveLength(2);
  });
});

describe('subnets of an existing VPC', () => {
  it('take networks of the VPC, or none where unknown', () => {
    expect(problems(subnets({ [A]: '10.0.0.0/20', [B]: '10.0.16.0/20' }, '10.0.0.0/16'))).toEqual([]);
    expect(problems(subnets({}))).toEqual([]);
  });

  it('must not overlap one another or lie outside of the VPC', () => {
    expect(problems(subnets({ [A]: '10.0.0.0/20', [B]: '10.0.8.0/21' }))).toEqual(
      one(`network.subnetCidrs.${B}`, '10.0.8.0/21', /does not overlap/),
    );
    expect(problems(subnets({ [A]: '10.1.0.0/20' }, '10.0.0.0/16'))).toEqual(
      one(`network.subnetCidrs.${A}`, '10.1.0.0/20', /subnet's own network/),
    );
  });

  it('must not overlap the Services', () => {
    expect(problems({ ...subnets({ [A]: '172.20.0.0/20' }), ...services('172.20.0.0/16') })).toEqual(
      one('cluster.serviceIpv4Cidr', '172.20.0.0/16', /does not overlap/),
    );
  });
});

it('holds networks of the public endpoint to their first address', () => {
  const endpoint = { publicAccess: true, publicAccessCidrs: ['203.0.113.7/24'] };
  expect(problems({ cluster: { kind: 'new', endpoint } })).toEqual(
    one('cluster.endpoint.publicAccessCidrs.0', '203.0.113.7/24', /^write 203\.0\.113\.0\/24$/),
  );
});
