import { describe, expect, it } from '@jest/globals';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { DataAwsEip } from '@cdktf/provider-aws/lib/data-aws-eip';
import { DataAwsSubnets } from '@cdktf/provider-aws/lib/data-aws-subnets';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { TerraformOutput, TerraformVariable, type TerraformStack } from 'cdktf';
import { NlbService, type NlbServiceProps } from '../../../modules/nlb-service';
import { Synthesized } from '../../support/synthesized';

const LB = 'service.beta.kubernetes.io/aws-load-balancer';
const plain = { serviceName: 'web', namespace: 'shop', selector: { app: 'web' }, ports: [{ port: 80 }] };

function made(props: (stack: TerraformStack) => Partial<NlbServiceProps> = () => ({})): Synthesized {
  return Synthesized.of((stack) => {
    const nlb = new NlbService(stack, 'nlb', { ...plain, ...props(stack) });
    new TerraformOutput(stack, 'host', { value: nlb.hostname, staticId: true });
  });
}

const annotations = (stack: Synthesized) =>
  (stack.one('kubernetes_service_v1').metadata as { annotations: Record<string, string> }).annotations;

describe('NlbService', () => {
  it('is a Service that waits for its load balancer', () => {
    const stack = made();
    expect(stack.json).toHaveResourceWithProperties(ServiceV1, {
      metadata: {
        name: 'web',
        namespace: 'shop',
        annotations: { [`${LB}-scheme`]: 'internal', [`${LB}-nlb-target-type`]: 'ip' },
      },
      spec: {
        type: 'LoadBalancer',
        load_balancer_class: 'service.k8s.aws/nlb',
        allocate_load_balancer_node_ports: false,
        selector: { app: 'web' },
        port: [{ name: 'tcp-80', port: 80, target_port: '80', protocol: 'TCP' }],
      },
      wait_for_load_balancer: true,
      timeouts: { create: '10m' },
    });
    expect(stack.outputs().host?.value).toBe(
      '${kubernetes_service_v1.nlb.status[0].load_balancer[0].ingress[0].hostname}',
    );
  });

  it('comes after what it is told to, and is told how long to wait', () => {
    const stack = made((scope) => ({
      dependsOn: [new NamespaceV1(scope, 'namespace', { metadata: { name: 'shop' } })],
      createTimeout: '20m',
    }));
    expect(stack.dependencies('kubernetes_service_v1')).toEqual(['kubernetes_namespace_v1.namespace']);
    expect(stack.json).toHaveResourceWithProperties(ServiceV1, { timeouts: { create: '20m' } });
  });

  it('says what else the Service is to be', () => {
    const { metadata, spec } = made(() => ({
      labels: { team: 'a' },
      targetType: 'instance',
      externalTrafficPolicy: 'Local',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ port: 80, nodePort: 30080, targetPort: 'http' }],
    })).one('kubernetes_service_v1');
    expect(metadata).toMatchObject({ labels: { team: 'a' } });
    expect(spec).toMatchObject({
      external_traffic_policy: 'Local',
      ip_families: ['IPv4'],
      ip_family_policy: 'SingleStack',
      port: [{ node_port: 30080, target_port: 'http' }],
    });
  });

  it('takes what is known after apply only', () => {
    const stack = made((scope) => {
      const eip = new DataAwsEip(scope, 'eip', { publicIp: '203.0.113.1' });
      const subnets = new DataAwsSubnets(scope, 'subnets', {});
      const interval = new TerraformVariable(scope, 'interval', { type: 'number' });
      const name = new TerraformVariable(scope, 'name', { type: 'string' }).stringValue;
      return {
        serviceName: name,
        namespace: name,
        selector: { app: name },
        labels: { app: name },
        targetPort: name,
        scheme: 'internet-facing',
        loadBalancerName: `${eip.id}-x`,
        subnets: subnets.ids,
        eipAllocations: [eip.id],
        healthCheck: { intervalSeconds: interval.numberValue },
      };
    });
    expect(stack.json).toHaveResourceWithProperties(ServiceV1, {
      metadata: expect.objectContaining({
        name: '${var.name}',
        namespace: '${var.name}',
      }),
    });
    expect(annotations(stack)).toMatchObject({
      [`${LB}-name`]: '${data.aws_eip.eip.id}-x',
      [`${LB}-subnets`]: '${join(",", data.aws_subnets.subnets.ids)}',
      [`${LB}-eip-allocations`]: '${data.aws_eip.eip.id}',
      [`${LB}-healthcheck-interval`]: '${var.interval}',
    });
  });

  it('names every problem in one error', () => {
    const name = () => made(() => ({ capacityUnits: -4, loadBalancerName: 'internal-x' }));
    expect(name).toThrow(/^Service shop\/web: 2 problems\n/);
    expect(name).toThrow(
      "loadBalancerName = \"internal-x\": AWS keeps names that begin with 'internal-' for itself; write a name that does not begin with 'internal-', such as 'x'",
    );
    const make = () => made(() => ({ eipAllocations: ['eipalloc-1'], capacityUnits: 1 }));
    expect(make).toThrow(
      'eipAllocations = "eipalloc-1": the controller would refuse Service shop/web, in its words: EIP allocations can only be set for internet facing load balancers; write scheme internet-facing, or leave them out',
    );
  });

  it('judges by what is around it', () => {
    const certificateArns = ['arn:aws:acm:eu-west-1:111122223333:certificate/x'];
    const make = (region: string) => () =>
      made(() => ({
        ports: [{ port: 443, protocol: 'TLS' }],
        tls: { certificateArns },
        context: { region },
      }));
    expect(make('eu-west-1')).not.toThrow();
    expect(make('eu-west-2')).toThrow('it is in region eu-west-1, the load balancer in eu-west-2');
  });

  it('refuses what is of no form that it knows', () => {
    const make = (scheme: unknown) => () => made(() => ({ scheme }) as Partial<NlbServiceProps>);
    expect(make('public')).toThrow(
      "Service shop/web: 1 problem\n  scheme = \"public\": not an accepted value; write 'internal' or 'internet-facing'",
    );
  });
});
