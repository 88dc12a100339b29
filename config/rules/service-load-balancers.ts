import {
  nlbServiceProblems,
  terraformAlbProblems,
  targetGroupBindingProblems,
} from '../../load-balancers/checks';
import { boundedName } from '../../modules/iam/bounded-name';
import { type AwsEnvironment } from '../environment';
import { type PlannedService } from '../plan';
import { type Problem } from '../problem';
import { repeated, type Finding, type EnvironmentRule } from './rule';

/** Of a load balancer's name. */
const LONGEST_LOAD_BALANCER = 32;
/** Of a Helm release, whose name is that of the binding. */
const LONGEST_RELEASE = 53;

/** Load balancers of single services are ones that the controller and AWS make. */
export const serviceLoadBalancersRule: EnvironmentRule = (environment) => [
  ...environment.plan.services.flatMap((service, index) => {
    const path = `workloads.services.${index}`;
    return [
      ...networkLoadBalancer(service, path),
      ...service.bindings.flatMap((binding, at) =>
        targetGroupBinding(environment, service, binding, `${path}.targetGroupBindings.${at}`),
      ),
    ];
  }),
  ...names(environment),
  ...once(environment),
];

const under = (path: string, problems: readonly Problem[]): Finding[] =>
  problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` }));

function networkLoadBalancer({ networkLoadBalancer, context }: PlannedService, path: string): Finding[] {
  return networkLoadBalancer
    ? under(`${path}.networkLoadBalancer`, nlbServiceProblems(networkLoadBalancer, context))
    : [];
}

function targetGroupBinding(
  environment: AwsEnvironment,
  { context }: PlannedService,
  { object, loadBalancer }: PlannedService['bindings'][number],
  path: string,
): Finding[] {
  if (!loadBalancer) return under(path, targetGroupBindingProblems(object, context));
  return [
    ...(['targetGroupARN', 'targetGroupName'] as const).flatMap((field): Finding[] =>
      object[field] === undefined
        ? []
        : [
            {
              path: `${path}.${field}`,
              value: object[field],
              reason: 'loadBalancer makes a target group of its own',
              remedy: 'write one of the two',
            },
          ],
    ),
    ...under(
      path,
      targetGroupBindingProblems(
        // Its target group is made along with it.
        { ...object, targetGroupARN: '(known after apply)', targetGroupName: undefined },
        context,
      ),
    ),
    ...under(`${path}.loadBalancer`, terraformAlbProblems(loadBalancer, context)),
    ...publicSubnets(environment, loadBalancer.scheme, path),
  ];
}

function publicSubnets(
  { network }: AwsEnvironment,
  scheme: 'internal' | 'internet-facing' | undefined,
  path: string,
): Finding[] {
  if (scheme !== 'internet-facing') return [];
  if (network.kind === 'new' ? network.publicSubnets : network.publicSubnetIds.length >= 2) return [];
  return [
    {
      path: `${path}.loadBalancer.scheme`,
      value: 'internet-facing',
      reason: 'the network has no public subnets in two zones',
      remedy: "write 'internal', or give the network public subnets",
    },
  ];
}

function names({ workloads: { services } }: AwsEnvironment): Finding[] {
  const taken = new Set(services.map(({ name }) => name));
  return services.flatMap(({ name, networkLoadBalancer: nlb, targetGroupBindings }, index): Finding[] => {
    const path = `workloads.services.${index}`;
    return [
      ...(nlb && taken.has(`${name}-nlb`)
        ? [
            {
              path: `${path}.networkLoadBalancer`,
              value: `${name}-nlb`,
              reason: 'its Service has the name of another service',
              remedy: 'write another name for one of the two services',
            },
          ]
        : []),
      ...repeated(targetGroupBindings, (each) => each.name).map(({ index: at, entry }) => ({
        path: `${path}.targetGroupBindings.${at}.name`,
        value: entry.name,
        reason: 'another binding of the service has it already',
        remedy: 'write each name once',
      })),
      ...targetGroupBindings.flatMap((each, at): Finding[] => {
        const most = LONGEST_RELEASE - name.length - 1;
        if (each.name.length <= most) return [];
        return [
          {
            path: `${path}.targetGroupBindings.${at}.name`,
            value: each.name,
            reason: `the name of its Helm release, ${name}-${each.name}, is too long for Helm`,
            remedy: most < 1 ? 'write a shorter name for the service' : `write at most ${most} characters`,
          },
        ];
      }),
    ];
  });
}

/** An account has one load balancer of a name in a Region, of whatever kind. */
function loadBalancerNames({ plan, project, name, loadBalancing, sample }: AwsEnvironment) {
  const annotation = 'alb.ingress.kubernetes.io/';
  const { params, name: ofClass } = loadBalancing.ingressClass;
  const path = 'loadBalancing.ingressClass.params.loadBalancerName';
  const ingresses = plan.ingresses.map((planned) => {
    const { annotations = {} } = planned.manifest.metadata;
    return {
      path: `${planned.path}.loadBalancerName`,
      group: params.group?.name ?? annotations[`${annotation}group.name`] ?? ` ${planned.name}`,
      value: annotations[`${annotation}load-balancer-name`],
    };
  });
  const groups = [...new Set(ingresses.map(({ group }) => group))];
  const made = sample && params.group === undefined ? [...groups, ` sample of ${ofClass}`] : groups;
  return [
    // Each group of Ingresses has one load balancer; the name of the class wins over theirs.
    ...(params.loadBalancerName === undefined
      ? [
          ...new Map(
            ingresses.filter(({ value }) => value !== undefined).map((each) => [each.group, each]),
          ).values(),
        ]
      : made.map(() => ({ path, value: params.loadBalancerName }))
    ).map(({ path, value }) => ({ path, value, of: 'name' })),
    ...plan.services.flatMap(({ networkLoadBalancer, bindings }, index) => [
      {
        path: `workloads.services.${index}.networkLoadBalancer.loadBalancerName`,
        value: networkLoadBalancer?.loadBalancerName,
        of: 'name',
      },
      ...bindings.flatMap(({ object, loadBalancer }, at) =>
        loadBalancer
          ? [
              {
                path: `workloads.services.${index}.targetGroupBindings.${at}.loadBalancer`,
                value: boundedName(`${project}-${name}-${object.name}`, LONGEST_LOAD_BALANCER),
                of: `workloads.services.${index}`,
              },
            ]
          : [],
      ),
    ]),
  ];
}

/** What AWS, or the controller, gives to one load balancer or binding only. */
function once(environment: AwsEnvironment): Finding[] {
  const { services } = environment.workloads;
  const nlbs = services.flatMap(({ networkLoadBalancer: nlb }, index) =>
    nlb ? [{ nlb, path: `workloads.services.${index}.networkLoadBalancer` }] : [],
  );
  const bindings = services.flatMap((service, index) =>
    service.targetGroupBindings.map((binding, at) => ({
      binding,
      path: `workloads.services.${index}.targetGroupBindings.${at}`,
    })),
  );
  const values = [
    ...loadBalancerNames(environment),
    ...nlbs.flatMap(({ nlb, path }) => [
      ...(nlb.eipAllocations ?? []).map((value, at) => ({
        path: `${path}.eipAllocations.${at}`,
        value,
        of: path,
      })),
      ...(nlb.privateIpv4Addresses ?? []).map((value, at) => ({
        path: `${path}.privateIpv4Addresses.${at}`,
        value,
        of: path,
      })),
    ]),
    // Each of several bindings may say that it leaves the targets of others alone.
    ...bindings.flatMap(({ binding, path }) =>
      binding.multiClusterTargetGroup
        ? []
        : [
            { path: `${path}.targetGroupARN`, value: binding.targetGroupARN, of: 'arn' },
            { path: `${path}.targetGroupName`, value: binding.targetGroupName, of: 'target group' },
          ],
    ),
  ].filter(({ value }) => value !== undefined);
  return (
    repeated(values, ({ value }) => String(value))
      // Twice in one list is told by the check of that list.
      .filter(({ entry, first }) => entry.of !== first.entry.of || !entry.of.startsWith('workloads.'))
      .map(({ entry, first }) => ({
        path: entry.path,
        value: entry.value,
        reason: `${first.entry.path} has it already`,
        remedy: /\.targetGroup(ARN|Name)$/.test(entry.path)
          ? 'write another target group, or multiClusterTargetGroup: true for both'
          : 'write another one',
      }))
  );
}
