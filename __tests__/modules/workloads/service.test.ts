import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { describe, expect, it } from '@jest/globals';
import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { SHUTDOWN, WorkloadService, type WorkloadServiceProps } from '../../../modules/workloads';
import { Synthesized } from '../../support/synthesized';

const PROPS: WorkloadServiceProps = {
  name: 'users',
  namespace: 'shop',
  image: 'example/users:1',
  port: 8080,
  replicas: 3,
  resources: { cpu: '100m', memory: '128Mi' },
  healthPath: '/healthz',
};

const synth = (overrides: Partial<WorkloadServiceProps> = {}) =>
  Synthesized.of((stack) => {
    new WorkloadService(stack, 'users', { ...PROPS, ...overrides });
  });

interface Deployment {
  spec: {
    replicas: string;
    selector: { match_labels: Record<string, string> };
    strategy: unknown;
    template: {
      metadata: { labels: Record<string, string> };
      spec: Record<string, unknown> & { container: [Record<string, unknown>]; security_context: object };
    };
  };
}
const deployment = (overrides?: Partial<WorkloadServiceProps>) =>
  (synth(overrides).one('kubernetes_deployment_v1') as unknown as Deployment).spec;
const podSpec = (overrides?: Partial<WorkloadServiceProps>) => deployment(overrides).template.spec;
const container = (overrides?: Partial<WorkloadServiceProps>) => podSpec(overrides).container[0];

describe('WorkloadService', () => {
  it('makes a Deployment, Service, ServiceAccount and PodDisruptionBudget of its name, and no role', () => {
    const made = synth();
    expect(made.types()).toEqual([
      'kubernetes_deployment_v1',
      'kubernetes_pod_disruption_budget_v1',
      'kubernetes_service_account_v1',
      'kubernetes_service_v1',
    ]);
    for (const type of made.types()) {
      expect(made.one(type).metadata).toMatchObject({
        name: 'users',
        namespace: 'shop',
        labels: { 'app.kubernetes.io/name': 'users' },
      });
    }
    expect(made.json).toHaveResourceWithProperties(ServiceAccountV1, {
      automount_service_account_token: false,
    });
    expect(made.one('kubernetes_service_account_v1').metadata).not.toHaveProperty('annotations');
  });

  it('makes pods that satisfy the restricted Pod Security Standard', () => {
    const spec = podSpec();
    expect(spec.security_context).toEqual({
      run_as_non_root: true,
      run_as_user: '65532',
      run_as_group: '65532',
      fs_group: '65532',
      seccomp_profile: { type: 'RuntimeDefault' },
    });
    expect(spec.container).toHaveLength(1);
    expect(spec.container[0].security_context).toEqual({
      allow_privilege_escalation: false,
      privileged: false,
      read_only_root_filesystem: true,
      run_as_non_root: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(spec.volume).toEqual([{ name: 'tmp', empty_dir: {} }]);
    expect(spec.container[0].volume_mount).toEqual([{ name: 'tmp', mount_path: '/tmp' }]);
    expect(spec).toMatchObject({
      automount_service_account_token: false,
      enable_service_links: false,
      service_account_name: 'users',
    });
    for (const field of ['host_network', 'host_pid', 'host_ipc']) expect(spec).not.toHaveProperty(field);
  });

  it('stays until the load balancer has let go of it', () => {
    expect(podSpec().termination_grace_period_seconds).toBe(SHUTDOWN.terminationGracePeriodSeconds);
    expect(container().lifecycle).toEqual({ pre_stop: [{ exec: { command: ['sleep', '40'] } }] });
  });

  it('probes the health path', () => {
    const http_get = { path: '/healthz', port: 'http' };
    expect(container()).toMatchObject({
      port: [{ name: 'http', container_port: 8080 }],
      startup_probe: { http_get, period_seconds: 2, failure_threshold: 60 },
      readiness_probe: { http_get },
      liveness_probe: { http_get },
    });
  });

  it('spreads its own pods over zones and nodes, and still starts when a zone is lost', () => {
    expect(podSpec().topology_spread_constraint).toEqual(
      ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topology_key) => ({
        topology_key,
        max_skew: 1,
        when_unsatisfiable: 'ScheduleAnyway',
        label_selector: [{ match_labels: { 'app.kubernetes.io/name': 'users' } }],
      })),
    );
  });

  it('rolls out by surge and waits for it', () => {
    expect(deployment().replicas).toBe('3');
    expect(deployment().strategy).toEqual({
      type: 'RollingUpdate',
      rolling_update: { max_surge: '25%', max_unavailable: '0' },
    });
    expect(synth().json).toHaveResourceWithProperties(DeploymentV1, {
      wait_for_rollout: true,
      timeouts: { create: '15m', update: '15m', delete: '5m' },
    });
  });

  it('requests cpu and memory, and limits memory alone', () => {
    expect(container({ resources: { cpu: '250m', memory: '1Gi' } }).resources).toEqual({
      requests: { cpu: '250m', memory: '1Gi' },
      limits: { memory: '1Gi' },
    });
  });

  it('leaves command, args and environment to the image unless they are given', () => {
    for (const field of ['command', 'args', 'env']) {
      expect(container()).not.toHaveProperty(field);
      expect(container({ command: [], args: [], environment: {} })).not.toHaveProperty(field);
    }
    expect(container({ command: ['/app'], args: ['-v'], environment: { B: '2', A: '1' } })).toMatchObject({
      image: 'example/users:1',
      command: ['/app'],
      args: ['-v'],
      env: [
        { name: 'B', value: '2' },
        { name: 'A', value: '1' },
      ],
    });
  });

  it('serves port 80 of a ClusterIP in front of the port of the container', () => {
    const service = synth();
    expect(service.json).toHaveResourceWithProperties(ServiceV1, {
      spec: {
        type: 'ClusterIP',
        selector: { 'app.kubernetes.io/name': 'users' },
        port: [{ name: 'http', port: 80, target_port: 'http', protocol: 'TCP' }],
      },
    });
    expect(service.one('kubernetes_service_v1').metadata).not.toHaveProperty('annotations');
  });

  it('writes on the Service what the Ingress controller reads there', () => {
    const annotations = { 'alb.ingress.kubernetes.io/healthcheck-path': '/healthz' };
    expect(synth({ serviceAnnotations: annotations }).json).toHaveResourceWithProperties(ServiceV1, {
      metadata: expect.objectContaining({
        annotations,
      }),
    });
  });

  it('has a port on the nodes for targets of type instance', () => {
    expect(synth({ type: 'NodePort' }).json).toHaveResourceWithProperties(ServiceV1, {
      spec: expect.objectContaining({ type: 'NodePort' }),
    });
  });

  it.each([
    [1, '1'],
    [7, '1'],
    [8, '25%'],
  ])('lets of %i replicas %s be disrupted', (replicas, max_unavailable) => {
    expect(synth({ replicas }).json).toHaveResourceWithProperties(PodDisruptionBudgetV1, {
      spec: {
        max_unavailable,
        selector: { match_labels: { 'app.kubernetes.io/name': 'users' } },
      },
    });
  });

  it('puts labels on everything, but selects by its own', () => {
    const labels = { team: 'shop', 'app.kubernetes.io/name': 'other' };
    const expected = { team: 'shop', 'app.kubernetes.io/name': 'users' };
    const made = synth({ labels });
    for (const type of made.types()) expect(made.one(type).metadata).toMatchObject({ labels: expected });
    expect(deployment({ labels }).template.metadata.labels).toEqual(expected);
    expect(deployment({ labels }).selector.match_labels).toEqual({ 'app.kubernetes.io/name': 'users' });
  });

  it('starts pods after what they need', () => {
    const made = synth();
    expect(made.dependencies('kubernetes_deployment_v1').sort()).toEqual(
      ['kubernetes_pod_disruption_budget_v1', 'kubernetes_service_account_v1', 'kubernetes_service_v1'].map(
        (type) => made.one(type).address,
      ),
    );
  });

  it('comes after what it is told to, all of it, and its pods after what they are told to', () => {
    const made = Synthesized.of((stack) => {
      const [namespace, gate] = ['namespace', 'gate'].map(
        (name) => new NamespaceV1(stack, name, { metadata: { name } }),
      ) as [NamespaceV1, NamespaceV1];
      new WorkloadService(stack, 'users', { ...PROPS, dependsOn: [namespace] }).startAfter(gate);
    });
    for (const type of [
      'kubernetes_service_v1',
      'kubernetes_service_account_v1',
      'kubernetes_deployment_v1',
    ]) {
      expect(made.follows(made.one(type).address, 'kubernetes_namespace_v1.namespace')).toBe(true);
    }
    expect(made.dependencies('kubernetes_deployment_v1')).toContain('kubernetes_namespace_v1.gate');
    expect(made.dependencies('kubernetes_service_v1')).not.toContain('kubernetes_namespace_v1.gate');
  });
});

