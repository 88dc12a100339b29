import { type AnyKind, type Kind } from '../kind';
import { foldedWords, whole, words } from '../scalars';
import { arn, atMost, like, text } from '../text';

const ACCOUNT = '111122223333';

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const healthCheckPath = text(
  'at most 1024 characters beginning with /, without spaces',
  like(
    /^\//,
    'it has no / in front',
    (value) => `write a path that begins with /, such as /${value.replaceAll(/\s/g, '')}`,
  ),
  atMost(1024),
  like(
    /^[!-~]*$/,
    'no path of a request has such characters',
    'write it without spaces, as a request has it',
  ),
);

/** Numbers, lists and ranges of them. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html */
function codes(min: number, max: number, remedy: string): Kind<string> {
  return text(`codes from ${min} to ${max}, such as 200, 200,202 or 200-299`, (value) => {
    const legal = value.split(',').every((entry) => {
      const [, from, to = from] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(entry.trim()) ?? [];
      return Number(from) >= min && Number(to) <= max && Number(from) <= Number(to);
    });
    return legal ? undefined : { reason: `success codes are numbers from ${min} to ${max}`, remedy };
  });
}

/** Target groups, their targets and how these are checked. */
export const TARGETS = {
  targetType: words('instance', 'ip'),
  backendProtocol: words('HTTP', 'HTTPS'),
  backendProtocolVersion: words('HTTP1', 'HTTP2', 'GRPC'),
  networkHealthCheckProtocol: foldedWords('TCP', 'HTTP', 'HTTPS'),
  targetGroupArn: arn(
    /elasticloadbalancing:[^:]+:\d{12}:targetgroup\/[^/\s]+\/\S+/,
    'a target group',
    `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/name/0123456789abcdef`,
  ),
  weight: whole(0, 999),
  healthCheckInterval: whole(5, 300),
  healthCheckTimeout: whole(2, 120),
  threshold: whole(2, 10),
  healthCheckPath,
  successCodes: codes(200, 499, "write such as '200', '200,302' or '200-399'"),
  networkSuccessCodes: codes(200, 599, "write such as '200', '200,302' or '200-399'"),
  grpcCodes: codes(0, 99, "write such as '0', '0,12' or '0-99'"),
  cookieSeconds: whole(1, 604800),
} as const satisfies Readonly<Record<string, AnyKind>>;
