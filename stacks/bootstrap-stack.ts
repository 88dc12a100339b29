import { TfeProvider } from '@cdktf/provider-tfe/lib/provider';
import { type App } from 'cdktf';
import { type AwsEnvironment, type BackendSettings, type Bootstrap } from '../config';
import {
  GITHUB_ISSUER,
  githubTrust,
  HCP_AUDIENCE,
  hcpTrust,
  PipelineRoles,
  StateBucket,
  Workspaces,
  type GithubRun,
  type StateAccessProps,
} from '../modules/bootstrap';
import { type PolicyStatement } from '../modules/iam';
import { OidcProvider } from '../modules/identity';
import { AwsStack } from './aws-stack';
import { workspaceName } from './backend';
import { type Contract } from './contract';
import { bootstrapContract } from './contracts';
import { type EnvironmentStack } from './environment-stack';
import { BOOTSTRAP } from './stack-names';

export interface BootstrapStackProps {
  readonly environment: AwsEnvironment;
  /** The stacks that it prepares, in the order in which they are applied. */
  readonly stacks: readonly EnvironmentStack<Contract>[];
}

type S3Settings = Extract<BackendSettings, { type: 's3' }>;
type HcpSettings = Extract<BackendSettings, { type: 'hcp' }>;

/** What a role trusts, by what it is for. */
interface Trust {
  readonly oidcProviderArn: string;
  readonly plan: PolicyStatement;
  readonly apply: PolicyStatement;
}

/** Its own state can't be where it makes the place for state. */
const OWN_BACKEND: BackendSettings = { type: 'local', path: 'terraform-state' };

/** Project that an organization of HCP Terraform has from the beginning. */
const DEFAULT_PROJECT = 'Default Project';

/**
 * What a person applies once: the place for the state of the other stacks, and the identity of the pipelines that run them.
 */
export class BootstrapStack extends AwsStack<typeof bootstrapContract> {
  constructor(
    app: App,
    private readonly props: BootstrapStackProps,
  ) {
    const { environment } = props;
    const { backend, bootstrap } = environment;
    if (bootstrap === undefined) throw new Error(`environment ${environment.name} has no bootstrap`);
    // The bucket may be in another Region than the cluster.
    const region = backend.type === 's3' ? backend.region : environment.region;
    super(app, BOOTSTRAP, { ...environment, backend: OWN_BACKEND, region }, bootstrapContract);
    if (backend.type === 'hcp') this.prepareHcp(bootstrap, backend);
    if (backend.type === 's3') this.prepareS3(bootstrap, backend);
  }

  private prepareS3(bootstrap: Bootstrap, backend: S3Settings): void {
    const bucket = this.addStateBucket(bootstrap, backend);
    const roles = this.addRoles(bootstrap, this.trustGithub(bootstrap), {
      bucketArn: bucket?.arn ?? `arn:${this.environment.partition}:s3:::${backend.bucket}`,
      kmsKeyArn: bucket?.kmsKeyArn ?? bootstrap.stateKmsKeyArn,
      prefix: `${this.environment.project}/${this.environment.name}/`,
      roleArn: backend.roleArn,
    });
    this.publishAll(roles, bucket);
  }

  /** Of runs that are not of HCP Terraform, it runs none. */
  private prepareHcp(bootstrap: Bootstrap, backend: HcpSettings): void {
    const remote = backend.execution !== 'local';
    const trust = [...this.trustGithub(bootstrap), ...(remote ? [this.trustHcp(bootstrap, backend)] : [])];
    const roles = this.addRoles(bootstrap, trust);
    this.addWorkspaces(bootstrap, backend, remote ? roles : undefined);
    this.publishAll(roles);
  }

  private addStateBucket(bootstrap: Bootstrap, backend: S3Settings): StateBucket | undefined {
    if (!bootstrap.stateBucket) return undefined;
    const { project, name, account, partition, preventDestroy } = this.environment;
    return new StateBucket(this, 'state', {
      ...bootstrap.stateBucket,
      bucketName: backend.bucket,
      kmsKeyArn: bootstrap.stateKmsKeyArn,
      keyAlias: `${project}/${name}/state`,
      account,
      partition,
      preventDestroy,
    });
  }

  private trustGithub({ github }: Bootstrap): Trust[] {
    if (github === undefined) return [];
    const { repository, ids, oidcProvider } = github;
    // STS of other partitions doesn't know the claim, and a condition on it would refuse everybody.
    const comparesRepositoryId = this.environment.partition === 'aws';
    const { arn: oidcProviderArn } = new OidcProvider(this, 'github', {
      issuer: `https://${GITHUB_ISSUER}`,
      existing: oidcProvider === 'existing',
    });
    const of = (runs: readonly GithubRun[]) =>
      githubTrust({ oidcProviderArn, repository, ids, comparesRepositoryId, runs });
    return [{ oidcProviderArn, plan: of(github.plan), apply: of(github.apply) }];
  }

