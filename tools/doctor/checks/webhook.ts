import { X509Certificate } from 'node:crypto';
import { type DoctorCheck, type DoctorFinding } from '../check';
import { type ClusterObject } from '../../kit/cluster-api';
import { wantedController } from '../controller';
import { type Look } from '../look';

interface WebhookConfiguration extends ClusterObject {
  readonly webhooks?: readonly {
    readonly name: string;
    readonly clientConfig: {
      readonly caBundle?: string;
      readonly service?: { readonly namespace: string; readonly name: string };
    };
  }[];
}
interface EndpointSlice extends ClusterObject {
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null;
}
interface Secret extends ClusterObject {
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
}

const KINDS = ['mutating', 'validating'] as const;
const DAY_MS = 86_400_000;

/** The webhooks of the controller, of both kinds. */
async function webhooksOf(look: Look) {
  const lists = await Promise.all(
    KINDS.map((kind) =>
      look.list<WebhookConfiguration>(`/apis/admissionregistration.k8s.io/v1/${kind}webhookconfigurations`),
    ),
  );
  return lists.flatMap((list, index) =>
    list.flatMap(({ webhooks = [] }) =>
      webhooks
        .filter(({ name }) => name.endsWith('.elbv2.k8s.aws'))
        .map(({ name, clientConfig }) => ({ kind: KINDS[index] ?? '', name, ...clientConfig })),
    ),
  );
}

const restart = (namespace: string, name: string) =>
  `kubectl -n ${namespace} rollout restart deployment ${name}`;

export const webhookEndpoints: DoctorCheck = {
  id: 'webhook-endpoints',
  title: "The controller's webhooks are registered, and a pod is behind them",
  needs: ['Kubernetes'],
  explain:
    'The API server asks them about every Ingress and Service, and refuses what nobody answers for. Their Service was deleted, or its selector finds no ready pod.',
  run: async (look) => {
    const { namespace, name } = await wantedController(look);
    const webhooks = await webhooksOf(look);
    const deploy = `npm run deploy -- ${look.environment.name}-addons`;
    const missing = KINDS.filter((kind) => !webhooks.some((webhook) => webhook.kind === kind));
    if (missing.length > 0)
      return missing.map((kind) => ({
        what: `The controller has no ${kind} webhook: pods get no readiness gate, wrong objects are not refused`,
        seen: `no ${kind} webhook's name ends with .elbv2.k8s.aws`,
        remedy: deploy,
      }));
    const services = [
      ...new Set(
        webhooks.flatMap(({ service }) => (service ? [`${service.namespace}/${service.name}`] : [])),
      ),
    ];
    const findings: DoctorFinding[] = [];
    for (const service of services) {
      const [at = '', called = ''] = service.split('/');
      const slices = await look.list<EndpointSlice>(
        `/apis/discovery.k8s.io/v1/namespaces/${at}/endpointslices?labelSelector=${encodeURIComponent(`kubernetes.io/service-name=${called}`)}`,
      );
      const ready = slices
        .flatMap(({ endpoints }) => endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready);
      if (ready.length === 0)
        findings.push({
          what: `Nobody is behind Service ${service}: every Service and Ingress that is made or changed is refused`,
          seen: 'its EndpointSlices have no ready endpoint',
          remedy: `${restart(namespace, name)}; if the Service is gone or changed: ${deploy}`,
          issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2289',
        });
    }
    return findings;
  },
};

export const webhookCertificate: DoctorCheck = {
  id: 'webhook-certificate',
  title: "The webhooks' certificate is valid, and the one that the API server trusts",
  needs: ['Kubernetes'],
  explain:
    'An upgrade without keepTLSSecret made a new certificate under pods that serve the old one, or cert-manager has not renewed it.',
  run: async (look) => {
    const { namespace, name } = await wantedController(look);
    const secret = (await look.list<Secret>(`/api/v1/namespaces/${namespace}/secrets`)).find(
      ({ type, metadata }) =>
        type === 'kubernetes.io/tls' && metadata.labels?.['app.kubernetes.io/name'] === name,
    );
    const deploy = `npm run deploy -- ${look.environment.name}-addons, then ${restart(namespace, name)}`;
    if (!secret?.data?.['tls.crt'])
      return [
        {
          what: "There is no Secret with the webhooks' certificate",
          seen: `no Secret of type kubernetes.io/tls in ${namespace} is ${name}'s`,
          remedy: deploy,
        },
      ];
    const certificate = new X509Certificate(Buffer.from(secret.data['tls.crt'], 'base64'));
    if (Date.parse(certificate.validTo) < Date.parse(look.today) + DAY_MS)
      return [
        {
          what: `The webhooks' certificate ended on ${certificate.validTo}`,
          seen: `Secret ${namespace}/${secret.metadata.name}`,
          remedy: `kubectl -n ${namespace} delete secret ${secret.metadata.name}, then ${deploy}`,
        },
      ];
    const distrusted = (await webhooksOf(look)).filter(
      ({ caBundle = '' }) => !isIssuedBy(certificate, caBundle),
    );
    if (distrusted.length === 0) return [];
    return [
      {
        what: `The API server does not trust the certificate of ${distrusted.length} webhooks`,
        seen: `caBundle of ${distrusted.map(({ name: webhook }) => webhook).join(', ')} did not issue Secret ${namespace}/${secret.metadata.name}`,
        remedy: deploy,
        issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1909',
      },
    ];
  },
};

function isIssuedBy(certificate: X509Certificate, bundle: string): boolean {
  try {
    const authority = new X509Certificate(Buffer.from(bundle, 'base64'));
    return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  } catch {
    return false;
  }
}
