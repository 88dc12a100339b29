import { compareLoadBalancers } from '../../kit/load-balancers/comparison';
import { UNREAD } from '../../kit/load-balancers/made';
import { type DoctorCheck, type DoctorFinding, NotJudged } from '../check';
import { servedLoadBalancers, servedObjects } from '../objects';

const ELB = 'elasticloadbalancing:Describe';
/** What is asked of ELBv2. */
export const READS = ['LoadBalancers', 'Listeners', 'Rules', 'TargetGroups', 'TargetHealth', 'Tags'].map(
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

function shown(value: unknown): string {
  return value === undefined ? 'not there' : JSON.stringify(value);
}