  private trustHcp({ workspaces }: Bootstrap, { organization, hostname, project }: HcpSettings): Trust {
    const { arn: oidcProviderArn } = new OidcProvider(this, 'hcp-terraform', {
      issuer: `https://${hostname}`,
      audience: HCP_AUDIENCE,
      existing: workspaces?.oidcProvider === 'existing',
    });
    const of = (phase: 'plan' | 'apply') =>
      hcpTrust({
        oidcProviderArn,
        hostname,
        organization,
        project: project ?? DEFAULT_PROJECT,
        workspaces: this.props.stacks.map((stack) => this.workspaceOf(stack)),
        phase,
      });
    return { oidcProviderArn, plan: of('plan'), apply: of('apply') };
  }

  /** No roles where nobody would have them. */
  private addRoles(
    { apply }: Bootstrap,
    trust: readonly Trust[],
    state?: StateAccessProps,
  ): PipelineRoles | undefined {
    if (trust.length === 0) return undefined;
    const { project, name, account, partition, dnsSuffix, cluster } = this.environment;
    const own = `${project}-${name}`;
    const namePrefixes = [...new Set([own, cluster.name])];
    return new PipelineRoles(this, 'pipeline', {
      name: own,
      namePrefixes,
      oidcProviderArns: trust.map(({ oidcProviderArn }) => oidcProviderArn),
      planTrust: trust.map(({ plan }) => plan),
      applyTrust: trust.map((each) => each.apply),
      state: state && { ...state, ownBuckets: namePrefixes },
      applyPolicyArns: apply.policyArns,
      permissionsBoundaryArn: apply.permissionsBoundaryArn,
      account,
      partition,
      region: this.props.environment.region,
      dnsSuffix,
    });
  }

  private addWorkspaces(bootstrap: Bootstrap, backend: HcpSettings, roles?: PipelineRoles): void {
    const { workspaces } = bootstrap;
    if (workspaces === undefined) return;
    const { organization, hostname, project, execution } = backend;
    const { stacks } = this.props;
    new TfeProvider(this, 'tfe', { hostname });
    new Workspaces(this, 'workspaces', {
      ...workspaces,
      organization,
      executionMode: execution,
      project:
        project === undefined ? undefined : { name: project, existing: workspaces.project === 'existing' },
      workspaces: stacks.map((stack) => ({
        stack: stack.stackName,
        name: this.workspaceOf(stack),
        description: `Stack ${stack.stackName} of environment ${this.environment.name}`,
        readers: stacks
          .filter(({ dependencies }) => dependencies.includes(stack))
          .map((each) => each.stackName),
        variables: { ...awsVariables(roles), ...this.kubernetesVariables(stack) },
      })),
      preventDestroy: this.environment.preventDestroy,
    });
  }

  /** HCP Terraform gives runs an identity for the cluster where they are told so. */
  private kubernetesVariables({ stackName }: EnvironmentStack<Contract>): Record<string, string> {
    const { clusterCredentials } = this.environment;
    const inCluster = stackName === 'addons' || stackName === 'workloads';
    if (clusterCredentials.type !== 'hcp-dynamic' || !inCluster) return {};
    return {
      TFC_KUBERNETES_PROVIDER_AUTH: 'true',
      TFC_KUBERNETES_WORKLOAD_IDENTITY_AUDIENCE: clusterCredentials.audience,
    };
  }

  private workspaceOf({ stackName }: EnvironmentStack<Contract>): string {
    const { project, name } = this.environment;
    return workspaceName({ project, environment: name, stack: stackName });
  }

  private publishAll(roles?: PipelineRoles, bucket?: StateBucket): void {
    this.publish({
      state_bucket: bucket?.name ?? '',
      state_kms_key_arn: bucket?.kmsKeyArn ?? '',
      plan_role_arn: roles?.planArn ?? '',
      apply_role_arn: roles?.applyArn ?? '',
    });
  }
}

/** HCP Terraform takes on a role for each phase of a run where it is told so: no keys. */
function awsVariables(roles?: PipelineRoles): Record<string, string> {
  if (roles === undefined) return {};
  return {
    TFC_AWS_PROVIDER_AUTH: 'true',
    TFC_AWS_PLAN_ROLE_ARN: roles.planArn,
    TFC_AWS_APPLY_ROLE_ARN: roles.applyArn,
  };
}
