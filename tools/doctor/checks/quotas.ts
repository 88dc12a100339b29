import { type AwsEnvironment } from '../../../config';
import { type DoctorCheck, type DoctorFinding } from '../check';
import { type Look } from '../look';

/** What an environment uses of a quota, and what of it others use. */
interface QuotaUse {
  readonly what: string;
  readonly service: string;
  readonly code: string;
  readonly need: (environment: AwsEnvironment) => number;
  /** @default - not looked at */
  readonly used?: (look: Look) => Promise<number>;
}

const QUOTAS: readonly QuotaUse[] = [
  {
    what: 'VPCs per Region',
    service: 'vpc',
    code: 'L-F678F1CE',
    need: ({ network }) => (network.kind === 'new' ? 1 : 0),
    used: async (look) => {
      const { project, name } = look.environment;
      const own = `${project}-${name}`;
      const all = await look.vpcs();
      return all.filter(({ Tags = [] }) => !Tags.some(({ Key, Value }) => Key === 'Name' && Value === own))
        .length;
    },
  },
  {
    what: 'Elastic IP addresses',
    service: 'ec2',
    code: 'L-0263D0A3',
    need: ({ network }) => {
      if (network.kind === 'existing' || network.nat === 'none') return 0;
      if (network.nat === 'single') return 1;
      return typeof network.zones === 'number' ? network.zones : network.zones.length;
    },
  },
  {
    what: 'EKS clusters',
    service: 'eks',
    code: 'L-1194D53C',
    need: ({ cluster }) => (cluster.kind === 'new' ? 1 : 0),
  },
];

export const quotas: DoctorCheck = {
  id: 'quotas',
  title: 'Quotas of the account leave room',
  needs: ['servicequotas:GetServiceQuota', 'ec2:DescribeVpcs'],
  explain: 'A new account has five VPCs and five addresses in a Region.',
  run: async (look) => {
    const findings: DoctorFinding[] = [];
    for (const { what, service, code, need, used } of QUOTAS) {
      const needed = need(look.environment);
      if (needed === 0) continue;
      const [limit, taken] = [await look.quota(service, code), (await used?.(look)) ?? 0];
      if (limit === undefined || taken + needed <= limit) continue;
      findings.push({
        what: `${what}: ${limit} are allowed, ${taken} are in use, ${needed} more are needed`,
        seen: `servicequotas:GetServiceQuota ${code}`,
        remedy: `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${taken + needed}`,
      });
    }
    return findings;
  },
};
