import { isUnknown, type Service, type BindingManifest } from '../model';
import { type CheckContext, isOnFargate } from './context';
import { type Problem } from '../problem';
import { atField, type ObjectFinding } from './finding';
import { type View } from './view';
import { parseArn } from './arn';
import { type TargetGroupBindingSettings } from '../language';

export interface BoundPort {
  readonly serviceRef: { readonly name: string; readonly port: number | string };
}

type Settings = TargetGroupBindingSettings & BoundPort;

/** What the controller's webhook, Kubernetes or AWS would refuse of a TargetGroupBinding. */
export function targetGroupBindingProblems(settings: Settings, context: CheckContext = {}): Problem[] {
  return [
    ...targetGroup(settings, context),
    ...targets(settings, context),
    ...nodeSelector(settings),
    ...servicePort(settings, context),
    ...networking(settings),
    ...role(settings),
  ];
}

/** The same of bindings among the objects; what the controller refuses of them has its words from the model. */
export function checkBindings({ cluster, context }: View): ObjectFinding[] {
  const services = [...cluster.services.values()];
  return [...cluster.targetGroupBindings.values()].flatMap((binding) => {
    const near = services.filter(({ metadata }) => metadata.namespace === binding.metadata.namespace);
    return bindingProblems(binding, { ...context, services: near });
  });
}

function bindingProblems(binding: BindingManifest, context: CheckContext): ObjectFinding[] {
  const settings = binding.spec as Settings;
  if (isUnknown(settings) || isUnknown(settings.serviceRef ?? '')) return [];
  return targetGroupBindingProblems(settings, context).map(
    ({ path, value, reason, remedy }) =>
      ({
        ...atField(binding, `spec.${path.replaceAll(/\.(\d+)/g, '[$1]')}`, { value, reason, remedy }),
        by: path === 'targetGroupARN' ? 'aws' : isTaken(path) ? undefined : 'controller',
      }) as const,
  );
}

/** What the controller takes though it can't be meant. */
function isTaken(path: string): boolean {
  return path === 'assumeRoleExternalId' || path.endsWith('.ports');
}

function problem(path: string, value: unknown, reason: string, remedy: string): Problem {
  return { path, value, reason, remedy };
}

function targetGroup(settings: Settings, { region, account, partition }: CheckContext): Problem[] {
  const { targetGroupARN: arn, targetGroupName: name, iamRoleArnToAssume } = settings;
  if (arn === undefined && name === undefined) {
    return [
      problem('targetGroupARN', undefined, 'nothing says which target group', 'write it, or targetGroupName'),
    ];
  }
  if (arn !== undefined && name !== undefined) {
    return [problem('targetGroupName', name, 'targetGroupARN says it already', 'write one of the two')];
  }
  const parsed = arn === undefined || isUnknown(arn) ? undefined : parseArn(arn);
  if (parsed === undefined) return [];
  const example = `arn:${partition ?? 'aws'}:elasticloadbalancing:${region ?? 'eu-west-1'}:${account ?? '111122223333'}:targetgroup/users/0123456789abcdef`;
  const at = (reason: string, remedy = `write one such as ${example}`) => [
    problem('targetGroupARN', arn, reason, remedy),
  ];
  if (partition !== undefined && parsed.partition !== partition) return at('it is of another partition');
  if (region !== undefined && parsed.region !== region) {
    return at('it is in another Region, and targets are of the Region of their target group');
  }
  if (account !== undefined && parsed.account !== account && iamRoleArnToAssume === undefined) {
    return at('it is of another account', 'write iamRoleArnToAssume, a role of that account, too');
  }
  return [];
}

/** The Service that it binds, if that is known. */
function serviceOf({ serviceRef }: Settings, { services = [] }: CheckContext): Service | undefined {
  return services.find(({ metadata }) => metadata.name === serviceRef.name);
}

function targets(settings: Settings, context: CheckContext): Problem[] {
  const service = serviceOf(settings, context);
  const { targetType, targetGroupProtocol, iamRoleArnToAssume } = settings;
  if (targetType !== 'instance') return [];
  const reasons = [
    ...(service && (service.spec.type ?? 'ClusterIP') === 'ClusterIP'
      ? ['the Service is of type ClusterIP, so nodes have no port to send to']
      : []),
    ...(isOnFargate(context) ? ['pods on Fargate have no instance that could be a target'] : []),
    ...(iamRoleArnToAssume === undefined
      ? []
      : ['the controller joins targets of another account by ip only']),
    ...(targetGroupProtocol?.endsWith('QUIC') ? ['QUIC reaches pods only'] : []),
  ];
  return reasons.map((reason) => problem('targetType', targetType, reason, "write 'ip'"));
}

function nodeSelector({ nodeSelector: selector, targetType }: Settings): Problem[] {
  if (!selector) return [];
  if (targetType === 'ip') {
    return [
      problem(
        'nodeSelector',
        selector,
        'targets of type ip are pods, and the controller refuses it',
        "write targetType: 'instance', or remove it",
      ),
    ];
  }
  return (selector.matchExpressions ?? []).flatMap(({ operator, values = [] }, index) => {
    const needed = operator === 'In' || operator === 'NotIn';
    if (needed === values.length > 0) return [];
    return [
      problem(
        `nodeSelector.matchExpressions.${index}.values`,
        values,
        needed ? `${operator} compares with values` : `${operator} asks for the key alone`,
        needed ? 'write at least one' : 'remove them',
      ),
    ];
  });
}

function servicePort(settings: Settings, context: CheckContext): Problem[] {
  const { name, port } = settings.serviceRef;
  const service = serviceOf(settings, context);
  if (!service || isUnknown(port)) return [];
  const { ports = [] } = service.spec;
  if (ports.some((each) => each.port === port || each.name === port)) return [];
  const known = ports.map((each) => each.name ?? each.port).join(' or ');
  return [problem('serviceRef.port', port, `Service ${name} has no such port`, `write ${known}`)];
}

function networking({ networking: rules, targetType }: Settings): Problem[] {
  return (rules?.ingress ?? []).flatMap(({ from, ports }, index) => {
    const path = `networking.ingress.${index}`;
    return [
      ...(ports.length === 0
        ? [
            problem(
              `${path}.ports`,
              ports,
              "this release of the controller admits nobody by a rule without ports, whatever the field's description says",
              'write [{ protocol: TCP }] for all ports, or each port',
            ),
          ]
        : []),
      ...from.flatMap(({ ipBlock, securityGroup }, at) => [
        ...((ipBlock === undefined) === (securityGroup === undefined)
          ? [
              problem(
                `${path}.from.${at}`,
                { ipBlock, securityGroup },
                'a peer is a network or a security group',
                'write one of ipBlock and securityGroup',
              ),
            ]
          : []),
      ]),
      ...ports.flatMap(({ port }, at) => {
        const where = `${path}.ports.${at}.port`;
        if (typeof port === 'string' && !isUnknown(port) && targetType === 'instance') {
          return [problem(where, port, 'a port of nodes has no name', 'write its number')];
        }
        return [];
      }),
    ];
  });
}

function role({ iamRoleArnToAssume, assumeRoleExternalId }: Settings): Problem[] {
  return [
    ...(assumeRoleExternalId !== undefined && iamRoleArnToAssume === undefined
      ? [
          problem(
            'assumeRoleExternalId',
            assumeRoleExternalId,
            'it goes with a role that the controller assumes, and there is none',
            'write iamRoleArnToAssume too, or remove it',
          ),
        ]
      : []),
  ];
}
