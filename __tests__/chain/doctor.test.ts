import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CreateTagsCommand, DeleteTagsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DeleteListenerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  DeregisterTargetsCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyVersionCommand,
  DeleteOpenIDConnectProviderCommand,
  DeletePolicyVersionCommand,
  DetachRolePolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadEnvironments, type AwsEnvironment } from '../../config';
import { AFTER_APPLY } from '../../tools/doctor/checks';
import { diagnose, type Diagnosis } from '../../tools/doctor/diagnosis';
import { Look, type Wanted } from '../../tools/doctor/look';
import { awsClientSettings } from '../../tools/kit/aws';
import { sleep } from '../../tools/kit/process';
import { verify } from '../../tools/preview/verify';
import { whenHealthy } from '../../tools/sandbox/routes';
import { Sandbox } from '../../tools/sandbox/sandbox';
import { kubernetesChecks } from '../../tools/upgrade/kubernetes-checks';
import { UpgradeLook } from '../../tools/upgrade/look';
import { whyNoChain } from './environment';
import { kubernetesOf, type AskKubernetes, type Json } from './kubernetes';

const NAME = 'aws-load-balancer-controller';
const APPS = '/apis/apps/v1/namespaces';
const CONTROLLER = `${APPS}/kube-system/deployments/${NAME}`;
const ACCOUNT = `/api/v1/namespaces/kube-system/serviceaccounts/${NAME}`;
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
const INGRESS = '/apis/networking.k8s.io/v1/namespaces/shop/ingresses/services';

type Undo = () => Promise<unknown>;
interface Break {
  readonly what: string;
  /** Id of the check that names it. */
  readonly check: string;
  /** Breaks it, and answers how it is mended. */
  readonly inject: () => Promise<Undo>;
}

const sandbox = new Sandbox(() => undefined);
const why = whyNoChain(process.env);
if (why !== undefined) process.stdout.write(`skipped: ${why}\n`);
const whole = why === undefined ? describe : describe.skip;

let environment: AwsEnvironment;
let wanted: Wanted;
let connectTo: string[] = [];
let kube: AskKubernetes;
let clusterFolder: string;
let clients: { ec2: EC2Client; iam: IAMClient; elb: ElasticLoadBalancingV2Client };

const patch = (path: string, change: unknown) => kube('PATCH', path, change);

/** Deletes an object, and makes it again as it was. */
async function without(path: string): Promise<Undo> {
  const object = await kube('GET', path);
  const { name, namespace, labels, annotations } = object.metadata as Json;
  await kube('DELETE', path);
  const metadata = { name, namespace, labels, annotations };
  return () => kube('POST', path.slice(0, path.lastIndexOf('/')), { ...object, metadata });
}

/** Changes an object, and puts the field back. */
async function changed(path: string, change: unknown, back: unknown): Promise<Undo> {
  await patch(path, change);
  return () => patch(path, back);
}

async function diagnosis(all = false): Promise<Diagnosis> {
  const look = new Look(environment, new Date().toISOString().slice(0, 10), connectTo);
  // The same in each: only what is there is looked at anew.
  look.wanted = () => Promise.resolve(wanted);
  return diagnose(look, AFTER_APPLY, { all, done: () => undefined });
}

const broken = ({ results }: Diagnosis) =>
  results.filter(({ state }) => state === 'broken').map(({ id }) => id);

/** Looks until it comes out so, as a cluster settles after what was done to it. */
async function until(ids: readonly string[]): Promise<Diagnosis> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const now = await diagnosis();
    if (JSON.stringify(broken(now)) === JSON.stringify(ids) || Date.now() > deadline) return now;
    await sleep(1000);
  }
}

const daemonSet = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name, namespace: 'kube-system' },
  spec: workload(name),
});
const workload = (name: string) => ({
  selector: { matchLabels: { 'k8s-app': name } },
  template: {
    metadata: { labels: { 'k8s-app': name } },
    spec: { containers: [{ name, image: 'registry.k8s.io/pause:3.10' }] },
  },
});

