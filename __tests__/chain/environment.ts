import { join } from 'node:path';
import { parseEnvironment, type EnvironmentInput } from '../../config';
import { environment as sandbox } from '../../environments/sandbox';
import { addStacks } from '../../stacks';
import { synthesizedStacks, type StackFolder } from '../../tools/kit/project';
import { cachedPrograms, releasesOf, type WantedReleases } from '../../tools/sandbox/images';
import { cacheFolder, findPrograms, hasRelease, type FoundPrograms } from '../../tools/sandbox/programs';
import { writeStacks } from '../../tools/kit/synth-output';

type Workloads = NonNullable<EnvironmentInput['workloads']>;
export type ServiceInput = NonNullable<Workloads['services']>[number];

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000001';

const standIn = {
  image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
  args: ['serve-hostname', '--port=8080'],
};

/** A service of two pods behind a path. */
export const service = (name: string, path: string, more: Partial<ServiceInput> = {}): ServiceInput => ({
  ...standIn,
  name,
  replicas: 2,
  paths: [{ path }],
  ...more,
});

/** Services over HTTPS, a canary, a Network Load Balancer, and a target group that Terraform owns. */
export const first: EnvironmentInput = {
  ...sandbox,
  workloads: {
    namespace: 'shop',
    ingress: {
      certificateArns: [CERTIFICATE],
      listeners: [
        { port: 80, protocol: 'HTTP' },
        { port: 443, protocol: 'HTTPS' },
      ],
      sslRedirect: true,
      routes: [
        {
          path: '/canary',
          action: {
            type: 'forward',
            targetGroups: [
              { service: 'users', port: 80, weight: 50 },
              { service: 'products', port: 80, weight: 50 },
            ],
          },
        },
      ],
    },
    services: [
      service('users', '/api/users', {
        networkLoadBalancer: { scheme: 'internet-facing', ports: [{ port: 80 }] },
      }),
      service('products', '/api/products', {
        targetGroupBindings: [{ name: 'own', loadBalancer: { scheme: 'internet-facing' } }],
      }),
    ],
  },
};

/** The environment with other services. */
export function withServices(
  base: EnvironmentInput,
  change: (services: readonly ServiceInput[]) => readonly ServiceInput[],
): EnvironmentInput {
  return { ...base, workloads: { ...base.workloads, services: [...change(base.workloads?.services ?? [])] } };
}

/** Writes the stacks of an environment that no file has. */
export function writeEnvironment(
  input: EnvironmentInput,
  env: NodeJS.ProcessEnv,
  folder: string,
): readonly StackFolder[] {
  const providers = {
    aws: env.SANDBOX_AWS_PROVIDER || undefined,
    kubernetes: env.SANDBOX_KUBERNETES_PROVIDER || undefined,
    helm: env.SANDBOX_HELM_PROVIDER || undefined,
  };
  const isEarlier = input.loadBalancing?.type === 'controller' && input.loadBalancing.release !== undefined;
  const chartRepository =
    (isEarlier && env.SANDBOX_EARLIER_CHART_REPOSITORY) || env.SANDBOX_CHART_REPOSITORY || undefined;
  const given = {
    ...input,
    providers,
    loadBalancing: { ...input.loadBalancing, type: 'controller', chartRepository },
  };
  const { environment } = parseEnvironment(given, new Date().toISOString().slice(0, 10));
  writeStacks(
    folder,
    [
      {
        name: environment.name,
        addStacks: (app) => {
          addStacks(app, environment);
        },
      },
    ],
    env,
  );
  return synthesizedStacks(folder);
}

/** The releases from which a month begins, to be upgraded to those of environment sandbox. */
export const EARLIER: WantedReleases = { kubernetes: '1.35', controller: '2.17.1' };

export const NEXT_KUBERNETES = '1.36';

function programs(env: NodeJS.ProcessEnv): FoundPrograms {
  const { environment } = parseEnvironment(sandbox, new Date().toISOString().slice(0, 10));
  return findPrograms(env, cachedPrograms(join(cacheFolder(env), 'programs'), releasesOf(environment)));
}

/** Why the chain can't be had here; nothing when it can. */
export function whyNoChain(env: NodeJS.ProcessEnv): string | undefined {
  const { missing } = programs(env);
  return missing.length === 0
    ? undefined
    : `no Kubernetes control plane: ${missing.join(', ')} not found; SANDBOX_KUBERNETES names a folder that has them`;
}

/** Why the controller can't be upgraded here; nothing when it can. Where images are fetched, they have every release. */
export function whyNoControllerUpgrade(env: NodeJS.ProcessEnv): string | undefined {
  const { controller } = EARLIER;
  if (env.SANDBOX_KUBERNETES && !hasRelease(programs(env), 'aws-load-balancer-controller', controller)) {
    return `SANDBOX_KUBERNETES has no aws-load-balancer-controller-${controller}`;
  }
  return env.SANDBOX_CHART_REPOSITORY && !env.SANDBOX_EARLIER_CHART_REPOSITORY
    ? `SANDBOX_EARLIER_CHART_REPOSITORY names no folder with the chart of ${controller}`
    : undefined;
}

/** Why Kubernetes can't be upgraded here; nothing when it can. */
export function whyNoKubernetesUpgrade(env: NodeJS.ProcessEnv): string | undefined {
  const { kubernetes } = EARLIER;
  const found = programs(env);
  const has = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
  return env.SANDBOX_KUBERNETES &&
    !has.every((name) => [kubernetes, NEXT_KUBERNETES].some((release) => hasRelease(found, name, release)))
    ? `SANDBOX_KUBERNETES has the programs of one version of Kubernetes alone, and none named kube-apiserver-${NEXT_KUBERNETES}.<patch>`
    : undefined;
}
