import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { check, classOf, errors, ingress, only, path, rule, warnings } from './objects';

const HTTPS = '[{"HTTPS":443}]';
const BOTH = '[{"HTTP":80},{"HTTPS":443}]';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/4f1a';
const withHost = { rules: [{ host: 'shop.example.com', http: { paths: [path()] } }] };

describe('a legal Ingress', () => {
  it('has no findings', () => {
    expect(check([ingress()])).toEqual([]);
  });
});

describe('HTTPS without certificate', () => {
  it('is refused where there is no host to discover one by', () => {
    const finding = only([ingress({ 'listen-ports': HTTPS })]);
    expect(finding).toMatchObject({ ingress: 'shop/web', prop: 'listeners', value: HTTPS });
    expect(finding.reason).toBe(
      'the HTTPS listener on port 443 has no certificate, and no rule or tls host to discover one by',
    );
    expect(finding.remedy).toBe(
      'give it a certificate ARN (alb.ingress.kubernetes.io/certificate-arn) or a host',
    );
  });

  it.each([
    ['a host of a rule', ingress({ 'listen-ports': HTTPS }, withHost)],
    ['a tls host', ingress({ 'listen-ports': HTTPS }, { tls: [{ hosts: ['shop.example.com'] }] })],
    ['a certificate', ingress({ 'listen-ports': HTTPS, 'certificate-arn': CERTIFICATE })],
    [
      'a certificate known after apply',
      ingress({ 'listen-ports': HTTPS, 'certificate-arn': KNOWN_AFTER_APPLY }),
    ],
    ['ports known after apply', ingress({ 'listen-ports': KNOWN_AFTER_APPLY })],
  ])('is fine with %s', (_, object) => {
    expect(errors([object])).toEqual([]);
  });

  it('is fine with a certificate of the class', () => {
    const objects = [ingress({ 'listen-ports': HTTPS }), ...classOf({ certificateArn: [CERTIFICATE] })];
    expect(errors(objects)).toEqual([]);
  });

  it('is fine with a certificate of another Ingress on the same port', () => {
    const members = [
      ingress({ 'group.name': 'shop', 'listen-ports': HTTPS }),
      ingress(
        { 'group.name': 'shop', 'listen-ports': HTTPS, 'certificate-arn': CERTIFICATE },
        { name: 'api', rules: [rule(path('web', { path: '/api' }))] },
      ),
    ];
    expect(errors(members)).toEqual([]);
    expect(errors(members.slice(0, 1))).toEqual([`listen-ports=${HTTPS}`]);
  });

  it('is fine where the controller makes one, which takes a host', () => {
    const settings = { featureGates: { EnableCertificateManagement: true } };
    const annotations = { 'listen-ports': HTTPS, 'create-acm-cert': 'true' };
    expect(errors([ingress(annotations, withHost)], { settings })).toEqual([]);
    expect(errors([ingress(annotations)], { settings })).toEqual(['create-acm-cert=true']);
    expect(warnings([ingress(annotations, withHost)])).toEqual(['create-acm-cert=true']);
  });
});

describe('listen ports', () => {
  it.each([
    ['[{"HTTP":80},{"HTTPS":80}]', '[{"HTTP":80},{"HTTP":8080}]'],
    ['[{"TCP":80}]', '[{"HTTP":80}]'],
    ['[{"HTTP":0}]', '[{"HTTP":1}]'],
    ['[{"HTTP":65536}]', '[{"HTTP":65535}]'],
  ])('%s are refused, %s are not', (wrong, right) => {
    expect(errors([ingress({ 'listen-ports': wrong }, withHost)])).toEqual([`listen-ports=${wrong}`]);
    expect(errors([ingress({ 'listen-ports': right }, withHost)])).toEqual([]);
  });

  it('have one protocol each in a group', () => {
    const other = { name: 'api', rules: [{ host: 'api.example.com', http: { paths: [path()] } }] };
    const members = (listenPorts: string) => [
      ingress({ 'group.name': 'shop', 'listen-ports': '[{"HTTP":8443}]' }),
      ingress({ 'group.name': 'shop', 'listen-ports': listenPorts }, other),
    ];
    // Ingress shop/api comes first.
    expect(errors(members('[{"HTTPS":8443}]'))).toEqual(['listen-ports=[{"HTTP":8443}]']);
    expect(errors(members('[{"HTTP":8443}]'))).toEqual([]);
  });
});

