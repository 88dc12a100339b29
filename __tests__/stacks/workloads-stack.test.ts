import { describe, expect, it } from '@jest/globals';
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { App } from 'cdktf';
import { type EnvironmentInput } from '../../config';
import { addStacks } from '../../stacks';
import { environment } from '../support/environments';
import { synthesizedStacks } from '../support/stacks';
import { type Synthesized } from '../support/synthesized';

const IMAGE = 'example/image:1';
type Service = NonNullable<NonNullable<EnvironmentInput['workloads']>['services']>[number];

function workloads(overrides: Partial<EnvironmentInput> = {}): Synthesized {
  const { workloads: stack } = synthesizedStacks(environment(overrides));
  if (!stack) throw new Error('no stack workloads');
  return stack;
}
interface Pod {
  readonly termination_grace_period_seconds: number;
  readonly container: [{ lifecycle: { pre_stop: [{ exec: { command: [string, string] } }] } }];
}
const withServices = (services: Service[], overrides: Partial<EnvironmentInput> = {}) =>
  workloads({ ...overrides, workloads: { services, ...overrides.workloads } });

describe('WorkloadsStack', () => {
  const stack = workloads();
  const ingress = 'kubernetes_ingress_v1.ingress';

  it("has a certificate of the zone for the services' hosts", () => {
    const made = withServices(
      [{ name: 'web', image: IMAGE, host: 'shop.example.com', paths: [{ path: '/' }] }],
      {
        dns: { zone: 'example.com' },
      },
    );
    expect(made.json).toHaveDataSourceWithProperties(DataAwsRoute53Zone, {
      name: 'example.com',
      private_zone: false,
    });
    expect(made.json).toHaveResourceWithProperties(AcmCertificate, { domain_name: 'shop.example.com' });
  });

  it('has two services behind one Ingress by default', () => {
    expect(stack.count('kubernetes_deployment_v1')).toBe(2);
    expect(stack.count('kubernetes_ingress_v1')).toBe(1);
    expect(stack.json).toHaveResourceWithProperties(IngressV1, {
      spec: expect.objectContaining({
        ingress_class_name: '${data.terraform_remote_state.addons-state.outputs.ingress_class_name}',
      }),
    });
    expect(stack.one('kubernetes_ingress_v1').spec).toMatchObject({
      rule: [
        {
          http: {
            path: [
              {
                path: '/api/products',
                path_type: 'Prefix',
                backend: { service: { name: 'product-service' } },
              },
              { path: '/api/users', path_type: 'Prefix', backend: { service: { name: 'user-service' } } },
            ],
          },
        },
      ],
    });
    expect(stack.types()).not.toContain('aws_iam_role');
  });

  it.each(['user-service', 'product-service'])(
    'makes the Ingress and the Service before the pods of %s',
    (name) => {
      const { address } = stack.one('kubernetes_deployment_v1', name);
      const service = stack.one('kubernetes_service_v1', name).address;
      expect(stack.follows(address, ingress)).toBe(true);
      expect(stack.follows(ingress, service)).toBe(true);
      expect(stack.follows(service, 'kubernetes_namespace_v1.namespace')).toBe(true);
    },
  );

  it('publishes where its services are', () => {
    const hostname = '${kubernetes_ingress_v1.ingress.status[0].load_balancer[0].ingress[0].hostname}';
    expect(stack.outputs().url?.value).toBe(`http://${hostname}`);
    expect(stack.outputs().service_urls?.value).toEqual({
      'user-service': `http://${hostname}/api/users`,
      'product-service': `http://${hostname}/api/products`,
    });
  });

  it('publishes the first path of a service at its host', () => {
    const made = withServices([
      { name: 'web', image: IMAGE, host: 'shop.example.com', paths: [{ path: '/a' }, { path: '/b' }] },
    ]);
    expect(made.outputs().service_urls?.value).toEqual({ web: 'http://shop.example.com/a' });
  });

  it('keeps a service without paths inside the cluster, and its pods wait for no Ingress', () => {
    const made = withServices([
      { name: 'worker', image: IMAGE },
      { name: 'web', image: IMAGE, paths: [{}] },
    ]);
    expect(made.follows(made.one('kubernetes_deployment_v1', 'worker').address, ingress)).toBe(false);
    expect(made.follows(made.one('kubernetes_deployment_v1', 'web').address, ingress)).toBe(true);
    expect(made.outputs().service_urls?.value).toHaveProperty('web');
    expect(made.outputs().service_urls?.value).not.toHaveProperty('worker');
  });

  it('has no Ingress when no service has a path', () => {
    const made = withServices([{ name: 'worker', image: IMAGE }]);
    expect(made.count('kubernetes_ingress_v1')).toBe(0);
    expect(made.outputs().url?.value).toBe('');
  });

  it('runs the digest in the repository of the service', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const made = withServices([{ name: 'web', repository: {}, digest }]);
    expect(JSON.stringify(made.one('kubernetes_deployment_v1'))).toContain(
      `\${data.terraform_remote_state.addons-state.outputs.repository_urls.web}@${digest}`,
    );
  });

  it('refuses a service with nothing to run', () => {
    const right = environment();
    const services = right.plan.services.map((each) => ({
      ...each,
      settings: { ...each.settings, image: undefined },
    }));
    expect(() => {
      addStacks(new App(), { ...right, plan: { ...right.plan, services } });
    }).toThrow('service user-service has neither image nor digest');
  });

  const permissions = [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] }];

  it('gives a service with permissions a role of its own, by IRSA', () => {
    const made = withServices([{ name: 'web', image: IMAGE, permissions }]);
    expect(made.json).toHaveResourceWithProperties(IamRole, { name: 'eks-ingress-test-web' });
    expect(made.one('aws_iam_role').assume_role_policy).toContain(
      '${data.terraform_remote_state.addons-state.outputs.oidc_provider_arn}',
    );
    expect(made.one('aws_iam_role').assume_role_policy).toContain('system:serviceaccount:eks-ingress:web');
  });

  it('binds that role by Pod Identity when the environment says so', () => {
    const made = withServices([{ name: 'web', image: IMAGE, permissions }], { podIdentity: 'pod-identity' });
    expect(made.json).toHaveResourceWithProperties(EksPodIdentityAssociation, {
      cluster_name: '${data.terraform_remote_state.cluster-state.outputs.cluster_name}',
      namespace: 'eks-ingress',
      service_account: 'web',
    });
  });

  it('has node ports for targets of type instance', () => {
    const made = withServices([{ name: 'web', image: IMAGE, paths: [{}] }], {
      workloads: { ingress: { targetGroup: { targetType: 'instance' }, scheme: 'internal' } },
    });
    expect(made.json).toHaveResourceWithProperties(ServiceV1, {
      spec: expect.objectContaining({ type: 'NodePort' }),
    });
    expect(made.json).toHaveResourceWithProperties(IngressV1, {
      metadata: expect.objectContaining({
        annotations: expect.objectContaining({
          'alb.ingress.kubernetes.io/scheme': 'internal',
          'alb.ingress.kubernetes.io/target-type': 'instance',
        }),
      }),
    });
  });

  it('loses no request in a rollout: deregistration < preStop < termination grace', () => {
    const { annotations } = stack.one('kubernetes_ingress_v1').metadata as {
      annotations: Record<string, string>;
    };
    const deregistration = Number(
      annotations['alb.ingress.kubernetes.io/target-group-attributes']?.replace(
        'deregistration_delay.timeout_seconds=',
        '',
      ),
    );
    const deployments = Object.values(stack.resources('kubernetes_deployment_v1'));
    expect(deployments).toHaveLength(2);
    for (const { spec } of deployments) {
      const pod = (spec as { template: { spec: Pod } }).template.spec;
      const [sleep, seconds] = pod.container[0].lifecycle.pre_stop[0].exec.command;
      expect(sleep).toBe('sleep');
      expect(Number(seconds)).toBeGreaterThan(deregistration);
      expect(pod.termination_grace_period_seconds).toBeGreaterThan(Number(seconds));
    }
  });

  it('asks whoever makes the load balancers for readiness gates', () => {
    const labels = (of: Synthesized) => JSON.stringify(of.one('kubernetes_namespace_v1').metadata);
    expect(labels(stack)).toContain('"elbv2.k8s.aws/pod-readiness-gate-inject":"enabled"');
    const auto = workloads({
      cluster: { kind: 'new', compute: { autoMode: {} } },
      loadBalancing: { type: 'auto-mode' },
    });
    expect(labels(auto)).toContain('"eks.amazonaws.com/pod-readiness-gate-inject":"enabled"');
    expect(labels(auto)).not.toContain('elbv2.k8s.aws');
  });

  it('is empty but for its namespace without services', () => {
    const made = withServices([]);
    expect(made.types()).toEqual(['kubernetes_namespace_v1']);
    expect(made.outputs().service_urls?.value).toEqual({});
  });

  it('passes on strings of the environment as they are written', () => {
    const made = withServices([{ name: 'web', image: IMAGE, environment: { NAME: '${HOST}-%{x}' } }]);
    expect(JSON.stringify(made.one('kubernetes_deployment_v1'))).toContain('"$${HOST}-%%{x}"');
  });

  it('is reached by IPv6 too in a dual-stack network', () => {
    const made = workloads({ network: { kind: 'new', ipFamily: 'dual-stack' } });
    expect(made.one('kubernetes_ingress_v1').metadata).toHaveProperty(
      ['annotations', 'alb.ingress.kubernetes.io/ip-address-type'],
      'dualstack',
    );
    expect(stack.one('kubernetes_ingress_v1').metadata).not.toHaveProperty([
      'annotations',
      'alb.ingress.kubernetes.io/ip-address-type',
    ]);
  });
});

