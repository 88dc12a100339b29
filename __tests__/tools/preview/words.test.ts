import { describe, expect, it } from '@jest/globals';
import {
  KNOWN_AFTER_APPLY,
  type Action,
  type IpPermission,
  type Listener,
  type RuleCondition,
  type TargetGroup,
} from '../../../load-balancers/model';
import {
  actionWords,
  conditionWords,
  healthWords,
  listenerWords,
  permissionWords,
  placeWords,
  sourceWords,
  transformWords,
} from '../../../tools/preview/words';

describe('words of a model', () => {
  it.each<[RuleCondition, string]>([
    [{ Field: 'host-header', HostHeaderConfig: { Values: ['a', 'b'] } }, 'host a or b'],
    [{ Field: 'host-header', HostHeaderConfig: {} }, 'host '],
    [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/a'] } }, 'path ~ ^/a'],
    [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X', Values: ['1'] } }, 'header X: 1'],
    [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } }, 'method GET'],
    [
      { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'a', Value: 'b' }, { Value: 'c' }] } },
      'query a=b or c',
    ],
    [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } }, 'source 10.0.0.0/8'],
    [{ Field: KNOWN_AFTER_APPLY }, KNOWN_AFTER_APPLY],
  ])('say a condition: %j', (condition, words) => {
    expect(conditionWords(condition)).toBe(words);
  });

  const oidc = {
    Issuer: 'https://i',
    AuthorizationEndpoint: '',
    TokenEndpoint: '',
    UserInfoEndpoint: '',
    ClientId: '',
  };
  it.each<[Action, string]>([
    [{ Type: KNOWN_AFTER_APPLY }, KNOWN_AFTER_APPLY],
    [
      {
        Type: 'forward',
        ForwardConfig: { TargetGroups: [{ TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroupName: 'own' }] },
      },
      'forward to own',
    ],
    [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: 'arn:a' },
            { TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroup: 'b', Weight: 0 },
          ],
          TargetGroupStickinessConfig: { Enabled: true },
        },
      },
      'forward to arn:a (weight 1) or b (weight 0), sticky',
    ],
    [
      {
        Type: 'redirect',
        RedirectConfig: {
          StatusCode: 'HTTP_302',
          Host: 'h',
          Path: '/p',
          Query: 'q',
          Port: '1',
          Protocol: 'HTTP',
        },
      },
      'redirect 302 to HTTP://h:1/p?q',
    ],
    [
      { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301' } },
      'redirect 301 to #{protocol}://#{host}:#{port}/#{path}?#{query}',
    ],
    [
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '503', ContentType: 'text/plain', MessageBody: 'a "b"' },
      },
      'respond 503 text/plain "a \\"b\\""',
    ],
    [
      {
        Type: 'authenticate-cognito',
        AuthenticateCognitoConfig: { UserPoolArn: 'arn:p', UserPoolClientId: '', UserPoolDomain: '' },
      },
      'authenticate by Cognito arn:p',
    ],
    [{ Type: 'authenticate-oidc', AuthenticateOidcConfig: oidc }, 'authenticate by OIDC https://i'],
    [
      { Type: 'jwt-validation', JwtValidationConfig: { JwksEndpoint: '', Issuer: 'https://i' } },
      'validate JWT of https://i',
    ],
  ])('say an action: %j', (action, words) => {
    expect(actionWords(action)).toBe(words);
  });

  it('say a transform', () => {
    const Rewrites = [{ Regex: 'a', Replace: 'b' }];
    expect(transformWords({ Type: 'host-header-rewrite', HostHeaderRewriteConfig: { Rewrites } })).toBe(
      'rewrite host a as b',
    );
    expect(transformWords({ Type: 'url-rewrite', UrlRewriteConfig: { Rewrites } })).toBe(
      'rewrite url a as b',
    );
    expect(transformWords({ Type: KNOWN_AFTER_APPLY })).toBe(KNOWN_AFTER_APPLY);
  });

  it('say how a listener is secured', () => {
    const bare = { Certificates: [] } as unknown as Listener;
    expect(listenerWords(bare)).toEqual([]);
    expect(
      listenerWords({
        ...bare,
        Certificates: [
          { CertificateArn: 'arn:a', IsDefault: true },
          { CertificateArn: 'arn:b', IsDefault: false },
        ],
        SslPolicy: 'p',
        AlpnPolicy: ['HTTP2Only'],
        MutualAuthentication: { Mode: 'verify', TrustStoreArn: 'arn:t' },
      }),
    ).toEqual([
      'certificate arn:a (default)',
      'certificate arn:b',
      'policy p',
      'client certificates verify arn:t',
      'ALPN HTTP2Only',
    ]);
  });

  it('say a health check', () => {
    expect(healthWords({} as TargetGroup)).toBe('');
    expect(
      healthWords({
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/x',
        HealthCheckPort: '80',
        HealthCheckIntervalSeconds: 0,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 3,
        Matcher: { GrpcCode: '12' },
      } as TargetGroup),
    ).toBe('HTTP /x, port 80, every 0 s, timeout 5 s, healthy after 2, unhealthy after 3, gRPC codes 12');
  });

  it.each<[IpPermission, string]>([
    [
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      'tcp 80 from 0.0.0.0/0',
    ],
    [{ IpProtocol: 'udp', FromPort: 1, ToPort: 9, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }, 'udp 1-9 from ::/0'],
    [
      { IpProtocol: 'icmp', FromPort: 3, ToPort: 4, PrefixListIds: [{ PrefixListId: 'pl-1' }] },
      'icmp 3-4 from pl-1',
    ],
    [{ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }, 'tcp all ports from 10.0.0.0/8'],
    [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1' }] }, 'everything from security group sg-1'],
  ])('say a permission: %j', (permission, words) => {
    expect(permissionWords(permission)).toBe(words);
  });

  it('say where something comes from', () => {
    const source = { Kind: 'Ingress', Name: 'a/b' } as const;
    expect(sourceWords(source)).toBe('Ingress a/b');
    expect(sourceWords({ ...source, Annotation: 'alb.ingress.kubernetes.io/scheme' })).toBe(
      'Ingress a/b …/scheme',
    );
    expect(placeWords({ ...source, Field: 'spec.rules[0].http.paths[1]' })).toBe('rules[0].paths[1]');
  });
});
