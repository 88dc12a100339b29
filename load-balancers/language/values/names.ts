import { type AnyKind } from '../kind';
import { anyOf } from '../object';
import { whole } from '../scalars';
import { atMost, like, text } from '../text';

/** The number of a port, or its name, which has a letter. */
const PORT_NAME = /^(?=.*[a-z])(?!use-annotation$)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/;

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const loadBalancerName = text(
  'at most 32 letters, digits and hyphens; no hyphen at either end, not internal- at the beginning',
  (value) =>
    value.length <= 32
      ? undefined
      : {
          reason: `it has ${value.length} characters, a load balancer's name at most 32`,
          remedy: `write at most 32 characters, such as '${value.slice(0, 32).replace(/-$/, '')}'`,
        },
  (value) =>
    value.startsWith('internal-')
      ? {
          reason: "AWS keeps names that begin with 'internal-' for itself",
          remedy: `write a name that does not begin with 'internal-', such as '${value.slice(9) || 'shop'}'`,
        }
      : undefined,
  like(
    /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    'a name has letters, digits and hyphens only, without a hyphen at either end',
    (value) =>
      `write letters, digits and hyphens, with no hyphen at either end, such as '${value.replaceAll(/[^a-zA-Z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'shop'}'`,
  ),
);

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucket = text(
  '3 to 63 lower-case letters, digits, hyphens and dots',
  like(
    /^(?=.{3,63}$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    'no bucket of S3 has such a name',
    'write the name of an S3 bucket, without s3://',
  ),
);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
const logPrefix = text(
  'no / at either end, no AWSLogs in it',
  like(
    /^(?!\/)(?!.*\/$)(?!.*AWSLogs)\S*$/,
    'AWS takes no such prefix of logs',
    'write a prefix without / at either end, without spaces and without AWSLogs, which AWS adds',
  ),
);

/** Names, and numbers that stand for them. */
export const NAMES = {
  loadBalancerName,
  groupName: text(
    'at most 63 lower-case letters, digits, hyphens and dots',
    atMost(63),
    like(
      /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
      'no name of a group',
      'write lower-case letters, digits, hyphens and dots, with a letter or a digit at both ends',
    ),
  ),
  groupOrder: whole(-1000, 1000),
  port: whole(1, 65535),
  /** Name or number of a port of a Service. */
  servicePort: anyOf(
    'write the number or the name of a port of the Service',
    whole(1, 65535),
    text(
      'name of a port',
      like(
        PORT_NAME,
        'no port of a Service has such a name',
        'write the number of a port, or its name: at most 15 lower-case letters, digits and hyphens',
      ),
    ),
  ),
  serviceName: text(
    'name of a Service: at most 63 lower-case letters, digits and hyphens',
    atMost(63),
    like(
      /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
      'no Service has such a name',
      'write the name of a Service: lower-case letters, digits and hyphens, beginning with a letter',
    ),
  ),
  /** A host name, with a wildcard at most as its first label. */
  hostName: text(
    'DNS name of at most 128 characters, with a wildcard at most as its first label',
    atMost(128, ': a load balancer compares no more'),
    like(
      /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'no DNS name',
      'write a DNS name such as shop.example.com or *.example.com',
    ),
  ),
  targetGroupName: text(
    'at most 32 letters, digits and hyphens',
    like(
      /^(?=.{1,32}$)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
      'not the name of a target group',
      'write the name of a target group, such as users: at most 32 letters, digits and hyphens',
    ),
  ),
  webAclName: text(
    'at most 128 letters, digits, - and _',
    like(
      /^[\w-]{1,128}$/,
      'no web ACL has such a name',
      'write a name of at most 128 letters, digits, - and _',
    ),
  ),
  bucket,
  logPrefix,
} as const satisfies Readonly<Record<string, AnyKind>>;
