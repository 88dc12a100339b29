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
export const serviceLoadBalancersRule: EnvironmentRule = function* (environment) {
  for (const [index, service] of environment.plan.services.entries()) {
    const path = `workloads.services.${index}`;
    yield* networkLoadBalancer(service, path);
    for (const [at, binding] of service.bindings.entries()) {
      yield* targetGroupBinding(environment, service, binding, `${path}.targetGroupBindings.${at}`);
    }
  }
  yield* names(environment);
  yield* once(environment);
};

const under = (path: string, problems: readonly Problem[]): Finding[] =>
  problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` }));

function* networkLoadBalancer(
  { networkLoadBalancer, context }: PlannedService,
  path: string,
): Iterable<Finding> {
  if (networkLoadBalancer)
    yield* under(`${path}.networkLoadBalancer`, nlbServiceProblems(networkLoadBalancer, context));
}

function* targetGroupBinding(
  environment: AwsEnvironment,
  { context }: PlannedService,
  { object, loadBalancer }: PlannedService['bindings'][number],
  path: string,
): Iterable<Finding> {
  if (!loadBalancer) {
    yield* under(path, targetGroupBindingProblems(object, context));
    return;
  }
  for (const field of ['targetGroupARN', 'targetGroupName'] as const) {
    if (object[field] !== undefined)
      yield {
        path: `${path}.${field}`,
        value: object[field],
        reason: 'loadBalancer makes a target group of its own',
        remedy: 'write one of the two',
      };
  }
  yield* under(
    path,
    targetGroupBindingProblems(
      // Its target group is made along with it.
      { ...object, targetGroupARN: '(known after apply)', targetGroupName: undefined },
      context,
    ),
  );
  yield* under(`${path}.loadBalancer`, terraformAlbProblems(loadBalancer, context));
  yield* publicSubnets(environment, loadBalancer.scheme, path);
}

function* publicSubnets(
  { network }: AwsEnvironment,
  scheme: 'internal' | 'internet-facing' | undefined,
  path: string,
): Iterable<Finding> {
  if (scheme !== 'internet-facing') return;
  if (network.kind === 'new' ? network.publicSubnets : network.publicSubnetIds.length >= 2) return;
  yield {
    path: `${path}.loadBalancer.scheme`,
    value: 'internet-facing',
    reason: 'the network has no public subnets in two zones',
    remedy: "write 'internal', or give the network public subnets",
  };
}

function* names({ workloads: { services } }: AwsEnvironment): Iterable<Finding> {
  const taken = new Set(services.map(({ name }) => name));
  for (const [index, { name, networkLoadBalancer: nlb, targetGroupBindings }] of services.entries()) {
    const path = `workloads.services.${index}`;
    if (nlb && taken.has(`${name}-nlb`))
      yield {
        path: `${path}.networkLoadBalancer`,
        value: `${name}-nlb`,
        reason: 'its Service has the name of another service',
        remedy: 'write another name for one of the two services',
      };
    for (const { index: at, entry } of repeated(targetGroupBindings, (each) => each.name)) {
      yield {
        path: `${path}.targetGroupBindings.${at}.name`,
        value: entry.name,
        reason: 'another binding of the service has it already',
        remedy: 'write each name once',
      };
    }
    for (const [at, each] of targetGroupBindings.entries()) {
      const most = LONGEST_RELEASE - name.length - 1;
      if (each.name.length <= most) continue;
      yield {
        path: `${path}.targetGroupBindings.${at}.name`,
        value: each.name,
        reason: `the name of its Helm release, ${name}-${each.name}, is too long for Helm`,
        remedy: most < 1 ? 'write a shorter name for the service' : `write at most ${most} characters`,
      };
    }
  }
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
function* once(environment: AwsEnvironment): Iterable<Finding> {
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
  for (const { entry, first } of repeated(values, ({ value }) => String(value))
    // Twice in one list is told by the check of that list.
    .filter(({ entry, first }) => entry.of !== first.entry.of || !entry.of.startsWith('workloads.'))) {
    yield {
      path: entry.path,
      value: entry.value,
      reason: `${first.entry.path} has it already`,
      remedy: /\.targetGroup(ARN|Name)$/.test(entry.path)
        ? 'write another target group, or multiClusterTargetGroup: true for both'
        : 'write another one',
    };
  }
}
