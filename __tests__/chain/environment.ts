import { join } from 'node:path';
import { parseEnvironment, type EnvironmentInput } from '../../config';
import { environment as sandbox } from '../../environments/sandbox';
import { addStacks } from '../../stacks';
import { synthesizedStacks, type StackFolder } from '../../tools/kit/project';
import { cachedPrograms } from '../../tools/sandbox/images';
import { cacheFolder, findPrograms } from '../../tools/sandbox/programs';
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
  const chartRepository = env.SANDBOX_CHART_REPOSITORY || undefined;
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

/** Why the chain can't be had here; nothing when it can. */
export function whyNoChain(env: NodeJS.ProcessEnv): string | undefined {
  const cached = cachedPrograms(join(cacheFolder(env), 'programs'), {
    kubernetes: '1.35',
    controller: '3.5.0',
  });
  const { missing } = findPrograms(env, cached);
  return missing.length === 0
    ? undefined
    : `no Kubernetes control plane: ${missing.join(', ')} not found; SANDBOX_KUBERNETES names a folder that has them`;
}
