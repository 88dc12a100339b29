import { type z } from 'zod';
import {
  type AwsEnvironment,
  type Bootstrap,
  type Environment,
  type LocalEnvironment,
  type NewCluster,
  type PlannedNodeGroup,
} from './environment';
import { AMI_TYPES } from '../modules/cluster/ami-types';
import { planOf, type Decided } from './plan';
import { type BackendSettings } from './schema/backend';
import { stateBucket, workspaces } from './schema/bootstrap';
import { type NewClusterSettings } from './schema/cluster';
import { type ComputeSettings, nodeGroup, type NodeGroupSettings } from './schema/compute';
import { type awsEnvironment, type environmentSchema, type localEnvironment } from './schema/environment';
import { service, type ServiceSettings } from './schema/workloads';
import { resolveAddons } from './resolve-addons';
import { regions } from './tables';

/** Decides what the defaults left open because it depends on another field. */
export function resolve(parsed: z.output<typeof environmentSchema>): Environment {
  return parsed.kind === 'local' ? resolveLocal(parsed) : resolveAws(parsed);
}

function resolveLocal(parsed: z.output<typeof localEnvironment>): LocalEnvironment {
  const { workloads, project, providers } = parsed;
  return {
    ...parsed,
    providers: given(providers),
    workloads: { ...workloads, namespace: workloads.namespace ?? project },
  };
}

function resolveAws(parsed: z.output<typeof awsEnvironment>): AwsEnvironment {
  const production = parsed.production ?? /^prod(uction)?$/.test(parsed.name);
  const region = regions()[parsed.region];
  const partition = region?.partition ?? 'aws';
  const hardening = parsed.hardening ?? production;
  const bootstrap = resolveBootstrap(parsed);
  const decided: Decided = {
    ...parsed,
    bootstrap,
    backend: resolveBackend(parsed, bootstrap, partition),
    kind: 'aws',
    production,
    hardening,
    preventDestroy: parsed.preventDestroy ?? production,
    // An unknown Region is reported by a rule, which needs an environment to judge.
    partition,
    dnsSuffix: region?.dnsSuffix ?? 'amazonaws.com',
    refusedZoneIds: region?.refusedZoneIds ?? [],
    cluster:
      parsed.cluster.kind === 'existing'
        ? parsed.cluster
        : resolveCluster(parsed, parsed.cluster, { production, hardening, partition }),
    providers: given(parsed.providers),
    workloads: {
      ...parsed.workloads,
      namespace: parsed.workloads.namespace ?? parsed.project,
      services: parsed.workloads.services ?? defaultServices(),
    },
  };
  return { ...decided, plan: planOf(decided) };
}

/** Each backend has a part of its own, which is made unless it is switched off. */
function resolveBootstrap({
  bootstrap,
  backend,
  name,
}: z.output<typeof awsEnvironment>): Bootstrap | undefined {
  if (bootstrap === undefined) return undefined;
  const { github } = bootstrap;
  return {
    ...bootstrap,
    stateBucket: bootstrap.stateBucket ?? (backend.type === 's3' ? stateBucket.parse({}) : undefined),
    workspaces: bootstrap.workspaces ?? (backend.type === 'hcp' ? workspaces.parse({}) : undefined),
    github: github && { ...github, apply: github.apply ?? [{ environment: name }] },
    stateKmsKeyArn: backend.type === 's3' ? backend.kmsKeyArn : undefined,
  };
}

/** State goes under the key that is made with the bucket. Its alias is known before it is made, its id is not. */
function resolveBackend(
  { backend, project, name, account }: z.output<typeof awsEnvironment>,
  bootstrap: Bootstrap | undefined,
  partition: string,
): BackendSettings {
  if (backend.type !== 's3' || !bootstrap?.stateBucket || backend.kmsKeyArn !== undefined) return backend;
  const kmsKeyArn = `arn:${partition}:kms:${backend.region}:${account}:alias/${project}/${name}/state`;
  return { ...backend, kmsKeyArn };
}

/** Without entries that are there but undefined, as an unset variable leaves them. */
function given<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

function resolveCluster(
  { project, name, podIdentity }: z.output<typeof awsEnvironment>,
  settings: NewClusterSettings,
  { production, ...rest }: { production: boolean; hardening: boolean; partition: string },
): NewCluster {
  const compute = {
    ...settings.compute,
    nodeGroups: (settings.compute.nodeGroups ?? defaultNodeGroups(settings.compute)).map(resolveNodeGroup),
  };
  return {
    ...settings,
    name: settings.name ?? `${project}-${name}`,
    // Undecided, it is not named: EKS has it off, and older releases of the provider don't know it.
    deletionProtection: settings.deletionProtection ?? (production || undefined),
    compute,
    addonSettings: settings.addons,
    addons: resolveAddons(settings, compute, { podIdentity, ...rest }),
  };
}

function defaultNodeGroups({ autoMode, fargateProfiles }: ComputeSettings): NodeGroupSettings[] {
  return autoMode || fargateProfiles.length > 0 ? [] : [nodeGroup.parse({ name: 'default' })];
}

function resolveNodeGroup(group: NodeGroupSettings): PlannedNodeGroup {
  const types: Readonly<
    Record<string, { readonly amiType: string; readonly instanceType: string } | undefined>
  > = AMI_TYPES[group.amiFamily];
  // A family without an AMI for the architecture is reported by a rule, which needs an environment to judge.
  const { amiType, instanceType } = types[group.architecture] ?? AMI_TYPES[group.amiFamily].x86_64;
  return { ...group, instanceTypes: group.instanceTypes ?? [instanceType], amiType };
}

/** Two public stand-ins that answer every path with the name of the pod, to be replaced by one's own services. */
function defaultServices(): ServiceSettings[] {
  return [
    ['user-service', '/api/users'],
    ['product-service', '/api/products'],
  ].map(([name, path]) =>
    service.parse({
      name,
      image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
      args: ['serve-hostname', '--port=8080'],
      paths: [{ path }],
    }),
  );
}
