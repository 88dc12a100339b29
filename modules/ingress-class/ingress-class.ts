import { IngressClassV1 } from '@cdktf/provider-kubernetes/lib/ingress-class-v1';
import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { CustomResources } from '../custom-resources';
import { type IngressClassParamsSettings } from '../../load-balancers/language';
import { ingressClassParamsSettings } from '../../load-balancers/schema';
import { problemsOf, report } from '../../load-balancers/problem';
import { FLAVORS, type IngressController } from './flavor';

export interface AlbIngressClassProps {
  /** Name of the IngressClass and of its IngressClassParams. */
  readonly name: string;
  /** Used by Ingresses that name no class. @default false */
  readonly isDefault?: boolean;
  /** What the platform decides for every Ingress of the class; it wins over annotations. @default {} */
  readonly params?: IngressClassParamsSettings;
  /** Who serves the class. @default 'load-balancer-controller' */
  readonly controller?: IngressController;
  /** What must be there before: the controller, whose webhook checks the parameters. @default [] */
  readonly dependencies?: readonly ITerraformDependable[];
}

/**
 * An IngressClass whose Ingresses get an Application Load Balancer, with its IngressClassParams.
 *
 * Made in the order controller, parameters, class, and destroyed in reverse. An Ingress takes `dependencies`, so that
 * it is gone before its class and the controller are.
 */
export class AlbIngressClass extends Construct {
  /** What an Ingress of this class comes after. */
  readonly dependencies: readonly ITerraformDependable[];
  readonly name: string;

  /** @throws naming each parameter that the controller or AWS would refuse */
  constructor(scope: Construct, id: string, props: AlbIngressClassProps) {
    super(scope, id);
    const { name, isDefault = false, params = {} } = props;
    const wrong = problemsOf(ingressClassParamsSettings, params, 'params');
    if (wrong.length > 0) throw new Error(report(`IngressClassParams ${name}`, wrong));
    const flavor = FLAVORS[props.controller ?? 'load-balancer-controller'];
    const parameters = new CustomResources(this, 'params', {
      releaseName: `ingress-class-params-${name}`,
      namespace: 'kube-system',
      manifests: [
        {
          apiVersion: `${flavor.apiGroup}/${flavor.apiVersion}`,
          kind: 'IngressClassParams',
          metadata: { name },
          spec: flavor.spec(params),
        },
      ],
      dependencies: props.dependencies,
    });
    const ingressClass = new IngressClassV1(this, 'class', {
      metadata: {
        name,
        annotations: isDefault ? { 'ingressclass.kubernetes.io/is-default-class': 'true' } : undefined,
      },
      spec: {
        controller: flavor.controller,
        parameters: [{ apiGroup: flavor.apiGroup, kind: 'IngressClassParams', name }],
      },
      dependsOn: [...parameters.dependencies],
    });
    this.name = name;
    this.dependencies = [ingressClass];
  }
}
