import { nearest } from '../../problem';
import { list } from '../collections';
import { type AnyKind } from '../kind';
import { whole, words } from '../scalars';
import { text, like, arn } from '../text';
import { CURRENT_SSL_POLICY, SSL_POLICIES } from '../ssl-policies';

const ACCOUNT = '111122223333';

/** What security policy an HTTPS or TLS listener may have. AWS may have one that came later. */
const sslPolicy = text('a security policy of AWS', (value) => {
  if (SSL_POLICIES.includes(value)) return undefined;
  const meant = nearest(value, SSL_POLICIES, 4);
  return {
    reason: 'AWS has no such policy for its listeners, as far as is known',
    remedy: `write ${meant === undefined ? `one such as '${CURRENT_SSL_POLICY}'` : `'${meant}'`}`,
    ...(meant === undefined && /^ELBSecurityPolicy-./.test(value) && { warning: true }),
  };
});

/** Certificates, policies and web ACLs, and how people log in. */
export const SECURITY = {
  certificates: list(
    arn(
      /(acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[^\s,]+/,
      'a certificate of ACM or IAM',
      `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/…`,
    ),
  ),
  certificateAuthority: arn(
    /acm-pca:[^:]+:\d{12}:certificate-authority\/\S+/,
    'a private certificate authority',
    `arn:aws:acm-pca:eu-west-1:${ACCOUNT}:certificate-authority/…`,
  ),
  roleArn: arn(/iam::\d{12}:role\/\S+/, 'a role', `arn:aws:iam::${ACCOUNT}:role/targets`),
  sslPolicy,
  webAclArn: text(
    'ARN of a regional web ACL of WAFv2, or none',
    like(
      /^(arn:[^:,\s]+:wafv2:[^:]*:\d{12}:(regional|global)\/webacl\/[^/\s]+\/[^/\s]+|none)$/,
      'this is no ARN of a web ACL of WAFv2',
      `write one such as arn:aws:wafv2:eu-west-1:${ACCOUNT}:regional/webacl/name/id`,
    ),
    like(
      /^(?!.*:global\/)/,
      'its scope is CloudFront, whose web ACLs a load balancer cannot have',
      `write one such as arn:aws:wafv2:eu-west-1:${ACCOUNT}:regional/webacl/name/id; one of CLOUDFRONT is for distributions only`,
    ),
  ),
  /** @see https://docs.aws.amazon.com/waf/latest/APIReference/API_wafRegional_AssociateWebACL.html */
  wafClassicId: text(
    'id of a web ACL of WAF Classic, or none',
    like(
      /^([0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|none)$/,
      'not the id of a web ACL of WAF Classic',
      "write the id of a web ACL of WAF Classic, or 'none'",
    ),
  ),
  authenticationType: words('none', 'oidc', 'cognito'),
  onUnauthenticatedRequest: words('authenticate', 'allow', 'deny'),
  sessionTimeout: whole(1, 604800),
} as const satisfies Readonly<Record<string, AnyKind>>;
