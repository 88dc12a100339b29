import { isCidr } from '../../model';
import { type Kind } from '../kind';
import { whole, words } from '../scalars';
import { atMost, characters, like, numeral, text } from '../text';
import { KINDS } from '.';

/** Fixed by AWS. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html */
const VALUE = 128;

/** Of a redirect or of a condition; in a redirect parts of the request may be meant, such as `#{host}`. */
const part = characters(VALUE);

const fixedStatus = whole(200, 599, 'of 2XX, 4XX or 5XX', (code) => code < 300 || code >= 400);

const httpsUrl = [
  like(/^https:\/\/[^\s/]+(\/\S*)?$/, 'this is no HTTPS address', 'write one that begins with https://'),
] as const;

const required = like(/./s, 'it is missing', 'add it');

/**
 * Kinds of what conditions and actions of rules say, by which rules are judged however they were written.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Rule.html
 */
export const RULE_KINDS = {
  /** A host, with or without wildcards. */
  hostPattern: text(
    'at most 128 letters, digits and - . * ?; a dot, and letters only after the last one',
    atMost(VALUE),
    like(
      /^[A-Za-z0-9.*?-]*$/,
      'a host has letters, digits, hyphens, dots, * and ?',
      "write such as '*.example.com'",
    ),
    like(
      /\./,
      'a load balancer takes hosts with a dot only',
      (value) => `write such as '${value}.example.com'`,
    ),
    like(
      /\.(xn--[^.]+|[A-Za-z*?]+)$/,
      'a load balancer takes letters only after the last dot',
      "write a host that ends such as 'example.com'",
    ),
  ),
  /** A path, with or without wildcards. */
  pathPattern: text(`at most ${VALUE} letters, digits and _-.$/~"'@:+&*?`, atMost(VALUE), (value) => {
    const letters = [...new Set(value.match(/[^A-Za-z0-9_\-.$/~"'@:+&*?]/g))].join('');
    if (letters === '') return undefined;
    return {
      reason: `a load balancer can't match '${letters}' in a path: its patterns have letters, digits, _-.$/~"'@:+& and the wildcards * and ?`,
      remedy: /[\\()[\]|^{}]/.test(letters)
        ? "for a regular expression set alb.ingress.kubernetes.io/use-regex-path-match to 'true', of a path of type ImplementationSpecific"
        : "write the wildcard '?' in its place, of a path of type ImplementationSpecific",
    };
  }),
  /** A path as a regular expression, which Kubernetes wants to begin with a slash that isn't part of it. */
  regex: text(
    `1 to ${VALUE} characters`,
    like(
      /./s,
      'empty, not counting the first / of a path, and AWS takes no empty regular expression',
      "write such as '/^/.*$'",
    ),
    atMost(VALUE),
  ),
  conditionValue: part,
  headerName: text(
    'at most 40 characters of a header name; not Host',
    like(
      /^(?!host$)/i,
      'a header condition cannot look at Host',
      "write a condition of field 'host-header', for the header Host",
    ),
    like(/^[^*?]*$/, "a header's name has no wildcards", 'write the whole name'),
    like(
      /^[!#$%&'+.^`|~\w-]{1,40}$/,
      "a header's name has 1 to 40 characters, letters and digits foremost",
      'write the name of a header, of at most 40 characters',
    ),
  ),
  method: text(
    'at most 40 capital letters, - and _',
    like(
      /^[A-Z_-]{1,40}$/,
      'a method has capital letters, - and _, at most 40 of them, and no wildcards',
      "write a method such as 'GET', in upper case",
    ),
  ),
  sourceNetwork: text('IPv4 or IPv6 network', (value) =>
    isCidr(value)
      ? undefined
      : {
          reason: 'this is no network of IPv4 or IPv6',
          remedy: 'write a network such as 192.0.2.0/24 or 2001:db8::/32',
        },
  ),
  redirectStatusCode: words('HTTP_301', 'HTTP_302'),
  redirectProtocol: words('HTTP', 'HTTPS', '#{protocol}'),
  redirectPort: numeral(KINDS.port, "write a port from 1 to 65535, or '#{port}'", '#{port}'),
  redirectHost: part,
  redirectPath: text(
    `1 to ${VALUE} characters, the first a slash`,
    like(/^\//, 'it has no / in front', 'write a path that begins with /'),
    atMost(VALUE),
  ),
  redirectQuery: text(
    `at most ${VALUE} characters, without the question mark`,
    atMost(VALUE),
    like(/^(?!\?)/, 'the question mark is no part of it', 'write it without the question mark'),
  ),
  fixedStatus,
  fixedStatusCode: numeral(fixedStatus, "write a code of 2XX, 4XX or 5XX, such as '503'"),
  contentType: words('text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'),
  messageBody: text('at most 1024 characters', atMost(1024)),
  claimFormat: words('single-string', 'string-array', 'space-separated-values'),
  providerUrl: text('HTTPS address', required, ...httpsUrl),
  jwksEndpoint: text('HTTPS address of at most 256 characters', required, ...httpsUrl, atMost(256)),
  tokenIssuer: text('1 to 256 characters', required, atMost(256)),
  requiredText: text('at least one character', required),
  userPoolArn: text(
    'ARN of a user pool',
    required,
    like(
      /^arn:[^:]+:cognito-idp:[^:]+:[^:]*:userpool\/\S+$/,
      'this is no ARN of a user pool',
      'write the ARN of a user pool such as arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_…',
    ),
  ),
} satisfies Readonly<Record<string, Kind<never>>>;
