import { type AwsEnvironment } from '../environment';
import { hostsIn, plannedHostsOf } from '../plan/dns';
import { ownCluster, type Finding, type EnvironmentRule } from './rule';

/** Certificates of ACM have this many names, unless AWS has raised the quota. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const MOST_NAMES = 10;

/** Names lead to load balancers, and whoever makes them is there. */
export const dnsRule: EnvironmentRule = function* (environment) {
  const { dns: settings, plan } = environment;
  if (!settings) return;
  const { zone, records, certificate } = settings;
  yield* hosts(environment, zone);
  yield* externalDns(environment);
  if (certificate && (plan.dns?.certificateHosts.length ?? 0) > MOST_NAMES)
    yield {
      path: 'dns.certificate',
      value: plan.dns?.certificateHosts.length,
      reason: `a certificate of ACM has ${MOST_NAMES} names unless AWS has raised the quota of the account`,
      remedy: 'write fewer hosts, a host with a wildcard, or certificate: false and certificateArns',
      warning: true as const,
    };
  if (records === 'none' && !certificate)
    yield {
      path: 'dns',
      value: settings,
      reason: 'neither records nor a certificate are made of it',
      remedy: "write records: 'terraform' or certificate: true, or remove dns",
    };
};

function* hosts({ plan }: AwsEnvironment, zone: string): Iterable<Finding> {
  const all = [...new Set(plan.ingresses.flatMap(({ settings }) => plannedHostsOf(settings)))];
  const inside = hostsIn(zone, all);
  if (inside.length === 0) {
    yield {
      path: 'dns.zone',
      value: zone,
      reason: `no Ingress has a host in it${all.length > 0 ? ` (hosts are ${all.join(', ')})` : ''}, so there is nothing to name`,
      remedy: `write host: 'app.${zone}' at a service with paths, or another zone`,
    };
    return;
  }
  for (const host of all.filter((host) => !inside.includes(host))) {
    yield {
      path: 'dns.zone',
      value: zone,
      reason: `host ${host} is not in it, so neither a record nor a certificate is made for it`,
      remedy: 'make both yourself, or write a host in the zone',
      warning: true,
    };
  }
}

function* externalDns(environment: AwsEnvironment): Iterable<Finding> {
  const cluster = ownCluster(environment);
  const records = environment.dns?.records;
  const installed = cluster?.addons['external-dns'] !== undefined;
  if (cluster && records === 'external-dns' && !installed) {
    yield {
      path: 'dns.records',
      value: records,
      reason: 'the add-on is not installed, so nobody would make the records',
      remedy: "write cluster.addons.externalDns: {}, or records: 'terraform'",
    };
    return;
  }
  if (records !== 'terraform' || !installed) return;
  yield {
    path: 'dns.records',
    value: records,
    reason: 'the add-on external-dns makes records for the same hosts, and both would own them',
    remedy: "write 'external-dns', or cluster.addons.externalDns: false",
  };
}
