import { type AnyKind, SSL_POLICIES } from '../../../load-balancers/language';

/** The largest values that AWS takes, the smallest that it doesn't, of a limit as documents tell it. */
export interface Edges {
  readonly legal: readonly unknown[];
  readonly illegal: readonly unknown[];
}

const ARN = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const letters = (count: number) => 'a'.repeat(count);
const pairs = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
const range = (min: number, max: number): Edges => ({
  legal: [min, max],
  illegal: [min - 1, max + 1, min + 0.5],
});
const atLeast = (min: number): Edges => ({ legal: [min], illegal: [min - 1] });
const texts = (legal: readonly string[], illegal: readonly string[]): Edges => ({ legal, illegal });

const TAG = '1 to 128 letters, digits, spaces and _ . : / = + - @; not aws:, nor those of the controller';
const TAG_VALUE = 'at most 256 letters, digits, spaces and _ . : / = + - @';

/**
 * By the words of each limit, so that another limit has no row here. Sources are those of the kinds: AWS's API.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/Welcome.html
 */
const EDGES: Readonly<Record<string, Edges>> = {
  'whole number from 1 to 4000': range(1, 4000),
  'whole number from 60 to 604800': range(60, 604800),
  'whole number from 1 to 604800': range(1, 604800),
  'whole number of 0 or more': atLeast(0),
  'whole number of 1 or more': atLeast(1),
  'whole number from -1000 to 1000': range(-1000, 1000),
  'whole number from 1 to 65535': range(1, 65535),
  'whole number from -1 to 86400': range(-1, 86400),
  'whole number from 0 to 7': range(0, 7),
  'whole number from 5 to 300': range(5, 300),
  'whole number from 2 to 120': range(2, 120),
  'whole number from 2 to 10': range(2, 10),
  'whole number from 0 to 999': range(0, 999),
  'whole number from 0 to 3600': range(0, 3600),
  'whole number from 30 to 900, or 0': { legal: [0, 30, 900], illegal: [-1, 1, 29, 901] },
  'whole number from 1 to 100': range(1, 100),
  'whole number from 60 to 6000': range(60, 6000),
  'whole number of 2XX, 4XX or 5XX': { legal: [200, 299, 400, 599], illegal: [199, 300, 399, 600] },

  text: texts(['', 'any'], []),
  'at least one character': texts(['a'], ['']),
  '1 to 128 characters': texts(['a', letters(128)], ['', letters(129)]),
  'at most 1024 characters': texts(['', letters(1024)], [letters(1025)]),
  '1 to 1024 characters': texts(['a', letters(1024)], ['', letters(1025)]),
  'at most 128 characters, without the question mark': texts([letters(128)], [letters(129), '?a=b']),
  '1 to 1024 printable characters, without spaces at either end': texts(
    ['a', letters(1024)],
    [letters(1025), ' a', 'a\u00e9a'],
  ),
  '1 to 256 characters': texts(['a', letters(256)], ['', letters(257)]),
  'at most 32 letters, digits and hyphens': texts(['a', letters(32)], ['', letters(33), 'a-']),
  'at most 32 letters, digits and hyphens; no hyphen at either end, not internal- at the beginning': texts(
    [letters(32), 'internals'],
    [letters(33), 'internal-s', '-a', 'a-', 'a_b'],
  ),
  'at most 40 letters, digits, - and _': texts([letters(40)], [letters(41), 'a b']),
  'at most 40 capital letters, - and _': texts(['A'.repeat(40)], ['A'.repeat(41), 'get']),
  'at most 40 characters of a header name; not Host': texts([letters(40)], [letters(41), 'Host', 'a*']),
  'at most 63 lower-case letters, digits, hyphens and dots': texts([letters(63)], [letters(64), 'A', 'a-']),
  'at most 128 letters, digits, - and _': texts([letters(128)], [letters(129), 'a b']),
  'at most 128 letters, digits and - . * ?; a dot, and letters only after the last one': texts(
    [`${letters(124)}.com`],
    [`${letters(125)}.com`, 'localhost', 'a.b1', 'a_b.com'],
  ),
  'at most 128 letters, digits and _-.$/~"\'@:+&*?': texts(
    [`/${letters(127)}`],
    [`/${letters(128)}`, '/[a]'],
  ),
  'at most 128 characters beginning with /': texts([`/${letters(127)}`], [`/${letters(128)}`, 'a', '/a//b']),
  '1 to 128 characters, the first a slash': texts([`/${letters(127)}`], [`/${letters(128)}`, 'a', '']),
  'at most 1024 characters beginning with /, without spaces': texts(
    [`/${letters(1023)}`],
    [`/${letters(1024)}`, 'a', '/a b'],
  ),
  'DNS name of at most 128 characters, with a wildcard at most as its first label': texts(
    [`${letters(63)}.${letters(60)}.com`, '*.example.com'],
    [`${letters(63)}.${letters(61)}.com`, 'a.*.com', 'localhost', 'A.com'],
  ),
  '3 to 63 lower-case letters, digits, hyphens and dots': texts(
    ['abc', letters(63)],
    ['ab', letters(64), 'My_Bucket'],
  ),
  'no / at either end, no AWSLogs in it': texts(['a/b'], ['/a', 'a/', 'AWSLogs/x', 'a b']),
  'name of a Service: at most 63 lower-case letters, digits and hyphens': texts(
    [letters(63)],
    ['', letters(64), 'A', '1a', 'a-'],
  ),
  'name of a port': texts([letters(15)], [letters(16), 'a_b']),
  'name of a Secret': texts(['a.b'], ['', 'A']),
  'name of a cookie': texts(['AUTH'], ['', 'a b', 'a;b']),
  'name of a cookie that does not begin with AWSALB': texts(['app'], ['AWSALBAPP', 'a b']),
  'prefix of a domain, or a domain': texts(['shop', 'id.example.com'], ['https://id.example.com']),
  'HTTPS address': texts(['https://id.example.com/a'], ['', 'http://id.example.com', 'https://']),
  'HTTPS address of at most 256 characters': texts(
    [`https://${letters(248)}`],
    [`https://${letters(249)}`, 'http://id.example.com'],
  ),
  'IPv4 address': texts(['10.0.1.10'], ['10.0.1', '::1']),
  'IPv6 address': texts(['2001:db8::10'], ['10.0.1.10']),
  'IPv4 network': texts(['10.0.0.0/8', '0.0.0.0/0'], ['10.0.0.1/8', '10.0.0.0/33', '2001:db8::/32']),
  'IPv4 or IPv6 network': texts(['10.0.0.1/8', '2001:db8::/32'], ['10.0.0.1', '10.0.0.0/33']),
  'IPv4 or IPv6 network, without bits outside its prefix': texts(
    ['10.0.0.0/8', '2001:db8::/32'],
    ['10.0.0.1/8', '10.0.0.1', '10.0.0.0/33'],
  ),
  'IPv6 network of 80 bits, or auto_assigned': texts(
    ['2001:db8:1:2:3::/80', 'auto_assigned'],
    ['2001:db8::/64', '10.0.0.0/8'],
  ),
  'id of a subnet, or the value of its tag Name': texts(
    ['subnet-0123456789abcdef0', 'subnet-01234567', 'public a'],
    ['subnet-x', ' a'],
  ),
  'id of a security group, or the value of its tag Name': texts(
    ['sg-0123456789abcdef0', 'web'],
    ['sg-x', ' a'],
  ),
  'id of a subnet': texts(['subnet-0123456789abcdef0'], ['x']),
  'id of a security group': texts(['sg-0123456789abcdef0'], ['x']),
  'id of a VPC': texts(['vpc-0123456789abcdef0'], ['x']),
  'id of a prefix list': texts(['pl-0123456789abcdef0'], ['x']),
  'id of an Elastic IP address': texts(['eipalloc-0123456789abcdef0'], ['x']),
  'id of a customer-owned pool': texts(['ipv4pool-coip-0123456789abcdef0'], ['x']),
  'id of a pool of IPAM': texts(['ipam-pool-0123456789abcdef0'], ['x']),
  'id of a web ACL of WAF Classic, or none': texts(['4f1a2b3c-1111-2222-3333-444455556666', 'none'], ['x']),
  'ARN of a certificate of ACM or IAM': texts([ARN], ['x', ARN.replace('acm', 'kms')]),
  'ARN of a private certificate authority': texts(
    ['arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/x'],
    ['x', ARN],
  ),
  'ARN of a target group': texts(
    ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/users/0123456789abcdef'],
    ['x', ARN],
  ),
  'ARN of a role': texts(['arn:aws:iam::111122223333:role/targets'], ['x', ARN]),
  'ARN of a user pool': texts(
    ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a'],
    ['', 'x', ARN],
  ),
  'ARN or name of a trust store': texts(
    [letters(32), 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/a/b'],
    [letters(33), 'a_b'],
  ),
  'ARN of a regional web ACL of WAFv2, or none': texts(
    ['arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/b', 'none'],
    ['x', 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b'],
  ),
  'a security policy of AWS': texts(SSL_POLICIES.slice(0, 2), ['nonsense']),
  'codes of HTTP, or of gRPC': texts(['200', '200,301', '200-299'], ['', 'ok']),
  'codes from 200 to 499, such as 200, 200,202 or 200-299': texts(['200-499'], ['199', '500', '300-200']),
  'codes from 200 to 599, such as 200, 200,202 or 200-299': texts(['200-599'], ['199', '600', '300-200']),

  [`keys: ${TAG}; values: ${TAG_VALUE}; at most 50`]: {
    legal: [pairs(50), { [letters(128)]: letters(256) }, { 'xaws:x': 'v', 'a.ingress.k8s.aws/x': '' }],
    illegal: [
      pairs(51),
      { [letters(129)]: 'v' },
      { k: letters(257) },
      { 'a!': 'v' },
      { k: 'v!' },
      ...['aws:x', 'service.k8s.aws/x', 'ingress.k8s.aws/x', 'elbv2.k8s.aws/x'].map((key) => ({
        [key]: 'v',
      })),
    ],
  },
  'keys: whole number from 1 to 65535; values: whole number from 1 to 65535': {
    legal: [{ '80': 65535 }],
    illegal: [{ '80': 65536 }, { http: 80 }, { '0': 80 }],
  },
  'keys: key of a label; values: value of a label': {
    legal: [{ k: '' }],
    illegal: [{ 'a b': 'v' }, { k: 'a b' }],
  },
  'keys: at least one character; values: text; at most 10': {
    legal: [pairs(10)],
    illegal: [pairs(11), { '': 'v' }],
  },
  'keys: text; values: text': { legal: [{ k: 'v' }], illegal: [] },
  'keys: text; values: list: text': { legal: [{ k: ['v'] }], illegal: [{ k: ['v', 'v'] }] },
};

/** Most entries that a list may have, by the words of its limit. */
const MOST: Readonly<Record<string, number>> = {
  'list: object, or object, or object; at most 5': 5,
  'list: object; at most 10': 10,
  'list: object; at most 50': 50,
  'list: object; at most 4': 4,
  'list: IPv4, IPv6; at most 2': 2,
};

/** Of lists, how many entries are legal. */
export function mostOf({ limit }: AnyKind): number | undefined {
  if (!/; at most \d+$/.test(limit)) return undefined;
  const most = MOST[limit];
  if (most === undefined) throw new Error(`'${limit}' has no row in MOST: write how many AWS takes`);
  return most;
}

/** Of a number that is written as a text. */
const asTexts = (edges: Edges | undefined) =>
  edges && { legal: edges.legal.map(String), illegal: [...edges.illegal.map(String), 'http'] };

/** Of a kind without parts. */
export function edgesOf({ form, limit }: AnyKind): Edges {
  if (form.type === 'flag')
    return { legal: form.only === undefined ? [true, false] : [form.only], illegal: ['x'] };
  if (form.type === 'words') return { legal: form.words, illegal: ['nonsense'] };
  const edges =
    form.type === 'text' && limit.startsWith('whole number') ? asTexts(EDGES[limit]) : EDGES[limit];
  if (!edges)
    throw new Error(`'${limit}' has no row in EDGES: write its largest legal and smallest illegal values`);
  return edges;
}
