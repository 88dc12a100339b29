import { type Listener } from '@aws-sdk/client-elastic-load-balancing-v2';
import { lookup } from 'node:dns/promises';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { compareLoadBalancers } from '../../kit/load-balancers/comparison';
import { UNREAD } from '../../kit/load-balancers/made';
import { type DoctorCheck, type DoctorFinding, NotJudged } from '../check';
import { type Look } from '../look';
import { servedLoadBalancers, servedObjects } from '../objects';

const REASONS: Readonly<Record<string, string>> = {
  'Target.ResponseCodeMismatch':
    'the health check is answered by a status that it does not take (healthCheck.path, healthCheck.successCodes)',
  'Target.Timeout':
    'nobody answers the health check in time: a security group in between, or a port that nothing listens at',
  'Target.FailedHealthChecks':
    'nobody answers the health check: the port is closed, the pod is gone, or a security group is in between',
  'Target.NotRegistered': 'the target was taken away, and drains',
  'Target.NotInUse':
    'no listener forwards to the group, or the zone of the target is not one of the load balancer',
  'Target.DeregistrationInProgress': 'the target was taken away, and drains',
  'Target.InvalidState': 'the instance is stopped or ends',
  'Target.IpUnusable': 'the address is that of a load balancer',
  'Target.HealthCheckDisabled': 'the health check is off',
  'Elb.RegistrationInProgress': 'the target was just registered',
  'Elb.InitialHealthChecking': 'the first health checks run',
  'Elb.InternalError': 'an error inside Elastic Load Balancing',
};
const PASSING = [
  'Elb.RegistrationInProgress',
  'Elb.InitialHealthChecking',
  'Target.DeregistrationInProgress',
];
const ELB = 'elasticloadbalancing:Describe';
const READS = ['LoadBalancers', 'Listeners', 'Rules', 'TargetGroups', 'TargetHealth', 'Tags'].map(
  (each) => `${ELB}${each}`,
);

export const loadBalancersActive: DoctorCheck = {
  id: 'load-balancers',
  title: 'The load balancers that objects name are there and active',
  needs: READS,
  explain: 'Somebody deleted the load balancer; the controller makes it again when it looks next.',
  run: async (look) => {
    const { own } = await look.loadBalancers();
    const names = new Map(own.map(({ DNSName = '', State }) => [DNSName.toLowerCase(), State?.Code]));
    return (await servedObjects(look)).flatMap(({ kind, key, object }) =>
      (object.status?.loadBalancer?.ingress ?? []).flatMap(({ hostname = '' }): DoctorFinding[] => {
        // The frontend's name may be another load balancer's; both are the controller's.
        const state = names.get(hostname.toLowerCase());
        if (state === 'active' || state === 'active_impaired') return [];
        return [
          {
            what: `${kind} ${key} names load balancer ${hostname}, which is ${state ?? 'not there'}`,
            seen: 'elasticloadbalancing:DescribeLoadBalancers, of those with the tag of the cluster',
            remedy:
              state === undefined
                ? `kubectl -n ${object.metadata.namespace ?? ''} annotate ${kind.toLowerCase()} ${object.metadata.name} reconcile="$(date)" makes the controller look again`
                : 'wait: it is being made',
          },
        ];
      }),
    );
  },
};

export const asPreviewed: DoctorCheck = {
  id: 'as-previewed',
  title: 'Listeners, rules and target groups are as the preview shows them',
  needs: READS,
  explain:
    'Somebody changed the load balancer by hand, the environment was edited and not applied, or the controller is at an older state of the Ingress.',
  run: async (look) => {
    if (look.environment.loadBalancing.type === 'auto-mode')
      throw new NotJudged('what the controller of EKS Auto Mode makes is not previewed');
    const [{ preview }, { own }] = await Promise.all([look.wanted(), look.loadBalancers()]);
    const previewed = new Set(preview.LoadBalancers.map(({ Id }) => Id));
    // What others made in the cluster is theirs to say.
    const made = own.filter(({ Id }) => previewed.has(Id));
    return compareLoadBalancers(preview.LoadBalancers, made, UNREAD).deviations.map(
      ({ path, ...values }) => ({
        what: `${path} is ${shown(values.made)}, and should be ${shown(values.previewed)}`,
        seen: 'what ELBv2 answers, beside npm run preview',
        remedy: `npm run deploy -- ${look.environment.name}-workloads; what was changed by hand the controller puts back when it looks next`,
      }),
    );
  },
};

export const certificatesValid: DoctorCheck = {
  id: 'certificates',
  title: 'The certificates of the listeners are issued and valid',
  needs: ['acm:DescribeCertificate', ...READS],
  explain:
    'Its validation record was removed, so that ACM does not renew it, or it was imported and nobody imported the next.',
  run: async (look) => {
    const own = await servedLoadBalancers(look);
    const arns = own.flatMap(({ Listeners }) =>
      Listeners.flatMap(({ Certificates = [] }) =>
        Certificates.flatMap(({ CertificateArn: arn = [] }) => arn),
      ),
    );
    const findings: DoctorFinding[] = [];
    for (const arn of new Set(arns.filter((each) => each.includes(':acm:')))) {
      const certificate = await look.certificate(arn);
      const end = certificate?.NotAfter?.toISOString().slice(0, 10);
      if (certificate?.Status === 'ISSUED' && (end === undefined || end > look.today)) continue;
      findings.push({
        what: `Certificate ${arn} is ${certificate?.Status ?? 'not there'}${end === undefined ? '' : `, until ${end}`}`,
        seen: 'acm:DescribeCertificate',
        remedy:
          'workloads.ingress.certificateArns, or dns.certificate; the record that validates it has to stay',
      });
    }
    return findings;
  },
};

export const targetsHealthy: DoctorCheck = {
  id: 'targets',
  title: 'Each target group has a target, and all are healthy',
  needs: READS,
  explain: 'The pod does not answer the health check, or a security group is in between.',
  run: async (look) => {
    const own = await servedLoadBalancers(look);
    return own.flatMap(({ Id: balancer, TargetGroups }) =>
      TargetGroups.flatMap(({ Id, Targets, TargetType }): DoctorFinding[] => {
        if (TargetType === 'lambda' || TargetType === 'alb') return [];
        const settled = Targets.filter(({ TargetHealth }) => !PASSING.includes(TargetHealth?.Reason ?? ''));
        const sick = settled.filter(({ TargetHealth }) => TargetHealth?.State !== 'healthy');
        if (Targets.length > 0 && sick.length === 0) return [];
        const [{ TargetHealth } = {}] = sick;
        return [
          {
            what:
              Targets.length === 0
                ? `Target group ${Id} of ${balancer} has no target`
                : `${sick.length} of ${Targets.length} targets of ${Id} (${balancer}) are not healthy`,
            seen:
              sick
                .map(
                  ({ Target, TargetHealth: health }) =>
                    `${Target?.Id ?? ''}:${Target?.Port ?? ''} is ${health?.State ?? ''} (${health?.Reason ?? ''})`,
                )
                .join('; ') || 'elasticloadbalancing:DescribeTargetHealth',
            cause:
              REASONS[TargetHealth?.Reason ?? ''] ??
              'no pod is ready, or the controller could not register it',
            remedy: 'workloads.services[].healthCheck and port; kubectl get pods',
            issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1284',
          },
        ];
      }),
    );
  },
};

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

function shown(value: unknown): string {
  return value === undefined ? 'not there' : JSON.stringify(value);
}
