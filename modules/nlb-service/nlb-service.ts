import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { type ITerraformDependable } from 'cdktf';
import { type Construct } from 'constructs';
import { problemsOf, refuse } from '../../load-balancers/problem';
import { type CheckContext, nlbServiceProblems } from '../../load-balancers/checks';
import { renderNlbService, type NlbServiceManifestProps } from '../../load-balancers/language';
import { nlbServiceSettings } from '../../load-balancers/schema';
import { Tokens, withoutNumbers } from '../tokens';

export interface NlbServiceProps extends NlbServiceManifestProps {
  /** What is known about the Region, the account and the pods, to judge the settings by. @default - nothing */
  readonly context?: CheckContext;
  /** How long the controller may take, such as `10m`. @default '10m' */
  readonly createTimeout?: string;
  /** What must be there before: the namespace and, in the same stack, the controller. @default [] */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * A Service whose pods a Network Load Balancer of the AWS Load Balancer Controller reaches.
 *
 * Destroying it waits until the controller has taken the load balancer away, so it comes after the controller.
 *
 * @example
 * const nlb = new NlbService(this, 'nlb', {
 *   serviceName: 'mqtt',
 *   namespace: 'things',
 *   selector: { app: 'mqtt' },
 *   scheme: 'internet-facing',
 *   ports: [{ port: 8883, targetPort: 1883, protocol: 'TLS' }],
 *   tls: { certificateArns: [certificate.arn] },
 * });
 * new TerraformOutput(this, 'host', { value: nlb.hostname });
 */
export class NlbService extends ServiceV1 {
  /** DNS name of the load balancer. */
  readonly hostname: string;

  /** @throws {ProblemError} with every problem of the settings: field, value, reason, remedy */
  constructor(scope: Construct, id: string, props: NlbServiceProps) {
    const { context, createTimeout = '10m', dependsOn, ...rest } = props;
    const tokens = new Tokens();
    const settings = tokens.hide(rest);
    const subject = `Service ${settings.namespace}/${settings.serviceName}`;
    refuse(subject, problemsOf(nlbServiceSettings.loose(), settings, subject));
    refuse(subject, nlbServiceProblems(withoutNumbers(settings), context));
    const { metadata, spec } = tokens.restore(renderNlbService(settings).service);
    super(scope, id, {
      metadata: {
        name: metadata.name,
        namespace: metadata.namespace,
        annotations: { ...metadata.annotations },
        ...(metadata.labels && { labels: { ...metadata.labels } }),
      },
      spec: {
        type: spec.type,
        loadBalancerClass: spec.loadBalancerClass,
        allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts,
        selector: { ...spec.selector },
        externalTrafficPolicy: spec.externalTrafficPolicy,
        ...(spec.ipFamilies && { ipFamilies: [...spec.ipFamilies] }),
        ipFamilyPolicy: spec.ipFamilyPolicy,
        port: spec.ports?.map(({ name, port, targetPort, protocol, nodePort }) => ({
          name,
          port,
          targetPort: `${targetPort ?? port}`,
          protocol,
          ...(typeof nodePort === 'number' && { nodePort }),
        })),
      },
      // Until then it has no hostname.
      waitForLoadBalancer: true,
      timeouts: { create: createTimeout },
      dependsOn,
    });
    this.hostname = this.status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
  }
}
