import {
  compareReleases,
  isUnknown,
  OLDEST_MODEL_RELEASE,
  type Facts,
  type LoadBalancer,
} from '../../load-balancers/model';

/** What of load balancers only AWS knows, and the facts don't say; a sentence each. */
export function unjudged(
  loadBalancers: readonly LoadBalancer[],
  { subnets, certificates, securityGroups, webAcls }: Facts,
): readonly string[] {
  const of = (what: string, facts: string, applies: (loadBalancer: LoadBalancer) => boolean) => {
    const ids = loadBalancers.filter(applies).map(({ Id }) => Id);
    return ids.length === 0 ? [] : [`${what} of ${ids.join(', ')}: the facts have no ${facts}`];
  };
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
  ];
}

/** What isn't known of a release; a sentence. */
export function unjudgedRelease(release: string | undefined): readonly string[] {
  if (release === undefined || compareReleases(release, OLDEST_MODEL_RELEASE) >= 0) return [];
  return [
    `what release ${release} of the controller builds otherwise than ${OLDEST_MODEL_RELEASE}, beyond the annotations and fields that it doesn't know`,
  ];
}
