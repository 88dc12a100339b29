import { type TerraformAlbSettings } from '../language';
import { isUnknown } from '../model';
import { certificateExample, reasonElsewhere } from './arn';
import { type Problem } from '../problem';
import { type CheckContext } from './context';

/** What AWS would refuse of fields together, of an Application Load Balancer with these settings. */
export function terraformAlbProblems(settings: TerraformAlbSettings, here: CheckContext = {}): Problem[] {
  const { certificateArns, sslPolicy, port, healthCheck: check = {} } = settings;
  const interval = check.intervalSeconds ?? 15;
  const timeout = check.timeoutSeconds ?? 5;
  const at = (path: string, value: unknown, reason: string, remedy: string): Problem => ({
    path,
    value,
    reason,
    remedy,
  });
  return [
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
      const reasons = isUnknown(value) ? [] : reasonElsewhere(value, here);
      return reasons.map((reason) =>
        at(`certificateArns.${index}`, value, reason, `write an ARN such as ${certificateExample(here)}`),
      );
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
    ...(port === 80 && certificateArns?.length
      ? [at('port', port, 'on it HTTP redirects to HTTPS', 'write another port, such as 443')]
      : []),
  ];
}