async function policy() {
  const { iam } = clients;
  const RoleName = `eks-ingress-sandbox-${NAME}`;
  const { AttachedPolicies: [found] = [] } = await iam.send(
    new ListAttachedRolePoliciesCommand({ RoleName }),
  );
  const PolicyArn = found?.PolicyArn ?? '';
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  const text = decodeURIComponent(PolicyVersion?.Document ?? '');
  return { RoleName, PolicyArn, document: JSON.parse(text) as { Statement: Json[] } };
}

async function withPolicy(change: (statements: Json[]) => Json[]): Promise<Undo> {
  const { iam } = clients;
  const { PolicyArn, document } = await policy();
  const PolicyDocument = JSON.stringify({ ...document, Statement: change(document.Statement) });
  const made = await iam.send(
    new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }),
  );
  return async () => {
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn,
        PolicyDocument: JSON.stringify(document),
        SetAsDefault: true,
      }),
    );
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: made.PolicyVersion?.VersionId }));
  };
}

/** Another role, or none, on the controller's ServiceAccount. */
async function withRole(role: string | null) {
  const { metadata } = (await kube('GET', ACCOUNT)) as { metadata: { annotations: Record<string, string> } };
  const key = 'eks.amazonaws.com/role-arn';
  return changed(
    ACCOUNT,
    { metadata: { annotations: { [key]: role } } },
    { metadata: { annotations: { [key]: metadata.annotations[key] } } },
  );
}

async function withTrust(change: (text: string) => string): Promise<Undo> {
  const { iam } = clients;
  const RoleName = `eks-ingress-sandbox-${NAME}`;
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  const write = (PolicyDocument: string) =>
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
  await write(change(before));
  return () => write(before);
}

async function provider() {
  const { OpenIDConnectProviderList = [] } = await clients.iam.send(
    new ListOpenIDConnectProvidersCommand({}),
  );
  return OpenIDConnectProviderList[0]?.Arn ?? '';
}

async function withProvider(audiences?: string[]): Promise<Undo> {
  const { iam } = clients;
  const arn = await provider();
  const url = `https://${arn.split('oidc-provider/')[1] ?? ''}`;
  const remove = () => iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
  const make = (ClientIDList: string[]) =>
    iam.send(
      new CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList, ThumbprintList: ['a'.repeat(40)] }),
    );
  await remove();
  if (audiences) await make(audiences);
  return async () => {
    if (audiences) await remove();
    await make(['sts.amazonaws.com']);
  };
}

async function subnetTags(key: string, others: { Key: string; Value: string }[] = []): Promise<Undo> {
  const { ec2 } = clients;
  const { Subnets = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'tag-key', Values: [key] }] }),
  );
  const Resources = Subnets.map(({ SubnetId = '' }) => SubnetId);
  const value = Subnets[0]?.Tags?.find(({ Key }) => Key === key)?.Value ?? '';
  await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: key }] }));
  if (others.length > 0) await ec2.send(new CreateTagsCommand({ Resources, Tags: others }));
  return async () => {
    if (others.length > 0)
      await ec2.send(new DeleteTagsCommand({ Resources, Tags: others.map(({ Key }) => ({ Key })) }));
    await ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: key, Value: value }] }));
  };
}

async function balancer() {
  const { elb } = clients;
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const arn = LoadBalancers.find(({ LoadBalancerName = '' }) =>
    LoadBalancerName.includes('shop'),
  )?.LoadBalancerArn;
  const { Listeners: [listener] = [] } = await elb.send(
    new DescribeListenersCommand({ LoadBalancerArn: arn }),
  );
  const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn: listener?.ListenerArn }));
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn: arn }));
  return { listener, rules: Rules.filter(({ IsDefault }) => !IsDefault), groups: TargetGroups };
}

/** The controller puts it back once it looks at the Ingress again. */
const reconcile: Undo = () => patch(INGRESS, { metadata: { annotations: { looked: String(Date.now()) } } });

/** A controller that begins anew tells again: after 25 events of one object it keeps the next ones back. */
async function restartController(): Promise<void> {
  const selector = encodeURIComponent(`app.kubernetes.io/name=${NAME}`);
  await kube('DELETE', `/api/v1/namespaces/kube-system/pods?labelSelector=${selector}`);
  await until([]);
}