describe('services with Ingresses of their own', () => {
  const made = withServices(
    [
      { name: 'shop', image: IMAGE, host: 'shop.example.com', paths: [{}] },
      {
        name: 'admin',
        image: IMAGE,
        paths: [{ path: '/admin' }],
        ingress: { scheme: 'internal', listeners: [{ port: 8080, protocol: 'HTTP' }] },
      },
    ],
    {
      workloads: {
        ingress: { listeners: [{ port: 443, protocol: 'HTTPS' }] },
      },
    },
  );

  it('have them beside the one that the others share', () => {
    expect(made.one('kubernetes_ingress_v1', 'ingresses_admin')).toMatchObject({
      metadata: { name: 'admin', annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal' } },
      spec: { rule: [{ http: { path: [{ path: '/admin' }] } }] },
    });
    expect(made.resources('kubernetes_ingress_v1').ingress).toMatchObject({
      metadata: { name: 'services' },
      spec: { rule: [{ host: 'shop.example.com' }] },
    });
  });

  it('start their pods after their own Ingress', () => {
    const { address } = made.one('kubernetes_ingress_v1', 'ingresses_admin');
    expect(made.dependencies('kubernetes_deployment_v1', 'admin')).toContain(address);
    expect(made.dependencies('kubernetes_deployment_v1', 'shop')).not.toContain(address);
  });

  it('say where each answers, by the protocol and port of its listener', () => {
    const { address } = made.one('kubernetes_ingress_v1', 'ingresses_admin');
    const host = '.status[0].load_balancer[0].ingress[0].hostname}';
    expect(made.outputs().url?.value).toBe(`https://\${kubernetes_ingress_v1.ingress${host}`);
    expect(made.outputs().service_urls?.value).toEqual({
      shop: 'https://shop.example.com/',
      admin: `http://\${${address}${host}:8080/admin`,
    });
  });
});
