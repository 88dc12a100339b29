import { isIPv4 } from 'node:net';
import { SSL_POLICIES, type TerraformAlbSettings } from '../language';
import { isUnknown } from '../model';
import { type Problem } from '../problem';
import { type BindingSurroundings } from './target-group-binding';

type Range = readonly [path: string, value: number | undefined, min: number, max: number];

/** What AWS would refuse of an Application Load Balancer with these settings. */
export function terraformAlbProblems(
  settings: TerraformAlbSettings,
  { region, account, partition }: BindingSurroundings = {},
): Problem[] {
  const { certificateArns, sslPolicy, port, inboundCIDRs = [], healthCheck: check = {} } = settings;
  const interval = check.intervalSeconds ?? 15;
  const timeout = check.timeoutSeconds ?? 5;
  const ranges: readonly Range[] = [
    ['port', port, 1, 65535],
    ['idleTimeoutSeconds', settings.idleTimeoutSeconds, 1, 4000],
    ['deregistrationDelaySeconds', settings.deregistrationDelaySeconds, 0, 3600],
    ['healthCheck.intervalSeconds', check.intervalSeconds, 5, 300],
    ['healthCheck.timeoutSeconds', check.timeoutSeconds, 2, 120],
    ['healthCheck.healthyThresholdCount', check.healthyThresholdCount, 2, 10],
    ['healthCheck.unhealthyThresholdCount', check.unhealthyThresholdCount, 2, 10],
  ];
  const at = (path: string, value: unknown, reason: string, remedy: string): Problem => ({
    path,
    value,
    reason,
    remedy,
  });
  return [
    ...ranges.flatMap(([path, value, min, max]) =>
      value === undefined || isUnknown(value) || (Number.isInteger(value) && value >= min && value <= max)
        ? []
        : [at(path, value, 'AWS does not take it', `write a whole number from ${min} to ${max}`)],
    ),
    ...(timeout >= interval
      ? [
          at(
            `healthCheck.${check.timeoutSeconds === undefined ? 'intervalSeconds' : 'timeoutSeconds'}`,
            check.timeoutSeconds ?? check.intervalSeconds,
            `a check every ${interval} s can't wait ${timeout} s for an answer`,
            'write an interval longer than the timeout',
          ),
        ]
      : []),
    ...(certificateArns ?? []).flatMap((value, index) => {
      if (isUnknown(value)) return [];
      const [whole, inPartition, inRegion, acm, iam] =
        /^arn:([^:]+):(?:acm:([^:]+):(\d{12}):certificate\/[\w-]+|iam::(\d{12}):server-certificate\/\S+)$/.exec(
          value,
        ) ?? [];
      const reason =
        whole === undefined
          ? 'not the ARN of a certificate of ACM or IAM'
          : partition !== undefined && inPartition !== partition
            ? 'it is of another partition'
            : region !== undefined && inRegion !== undefined && inRegion !== region
              ? 'a load balancer takes certificates of its own Region only'
              : account !== undefined && (acm ?? iam) !== account
                ? 'a load balancer takes certificates of its own account only'
                : undefined;
      const example = `arn:${partition ?? 'aws'}:acm:${region ?? 'eu-west-1'}:${account ?? '111122223333'}:certificate/…`;
      return reason === undefined
        ? []
        : [at(`certificateArns.${index}`, value, reason, `write an ARN such as ${example}`)];
    }),
    ...(sslPolicy !== undefined && !certificateArns?.length
      ? [
          at(
            'sslPolicy',
            sslPolicy,
            'it is of HTTPS, and there is no certificate',
            'write certificateArns too',
          ),
        ]
      : []),
    ...(sslPolicy !== undefined && !isUnknown(sslPolicy) && !SSL_POLICIES.includes(sslPolicy)
      ? [
          at(
            'sslPolicy',
            sslPolicy,
            'AWS has no such security policy that is known here',
            "write a policy such as 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'",
          ),
        ]
      : []),
    ...(port === 80 && certificateArns?.length
      ? [at('port', port, 'on it HTTP redirects to HTTPS', 'write another port, such as 443')]
      : []),
    ...inboundCIDRs.flatMap((value, index) => {
      const [, address = '', length] = /^([^/]+)\/(\d{1,2})$/.exec(value) ?? [];
      if (isUnknown(value) || (isIPv4(address) && Number(length) <= 32)) return [];
      return [
        at(`inboundCIDRs.${index}`, value, 'not an IPv4 network', "write one such as '203.0.113.0/24'"),
      ];
    }),
    ...codes(check.successCodes),
    ...(check.path === undefined || isUnknown(check.path) || /^\/[!-~]{0,1023}$/.test(check.path)
      ? []
      : [
          at(
            'healthCheck.path',
            check.path,
            'no path of a request',
            'write at most 1024 characters that begin with /',
          ),
        ]),
  ];
}

function codes(value: string | undefined): Problem[] {
  if (value === undefined || isUnknown(value)) return [];
  const right = value.split(',').every((part) => {
    const [, from, to = from] = /^(\d{3})(?:-(\d{3}))?$/.exec(part) ?? [];
    return Number(from) >= 200 && Number(to) <= 499 && Number(from) <= Number(to);
  });
  if (right) return [];
  return [
    {
      path: 'healthCheck.successCodes',
      value,
      reason: 'no codes of HTTP from 200 to 499',
      remedy: "write '200', '200,204' or '200-399'",
    },
  ];
}