const annotate =
  (key: string, value: string): Break['inject'] =>
  async () => {
    await restartController();
    const { metadata } = (await kube('GET', INGRESS)) as {
      metadata: { annotations?: Record<string, string> };
    };
    const before = metadata.annotations?.[`alb.ingress.kubernetes.io/${key}`] ?? null;
    return changed(
      INGRESS,
      { metadata: { annotations: { [`alb.ingress.kubernetes.io/${key}`]: value } } },
      { metadata: { annotations: { [`alb.ingress.kubernetes.io/${key}`]: before } } },
    );
  };

async function configurationWithout(kind: string): Promise<Undo> {
  return without(`${ADMISSION}/${kind}webhookconfigurations/aws-load-balancer-webhook`);
}

const BREAKS: readonly Break[] = [
  {
    what: 'no node is of a node group',
    check: 'nodes-joined',
    inject: async () => {
      const { items } = (await kube('GET', '/api/v1/nodes')) as {
        items: { metadata: { name: string; labels: Record<string, string> } }[];
      };
      const label = 'eks.amazonaws.com/nodegroup';
      const set = (of: (labels: Record<string, string>) => string | null | undefined) =>
        Promise.all(
          items.map(({ metadata: { name, labels } }) =>
            patch(`/api/v1/nodes/${name}`, { metadata: { labels: { [label]: of(labels) } } }),
          ),
        );
      await set(() => null);
      return () => set((labels) => labels[label]);
    },
  },
  {
    what: 'CoreDNS has no pod',
    check: 'coredns',
    inject: () =>
      changed(
        `${APPS}/kube-system/deployments/coredns`,
        { spec: { replicas: 0 } },
        { spec: { replicas: 1 } },
      ),
  },
  ...['aws-node', 'kube-proxy'].map((name) => ({
    what: `${name} does not start`,
    check: 'node-network',
    inject: () =>
      changed(
        `${APPS}/kube-system/daemonsets/${name}`,
        { spec: { template: { spec: { schedulerName: 'nobody', nodeSelector: null } } } },
        { spec: { template: { spec: { schedulerName: null } } } },
      ),
  })),
  { what: 'the OIDC provider is gone', check: 'oidc-provider', inject: () => withProvider() },
  {
    what: 'the OIDC provider has another audience',
    check: 'oidc-provider',
    inject: () => withProvider(['other']),
  },
  {
    what: 'the trust names another ServiceAccount',
    check: 'controller-trust',
    inject: () => withTrust((text) => text.replaceAll(`kube-system:${NAME}`, 'kube-system:other')),
  },
  {
    what: 'the trust names another namespace',
    check: 'controller-trust',
    inject: () =>
      withTrust((text) => text.replaceAll('serviceaccount:kube-system', 'serviceaccount:default')),
  },
  {
    what: 'the trust names another issuer',
    check: 'controller-trust',
    inject: () => withTrust((text) => text.replaceAll(/\/id\/\w+/g, '/id/OLD')),
  },
  {
    what: 'the trust has another audience',
    check: 'controller-trust',
    inject: () => withTrust((text) => text.replaceAll('"sts.amazonaws.com"', '"other"')),
  },
  {
    what: 'the ServiceAccount names no role',
    check: 'service-account',
    inject: () => withRole(null),
  },
  {
    what: 'the ServiceAccount names another role',
    check: 'service-account',
    inject: () => withRole('arn:aws:iam::111122223333:role/other'),
  },
  {
    what: 'a pod gets its role by the way before',
    check: 'running-identity',
    inject: async () => {
      const { items } = (await kube(
        'GET',
        `/api/v1/namespaces/kube-system/pods?labelSelector=app.kubernetes.io%2Fname%3D${NAME}`,
      )) as { items: { metadata: { name: string } }[] };
      const path = `/api/v1/namespaces/kube-system/pods/${items[0]?.metadata.name ?? ''}`;
      const set = (way: string) => ({ metadata: { annotations: { 'eks-ingress/pod-identity': way } } });
      return changed(path, set('pod-identity'), set('irsa'));
    },
  },
  {
    what: 'a statement of the policy is gone',
    check: 'controller-policy',
    inject: () => withPolicy(([, ...rest]) => rest),
  },
  {
    what: 'an action of the policy is gone',
    check: 'controller-policy',
    inject: () =>
      withPolicy(
        (statements) =>
          JSON.parse(
            JSON.stringify(statements).replace('"elasticloadbalancing:DescribeTags",', ''),
          ) as Json[],
      ),
  },
  {
    what: 'a condition of the policy is another',
    check: 'controller-policy',
    inject: () =>
      withPolicy(
        (statements) =>
          JSON.parse(JSON.stringify(statements).replace('"CreateSecurityGroup"', '"RunInstances"')) as Json[],
      ),
  },
  {
    what: 'the policy is not attached',
    check: 'controller-policy',
    inject: async () => {
      const { PolicyArn, RoleName } = await policy();
      await clients.iam.send(new DetachRolePolicyCommand({ PolicyArn, RoleName }));
      return () => clients.iam.send(new AttachRolePolicyCommand({ PolicyArn, RoleName }));
    },
  },
  ...['targetgroupbindings.elbv2.k8s.aws', 'ingressclassparams.elbv2.k8s.aws'].map((name) => ({
    what: `definition ${name} is older`,
    check: 'controller-crds',
    inject: async () => {
      const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
      interface Crd {
        readonly spec: {
          readonly versions: {
            readonly schema: { readonly openAPIV3Schema: { readonly properties: Json } };
          }[];
        };
      }
      const { spec } = (await kube('GET', path)) as unknown as Crd;
      const older = structuredClone(spec.versions);
      const last = older.at(-1)?.schema.openAPIV3Schema.properties.spec as { properties: Json };
      last.properties = Object.fromEntries(Object.entries(last.properties).slice(0, -1));
      return changed(path, { spec: { versions: older } }, { spec: { versions: spec.versions } });
    },
  })),
  ...['failed', 'pending-upgrade'].map((status) => ({
    what: `the Helm release is ${status}`,
    check: 'helm-release',
    inject: () => helmRelease((release) => ({ ...release, info: { ...(release.info as Json), status } })),
  })),
  {
    what: 'the chart is another',
    check: 'helm-release',
    inject: () =>
      helmRelease((release) => {
        const chart = release.chart as { metadata: Json };
        return { ...release, chart: { ...chart, metadata: { ...chart.metadata, version: '1.13.0' } } };
      }),
  },
  {
    what: 'the controller has no pod',
    check: 'controller-ready',
    inject: () => changed(CONTROLLER, { spec: { replicas: 0 } }, { spec: { replicas: 2 } }),
  },
  {
    what: 'the controller has one pod',
    check: 'controller-ready',
    inject: () => changed(CONTROLLER, { spec: { replicas: 1 } }, { spec: { replicas: 2 } }),
  },
  {
    what: 'the Service of the webhooks finds no pod',
    check: 'webhook-endpoints',
    inject: async () => {
      const path = '/api/v1/namespaces/kube-system/services/aws-load-balancer-webhook-service';
      const set = (name: string) => ({ spec: { selector: { 'app.kubernetes.io/name': name } } });
      return changed(path, set('other'), set(NAME));
    },
  },
  ...['mutating', 'validating'].map((kind) => ({
    what: `there is no ${kind} webhook`,
    check: 'webhook-endpoints',
    inject: () => configurationWithout(kind),
  })),
  {
    what: 'the API server trusts another authority',
    check: 'webhook-certificate',
    inject: async () => {
      const path = `${ADMISSION}/validatingwebhookconfigurations/aws-load-balancer-webhook`;
      const { webhooks } = (await kube('GET', path)) as { webhooks: { clientConfig: Json }[] };
      const caBundle = readFileSync(join(clusterFolder, 'ca.crt')).toString('base64');
      const other = webhooks.map((each) => ({ ...each, clientConfig: { ...each.clientConfig, caBundle } }));
      return changed(path, { webhooks: other }, { webhooks });
    },
  },
  { what: 'subnets lost their role', check: 'subnets', inject: () => subnetTags('kubernetes.io/role/elb') },
  {
    what: 'subnets are tagged for another cluster',
    check: 'subnets',
    inject: () =>
      subnetTags('kubernetes.io/cluster/eks-ingress-sandbox', [
        { Key: 'kubernetes.io/cluster/other', Value: 'shared' },
      ]),
  },
  {
    what: 'the port of a Service has another name and number',
    check: 'backends',
    inject: () => changedService((ports) => ports.map((port) => ({ ...port, port: 81, name: 'other' }))),
  },
  {
    what: 'a Service is gone',
    check: 'backends',
    inject: () => without('/api/v1/namespaces/shop/services/product-service'),
  },
  {
    what: 'a service has no pod',
    check: 'backends',
    inject: () =>
      changed(
        `${APPS}/shop/deployments/product-service`,
        { spec: { replicas: 0 } },
        { spec: { replicas: 2 } },
      ),
  },
  {
    what: 'an annotation holds no JSON',
    check: 'reconciled',
    inject: annotate('listen-ports', '[{"HTTP": 80'),
  },
  {
    what: 'a tag has no value',
    check: 'reconciled',
    inject: annotate('tags', 'no pair'),
  },
  {
    what: 'a listener was deleted by hand',
    check: 'as-previewed',
    inject: async () => {
      const { listener } = await balancer();
      await clients.elb.send(new DeleteListenerCommand({ ListenerArn: listener?.ListenerArn }));
      return reconcile;
    },
  },
  {
    what: 'a health check was changed by hand',
    check: 'as-previewed',
    inject: async () => {
      const { groups } = await balancer();
      const TargetGroupArn = groups[0]?.TargetGroupArn;
      const set = (HealthCheckPath = '/') =>
        clients.elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath }));
      await set('/elsewhere');
      return () => set(groups[0]?.HealthCheckPath);
    },
  },
  {
    what: 'a target was taken away',
    check: 'targets',
    inject: async () => {
      const { groups } = await balancer();
      const TargetGroupArn = groups[0]?.TargetGroupArn;
      const { TargetHealthDescriptions = [] } = await clients.elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn }),
      );
      const Targets = TargetHealthDescriptions.flatMap(({ Target = [] }) => Target);
      await clients.elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
      return () => clients.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    },
  },
  {
    what: 'a target is unhealthy',
    check: 'targets',
    inject: async () => {
      const { groups } = await balancer();
      const TargetGroupArn = groups[0]?.TargetGroupArn;
      const Targets = [{ Id: '10.0.250.250', Port: 8080 }];
      await clients.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
      return () => clients.elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    },
  },
];