describe('role of a WorkloadService', () => {
  const role = {
    roleName: 'test-users',
    statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] }],
  };

  it('is bound by annotation with IRSA, pinned to its ServiceAccount', () => {
    const binding = {
      type: 'irsa',
      oidcProviderArn: 'arn:aws:iam::111122223333:oidc-provider/x',
      oidcIssuer: 'x',
    } as const;
    const made = synth({ role: { ...role, binding } });
    const { address } = made.one('aws_iam_role');
    expect(made.json).toHaveResourceWithProperties(ServiceAccountV1, {
      metadata: expect.objectContaining({
        annotations: { 'eks.amazonaws.com/role-arn': `\${${address}.arn}` },
      }),
    });
    expect(made.json).toHaveResourceWithProperties(IamRole, {
      name: 'test-users',
      description: 'Pods of shop/users',
    });
    expect(made.one('aws_iam_role').assume_role_policy).toContain('system:serviceaccount:shop:users');
    expect(JSON.parse(made.one('aws_iam_role_policy').policy as string)).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
    });
    expect(made.dependencies('kubernetes_deployment_v1')).toContain(made.one('aws_iam_role_policy').address);
  });

  it('is bound by association with Pod Identity, before the pods start', () => {
    const made = synth({ role: { ...role, binding: { type: 'pod-identity', clusterName: 'demo' } } });
    expect(made.one('kubernetes_service_account_v1').metadata).not.toHaveProperty('annotations');
    const association = made.one('aws_eks_pod_identity_association');
    expect(made.json).toHaveResourceWithProperties(EksPodIdentityAssociation, {
      cluster_name: 'demo',
      namespace: 'shop',
      service_account: 'users',
    });
    expect(made.dependencies('kubernetes_deployment_v1')).toContain(association.address);
  });
});
