import { cidrContains } from '../../modules/network/cidr';
import { readNetwork as parse } from '../ipv4';
import { ownCluster, type Finding, type EnvironmentRule } from './rule';

/** No one's own network is larger. */
const SHORTEST_PREFIX = 8;
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(parse);

/** The API server can be reached, and in public only by those who should. */
export const endpointRule: EnvironmentRule = function* (environment) {
  const cluster = ownCluster(environment);
  const settings = cluster?.endpoint;
  if (!settings) return;
  const { publicAccess, privateAccess, publicAccessCidrs: cidrs } = settings;
  const path = 'cluster.endpoint';
  const findings: Finding[] = [];
  if (!publicAccess && !privateAccess) {
    findings.push({
      path,
      value: settings,
      reason: 'neither public nor private: no one could reach the API server',
      remedy: 'write privateAccess: true, or publicAccess: true with publicAccessCidrs',
    });
  }
  if (publicAccess && cidrs.length === 0) {
    findings.push({
      path: `${path}.publicAccessCidrs`,
      value: cidrs,
      reason: 'with publicAccess and no networks AWS opens the endpoint to the whole Internet',
      remedy: "write the networks that may reach it, such as ['203.0.113.0/24']",
    });
  }
  // What runs on agents of HCP Terraform runs where the agents are; its own workers are a rule of credentials.
  if (!publicAccess && privateAccess && !cluster.adminHost && environment.backend.type !== 'hcp') {
    findings.push({
      path: `${path}.publicAccess`,
      value: publicAccess,
      reason:
        'the API server answers inside the VPC only: from a machine or a runner outside of it, stacks addons and workloads end in i/o timeout',
      remedy:
        'write publicAccess: true with your networks in publicAccessCidrs, or adminHost: {} and its tunnel; leave it so where Terraform runs inside the VPC or behind a VPN',
      warning: true,
    });
  }
  if (!publicAccess && cidrs.length > 0) {
    findings.push({
      path: `${path}.publicAccessCidrs`,
      value: cidrs,
      reason: 'the public endpoint is off, so they have no effect',
      remedy: 'write publicAccess: true, or remove them',
    });
  }
  if (publicAccess)
    findings.push(
      ...cidrs.flatMap((cidr, index) => [
        ...open(cidr, index, environment.production),
        ...privateAddresses(cidr, index),
      ]),
    );
  if (publicAccess && !privateAccess && !cidrs.includes('0.0.0.0/0')) {
    findings.push({
      path: `${path}.privateAccess`,
      value: privateAccess,
      reason:
        'nodes reach the API server from outside then, by the addresses of their NAT gateways, and publicAccessCidrs must have these',
      remedy: 'write privateAccess: true, unless it does',
      warning: true,
    });
  }
  yield* findings;
};

function* open(cidr: string, index: number, production: boolean): Iterable<Finding> {
  const { prefix } = parse(cidr);
  if (prefix >= SHORTEST_PREFIX) return;
  const share =
    prefix === 0 ? 'the whole Internet' : `a large part of the Internet (2^${32 - prefix} addresses)`;
  yield {
    path: `cluster.endpoint.publicAccessCidrs.${index}`,
    value: cidr,
    reason: `the API server is open to ${share}${production ? ', which production must not be' : ''}`,
    remedy: "write the networks that may reach it, such as '203.0.113.0/24', or publicAccess: false",
    ...(production ? {} : { warning: true }),
  };
}

function* privateAddresses(cidr: string, index: number): Iterable<Finding> {
  const network = parse(cidr);
  if (!PRIVATE.some((each) => cidrContains(each, network))) return;
  yield {
    path: `cluster.endpoint.publicAccessCidrs.${index}`,
    value: cidr,
    reason: 'private addresses (RFC 1918) never arrive from the Internet, and EKS refuses them here',
    remedy: 'write the public address that they leave from, such as 203.0.113.7/32, or privateAccess: true',
  };
}