describe('redirect to HTTPS', () => {
  it.each([
    ['without HTTPS listener', { 'ssl-redirect': '443' }],
    ['to a port without listener', { 'ssl-redirect': '8443', 'listen-ports': BOTH }],
    ['to a plain listener', { 'ssl-redirect': '80', 'listen-ports': BOTH }],
  ])('%s is refused', (_, annotations) => {
    expect(errors([ingress(annotations, withHost)])).toEqual([`ssl-redirect=${annotations['ssl-redirect']}`]);
  });

  it.each([
    ['its own HTTPS listener', { 'ssl-redirect': '443', 'listen-ports': BOTH }],
    ['what is known after apply', { 'ssl-redirect': KNOWN_AFTER_APPLY }],
    ['HTTPS by a certificate', { 'ssl-redirect': '443', 'certificate-arn': CERTIFICATE }],
  ])('to %s is fine', (_, annotations) => {
    expect(errors([ingress(annotations, withHost)])).toEqual([]);
  });

  it('to the HTTPS listener of another Ingress of the group is fine', () => {
    const plain = ingress(
      { 'group.name': 'shop', 'ssl-redirect': '443' },
      { name: 'plain', rules: [rule(path('web', { path: '/plain' }))] },
    );
    const secure = ingress({ 'group.name': 'shop', 'listen-ports': HTTPS }, withHost);
    expect(errors([plain, secure])).toEqual([]);
    expect(errors([plain])).toEqual(['ssl-redirect=443']);
  });

  it('of the class is looked at too', () => {
    const objects = (sslRedirectPort: string) => [
      ingress({ 'listen-ports': BOTH }, withHost),
      ...classOf({ sslRedirectPort }),
    ];
    expect(errors(objects('8443'))).toEqual(['IngressClassParams spec.sslRedirectPort=8443']);
    expect(errors(objects('443'))).toEqual([]);
  });
});

describe('certificates', () => {
  const here = { region: 'eu-west-1', account: '111122223333', partition: 'aws' };

  it.each([
    ['another region', 'arn:aws:acm:us-east-1:111122223333:certificate/4f1a'],
    ['another account', 'arn:aws:acm:eu-west-1:444455556666:certificate/4f1a'],
    ['another partition', 'arn:aws-cn:acm:eu-west-1:111122223333:certificate/4f1a'],
    ['another service', 'arn:aws:s3:::certificates/4f1a'],
    ['no ARN', 'shop.example.com'],
    ['a private authority', 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/4f1a'],
  ])('of %s are refused', (_, arn) => {
    expect(errors([ingress({ 'certificate-arn': arn })], here)).toEqual([`certificate-arn=${arn}`]);
    expect(errors([ingress(), ...classOf({ certificateArn: [arn] })], here)).toEqual([
      `IngressClassParams spec.certificateArn=${arn}`,
    ]);
  });

  it.each([
    CERTIFICATE,
    'arn:aws:iam::111122223333:server-certificate/shop/web',
    `${CERTIFICATE}, ${CERTIFICATE}2`,
    KNOWN_AFTER_APPLY,
    `arn:aws:acm:eu-west-1:${KNOWN_AFTER_APPLY}`,
  ])('such as %s are not', (arn) => {
    expect(errors([ingress({ 'certificate-arn': arn })], here)).toEqual([]);
  });

  it('are not judged by a region that is not given', () => {
    expect(errors([ingress({ 'certificate-arn': CERTIFICATE })])).toEqual([]);
  });
});

describe('security policies', () => {
  const policy = (name: string) => [ingress({ 'certificate-arn': CERTIFICATE, 'ssl-policy': name })];

  it('are known ones', () => {
    expect(errors(policy('ELBSecurityPolicy-TLS13-1-2-2021-6'))).toEqual([
      'ssl-policy=ELBSecurityPolicy-TLS13-1-2-2021-6',
    ]);
    expect(errors(policy('tls12'))).toEqual(['ssl-policy=tls12']);
    expect(check(policy('ELBSecurityPolicy-TLS13-1-2-2021-06'))).toEqual([]);
  });

  it('may be newer than those that are known', () => {
    expect(errors(policy('ELBSecurityPolicy-TLS14-Only-PQ-2031-01'))).toEqual([]);
    expect(warnings(policy('ELBSecurityPolicy-TLS14-Only-PQ-2031-01'))).toHaveLength(1);
  });
});

describe('mutual TLS', () => {
  const mutual = (port: number, mode = 'passthrough') =>
    ingress({ 'listen-ports': BOTH, 'mutual-authentication': JSON.stringify([{ port, mode }]) }, withHost);

  it('for a port without HTTPS is worth a warning', () => {
    expect(warnings([mutual(80)])).toHaveLength(1);
    expect(warnings([mutual(443)])).toEqual([]);
    expect(warnings([mutual(80, 'off')])).toEqual([]);
  });
});