async function changedService(change: (ports: Json[]) => Json[]): Promise<Undo> {
  const path = '/api/v1/namespaces/shop/services/product-service';
  const { spec } = (await kube('GET', path)) as { spec: { ports: Json[] } };
  return changed(path, { spec: { ports: change(spec.ports) } }, { spec: { ports: spec.ports } });
}

async function helmRelease(change: (release: Json) => Json): Promise<Undo> {
  const { gunzipSync, gzipSync } = await import('node:zlib');
  const path = `/api/v1/namespaces/kube-system/secrets/sh.helm.release.v1.${NAME}.v1`;
  const { data } = (await kube('GET', path)) as { data: { release: string } };
  const packed = Buffer.from(Buffer.from(data.release, 'base64').toString(), 'base64');
  const release = change(JSON.parse(gunzipSync(packed).toString()) as Json);
  const text = gzipSync(JSON.stringify(release)).toString('base64');
  return changed(path, { data: { release: Buffer.from(text).toString('base64') } }, { data });
}

whole('the doctor on the whole chain', () => {
  const before = { ...process.env };

  beforeAll(async () => {
    await sandbox.down();
    await sandbox.up();
    await sandbox.deploy();
    Object.assign(process.env, sandbox.environment());
    const state = await whenHealthy(() => sandbox.state());
    const file = state.Clusters[0]?.Kubeconfig ?? '';
    clusterFolder = dirname(file);
    kube = kubernetesOf(file);
    connectTo = state.LoadBalancers.flatMap(({ DNSName, Listeners }) =>
      Listeners.map(({ Port, LocalPort }) => `${DNSName}:${Port}:127.0.0.1:${LocalPort ?? 0}`),
    );
    const [parsed] = await loadEnvironments('sandbox', new Date().toISOString().slice(0, 10));
    if (parsed?.environment.kind !== 'aws') throw new Error('sandbox is no environment on AWS');
    ({ environment } = parsed);
    wanted = await new Look(environment, '2026-01-01').wanted();
    const settings = awsClientSettings(environment.region);
    clients = {
      ec2: new EC2Client(settings),
      iam: new IAMClient(settings),
      elb: new ElasticLoadBalancingV2Client(settings),
    };
    // What EKS runs of its add-ons, which the emulated one doesn't.
    const addons = `${APPS}/kube-system`;
    for (const name of ['aws-node', 'kube-proxy'])
      await kube('POST', `${addons}/daemonsets`, daemonSet(name)).catch((error: unknown) => {
        if (!String(error).includes('AlreadyExists')) throw error;
      });
    await kube('POST', `${addons}/deployments`, { ...daemonSet('coredns'), kind: 'Deployment' }).catch(
      (error: unknown) => {
        if (!String(error).includes('AlreadyExists')) throw error;
      },
    );
  });
  afterAll(async () => {
    process.env = before;
    await sandbox.down();
  });

  it('finds nothing where nothing is broken, and says what it could not judge', async () => {
    expect(broken(await until([]))).toEqual([]);
    const { results } = await diagnosis(true);
    const open = results.filter(({ state }) => state === 'not judged');
    expect(open.map(({ id }) => id)).toEqual(['running-identity', 'controller-log', 'dns']);
    expect(open.map(({ reason }) => reason)).not.toContain('');
  });

  it('has what the preview verifies', async () => {
    const [first, ...more] = wanted.preview.LoadBalancers;
    if (first === undefined) throw new Error('nothing is previewed');
    const { Deviations, Compared } = await verify(environment.name, [first, ...more]);
    expect(Deviations).toEqual([]);
    expect(Compared).toBeGreaterThan(50);
    const other = { ...first, Scheme: 'internal' as const, Listeners: [] };
    expect((await verify(environment.name, [other, ...more])).Deviations).toEqual([
      { Path: `${first.Id} Scheme`, Previewed: '"internal"', Made: '"internet-facing"' },
      expect.objectContaining({ Path: `${first.Id} Listeners`, Previewed: '[]' }),
    ]);
  });

  it.each(BREAKS)('names it first if $what', async ({ check, inject }) => {
    const undo = await inject();
    let found: Diagnosis;
    try {
      found = await until([check]);
    } finally {
      await undo();
    }
    expect(broken(found)).toEqual([check]);
    expect(broken(await until([]))).toEqual([]);
  });

  it('an upgrade is held up by a budget that lets no pod go, and knows who asks for deprecated APIs', async () => {
    const look = () => new UpgradeLook(environment, new Date().toISOString().slice(0, 10));
    const seen = async (id: string) => {
      const checks = kubernetesChecks(look(), { from: '1.36', to: '1.37', wanted: {} });
      const one = checks.filter((check) => check.id === id);
      const { results } = await diagnose(look(), one, { all: true, done: () => undefined });
      return results[0];
    };
    const path = '/apis/policy/v1/namespaces/shop/poddisruptionbudgets';
    const spec = {
      maxUnavailable: 0,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'user-service' } },
    };
    expect(await seen('disruption-budgets')).toMatchObject({ state: 'holds' });
    await kube('POST', path, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'tight' },
      spec,
    });
    try {
      let result = await seen('disruption-budgets');
      for (let tries = 0; tries < 20 && result?.state !== 'broken'; tries += 1) {
        await sleep(500);
        result = await seen('disruption-budgets');
      }
      expect(result?.findings).toMatchObject([{ what: 'PodDisruptionBudget shop/tight lets no pod go' }]);
    } finally {
      await kube('DELETE', `${path}/tight`);
    }
    await kube('GET', '/api/v1/namespaces/shop/endpoints');
    expect(await seen('deprecated-apis')).toMatchObject({
      state: 'holds',
      findings: [expect.objectContaining({ what: expect.stringContaining('v1/endpoints is asked for') })],
    });
    expect(await seen('node-skew')).toMatchObject({ state: 'holds' });
  });
});
