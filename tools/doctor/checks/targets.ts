import { type DoctorCheck, type DoctorFinding } from '../check';
import { servedLoadBalancers } from '../objects';
import { READS } from './load-balancers';

const REASONS: Readonly<Record<string, string>> = {
  'Target.ResponseCodeMismatch':
    'the health check is answered by a status that it does not take (healthCheck.path, healthCheck.successCodes)',
  'Target.Timeout':
    'nobody answers the health check in time: a security group in between, or a port that nothing listens at',
  'Target.FailedHealthChecks':
    'nobody answers the health check: the port is closed, the pod is gone, or a security group is in between',
  'Target.NotRegistered': 'the target was taken away, and drains',
  'Target.NotInUse':
    'no listener forwards to the group, or the zone of the target is not one of the load balancer',
  'Target.DeregistrationInProgress': 'the target was taken away, and drains',
  'Target.InvalidState': 'the instance is stopped or ends',
  'Target.IpUnusable': 'the address is that of a load balancer',
  'Target.HealthCheckDisabled': 'the health check is off',
  'Elb.RegistrationInProgress': 'the target was just registered',
  'Elb.InitialHealthChecking': 'the first health checks run',
  'Elb.InternalError': 'an error inside Elastic Load Balancing',
};
const PASSING = [
  'Elb.RegistrationInProgress',
  'Elb.InitialHealthChecking',
  'Target.DeregistrationInProgress',
];

export const targetsHealthy: DoctorCheck = {
  id: 'targets',
  title: 'Each target group has a target, and all are healthy',
  needs: READS,
  explain: 'The pod does not answer the health check, or a security group is in between.',
  run: async (look) => {
    const own = await servedLoadBalancers(look);
    return own.flatMap(({ Id: balancer, TargetGroups }) =>
      TargetGroups.flatMap(({ Id, Targets, TargetType }): DoctorFinding[] => {
        if (TargetType === 'lambda' || TargetType === 'alb') return [];
        const settled = Targets.filter(({ TargetHealth }) => !PASSING.includes(TargetHealth?.Reason ?? ''));
        const sick = settled.filter(({ TargetHealth }) => TargetHealth?.State !== 'healthy');
        if (Targets.length > 0 && sick.length === 0) return [];
        const [{ TargetHealth } = {}] = sick;
        return [
          {
            what:
              Targets.length === 0
                ? `Target group ${Id} of ${balancer} has no target`
                : `${sick.length} of ${Targets.length} targets of ${Id} (${balancer}) are not healthy`,
            seen:
              sick
                .map(
                  ({ Target, TargetHealth: health }) =>
                    `${Target?.Id ?? ''}:${Target?.Port ?? ''} is ${health?.State ?? ''} (${health?.Reason ?? ''})`,
                )
                .join('; ') || 'elasticloadbalancing:DescribeTargetHealth',
            cause:
              REASONS[TargetHealth?.Reason ?? ''] ??
              'no pod is ready, or the controller could not register it',
            remedy: 'workloads.services[].healthCheck and port; kubectl get pods',
            issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1284',
          },
        ];
      }),
    );
  },
};
