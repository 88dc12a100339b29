import {
  compareReleases,
  isUnknown,
  OLDEST_MODEL_RELEASE,
  type Facts,
  type LoadBalancer,
  type Model,
} from '../../load-balancers/model';

/** What of load balancers only AWS knows, and the facts don't say; a sentence each. */
export function unjudged(
  { LoadBalancers, TargetGroupBindings = [] }: Model,
  { subnets, certificates, securityGroups, webAcls, targetGroups = [] }: Facts,
): readonly string[] {
  const of = (what: string, facts: string, applies: (each: LoadBalancer) => boolean) => {
    const ids = LoadBalancers.filter(applies).map(({ Id }) => Id);
    return ids.length === 0 ? [] : [`${what} of ${ids.join(', ')}: the facts have no ${facts}`];
  };
  const known = new Set(targetGroups.flatMap(({ arn, name }) => [arn, name]));
  const bindings = TargetGroupBindings.filter(
    ({ TargetGroupArn, TargetGroupName = '' }) => !known.has(TargetGroupArn) && !known.has(TargetGroupName),
  ).map(
    ({ Id }) =>
      `type, protocol and VPC of the target group of TargetGroupBinding ${Id}: the facts don't have it`,
  );
  const isById = (name: string) => isUnknown(name) || name.startsWith('sg-');
  return [
    ...(subnets === undefined
      ? of('subnets, with their zones and free addresses,', 'subnets', () => true)
      : []),
    ...(subnets?.some(({ freeAddresses }) => freeAddresses === undefined)
      ? of('free addresses of the subnets', 'freeAddresses', () => true)
      : []),
    ...(certificates === undefined
      ? of('certificates by host', 'certificates', ({ Listeners }) =>
          Listeners.some(({ Certificates }) =>
            Certificates.some(({ CertificateArn }) => isUnknown(CertificateArn)),
          ),
        )
      : []),
    ...(securityGroups === undefined
      ? of('security groups by name', 'securityGroups', ({ SecurityGroups }) => !SecurityGroups.every(isById))
      : []),
    ...(webAcls === undefined
      ? of(
          'the web ACL by name',
          'webAcls',
          ({ WebAclArn }) => WebAclArn !== undefined && isUnknown(WebAclArn),
        )
      : []),
    ...bindings,
  ];
}

/** What isn't known of a release; a sentence. */
export function unjudgedRelease(release: string | undefined): readonly string[] {
  if (release === undefined || compareReleases(release, OLDEST_MODEL_RELEASE) >= 0) return [];
  return [
    `what release ${release} of the controller builds otherwise than ${OLDEST_MODEL_RELEASE}, beyond the annotations and fields that it doesn't know`,
  ];
}
