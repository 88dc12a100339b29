import { type Listener } from '@aws-sdk/client-elastic-load-balancing-v2';
import { lookup } from 'node:dns/promises';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { type DoctorCheck, type DoctorFinding, NotJudged } from '../check';
import { type Look } from '../look';
import { servedLoadBalancers } from '../objects';
import { READS } from './load-balancers';

/** URLs that the environment's Ingresses answer, with the load balancer's name. */
async function routes(look: Look) {
  const own = await servedLoadBalancers(look);
  return own
    .filter(
      ({ Type, Scheme, DNSName = '' }) =>
        Type === 'application' && (Scheme === 'internet-facing' || look.connectTo(DNSName) !== undefined),
    )
    .flatMap(({ DNSName = '', Listeners }) =>
      (Listeners as readonly LiveListener[]).flatMap(({ Port = 80, Protocol, Rules }) =>
        Rules.flatMap(({ Conditions, Actions }) => {
          const path = Conditions.find(({ PathPatternConfig }) => PathPatternConfig)?.PathPatternConfig
            ?.Values?.[0];
          const host = Conditions.find(({ HostHeaderConfig }) => HostHeaderConfig)?.HostHeaderConfig
            ?.Values?.[0];
          const others = Conditions.some(
            ({ PathPatternConfig, HostHeaderConfig }) => !PathPatternConfig && !HostHeaderConfig,
          );
          if (others || !Actions.some(({ Type }) => Type === 'forward')) return [];
          return [
            {
              name: DNSName,
              port: Port,
              secure: Protocol === 'HTTPS',
              path: (path ?? '/').replace(/[*?].*$/, ''),
              host: host ?? DNSName,
            },
          ];
        }),
      ),
    );
}

interface LiveListener extends Listener {
  readonly Rules: readonly LiveRule[];
}

interface LiveRule {
  readonly Conditions: readonly {
    readonly PathPatternConfig?: { readonly Values?: readonly string[] };
    readonly HostHeaderConfig?: { readonly Values?: readonly string[] };
  }[];
  readonly Actions: readonly { readonly Type: string }[];
}

export const namesResolve: DoctorCheck = {
  id: 'dns',
  title: "Names of the load balancers and of the environment's hosts lead to them",
  needs: READS,
  explain:
    'The record is missing or of an older load balancer, the zone is not delegated, or a resolver remembers.',
  run: async (look) => {
    const hosts = (look.environment.plan.dns?.aliases ?? []).flatMap((alias) => alias.hosts);
    const found = await routes(look);
    publicAws();
    const names = [...new Set([...found.map(({ name }) => name), ...hosts])];
    if (names.length === 0)
      throw new NotJudged('no load balancer is internet-facing, so none is looked up from here');
    const findings: DoctorFinding[] = [];
    for (const name of names) {
      try {
        await lookup(name);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? '';
        if (code !== 'ENOTFOUND') throw new NotJudged(`no resolver answers for ${name}: ${code}`);
        findings.push({
          what: `${name} has no address`,
          seen: `the resolver of this machine says ${code}`,
          remedy:
            'dns.zoneId and the record that the workloads stack makes; a new load balancer takes some minutes',
        });
      }
    }
    return findings;
  },
};

export const routesAnswer: DoctorCheck = {
  id: 'routes',
  title: 'Each route answers over HTTP',
  needs: READS,
  explain:
    '502: the pod closes the connection; 503: no target is registered; 504: no target answers in time.',
  run: async (look) => {
    const found = (await routes(look)).filter(({ host }) => !host.includes('*'));
    if (found.length === 0)
      throw new NotJudged('no route of an internet-facing load balancer can be asked for by path and host');
    const answers = await Promise.all(
      found.map(async (route) => ({ route, status: await statusOf(route, look) })),
    );
    return answers.flatMap(({ route: { host, path }, status }): DoctorFinding[] =>
      status < 500
        ? []
        : [
            {
              what: `${host}${path} is answered with ${status}`,
              seen: 'a GET from this machine',
              remedy: 'kubectl logs of the service; workloads.services[].port and healthCheck',
            },
          ],
    );
  },
};

function statusOf(
  { name, port, secure, path, host }: Awaited<ReturnType<typeof routes>>[number],
  look: Look,
): Promise<number> {
  const instead = look.connectTo(name, port);
  if (!instead) publicAws();
  return new Promise((resolve, reject) => {
    const options = {
      ...(instead ?? { host: name, port }),
      path,
      headers: { host },
      servername: host,
      timeout: 4000,
      agent: false,
    };
    // Whose certificate it is, is another check's; here only whether a pod answers.
    const asked = secure ? https({ ...options, rejectUnauthorized: false }) : http(options);
    asked.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer within 4 s')));
    asked.on('error', (error) => {
      reject(new NotJudged(`${name}:${port} can't be asked from here: ${error.message}`));
    });
    asked.end();
  });
}

/** @throws {NotJudged} where AWS is one of somebody's own, whose names no public resolver has */
function publicAws(): void {
  const { AWS_ENDPOINT_URL: endpoint } = process.env;
  if (endpoint)
    throw new NotJudged(
      `the names of load balancers at ${endpoint} (AWS_ENDPOINT_URL) are in no public DNS; --connect-to says where one answers`,
    );
}
