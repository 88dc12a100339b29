import { describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS, KNOWN_AFTER_APPLY, type LoadBalancer } from '../../../../load-balancers/model';
import { type Member } from '../../../../load-balancers/model/context';
import { listenConfig } from '../../../../load-balancers/model/ingress/listen-ports';
import {
  albOf,
  annotationSource,
  grouped,
  ingress,
  messageOf,
  paramsSource,
  refusalOf,
  ruleOf,
  type Annotations,
} from '../built';

const ARN = 'arn:aws:acm:eu-central-1:111122223333:certificate/a';
const BOTH = '[{"HTTP":80},{"HTTPS":443}]';
const portsOf = ({ Listeners }: LoadBalancer) => Listeners.map(({ Protocol, Port }) => `${Protocol} ${Port}`);
const https = (annotations: Annotations) => ({ 'listen-ports': '[{"HTTPS":443}]', ...annotations });

describe('ports', () => {
  it('are 80, and with certificates 443', () => {
    expect(portsOf(albOf({}))).toEqual(['HTTP 80']);
    const withCertificate = albOf({ 'certificate-arn': ARN });
    expect(portsOf(withCertificate)).toEqual(['HTTPS 443']);
    expect(withCertificate.Listeners[0]?.Origin['Port']).toEqual([annotationSource('certificate-arn')]);
  });

  it('are those of the annotation, by number', () => {
    const alb = albOf({ 'listen-ports': '[{"HTTPS": 8443, "HTTP": 8080}, {"HTTP": 80}, null]' });
    expect(portsOf(alb)).toEqual(['HTTP 80', 'HTTP 8080', 'HTTPS 8443']);
    expect(alb.Listeners[0]?.Origin['Protocol']).toEqual([annotationSource('listen-ports')]);
  });

  it('have the last protocol that is written for them', () => {
    expect(portsOf(albOf({ 'listen-ports': '[{"HTTP": 443}, {"HTTPS": 443}]' }))).toEqual(['HTTPS 443']);
  });

  it('are none before they are known', () => {
    expect(albOf({ 'listen-ports': KNOWN_AFTER_APPLY }).Listeners).toEqual([]);
    expect(albOf({ 'listen-ports': `[{"HTTP": ${KNOWN_AFTER_APPLY}}]` }).Listeners).toEqual([]);
    expect(albOf({ 'listen-ports': `[{"${KNOWN_AFTER_APPLY}": 443}]` }).Listeners).toEqual([]);
  });

  it.each([
    ['[', 'failed to parse listen-ports configuration: `[`: unexpected end of JSON input'],
    [
      '{"HTTP":80}',
      'failed to parse listen-ports configuration: `{"HTTP":80}`: json: cannot unmarshal object into Go value of type []map[string]int32',
    ],
    [
      '[{"HTTP":"80"}]',
      'failed to parse listen-ports configuration: `[{"HTTP":"80"}]`: json: cannot unmarshal string into Go value of type int32',
    ],
    ['[]', 'empty listen-ports configuration: `[]`'],
    ['[{"HTTP":0}]', 'listen port must be within [1, 65535]: 0'],
    ['[{"HTTP":65536}]', 'listen port must be within [1, 65535]: 65536'],
    ['[{"TCP":80}]', 'listen protocol must be within [HTTP, HTTPS]: TCP'],
  ])('are refused as %s', (value, message) => {
    expect(refusalOf({ 'listen-ports': value })).toMatchObject({
      Message: `ingress: shop/app: ${message}`,
      Source: annotationSource('listen-ports'),
    });
  });

  it('are shared by a group, each with the rules of the Ingresses that want it', () => {
    const alb = albOf(
      grouped({ 'listen-ports': '[{"HTTP":80}]' }, { 'listen-ports': '[{"HTTP":80},{"HTTP":81}]' }),
    );
    expect(alb.Listeners.map(({ Port, Rules }) => [Port, Rules.length])).toEqual([
      [80, 2],
      [81, 1],
    ]);
  });

  it('can’t be of two protocols', () => {
    const ingresses = grouped({}, { 'listen-ports': '[{"HTTPS":80}]' });
    expect(refusalOf(ingresses)).toMatchObject({
      Blocks: 'IngressGroup g',
      Message:
        'failed to merge listenPort config for port: 80: conflicting protocol, shop/a: HTTP | shop/b: HTTPS',
      Source: annotationSource('listen-ports', 'b'),
    });
  });
});

describe('certificates', () => {
  const certificatesOf = (ingresses: Parameters<typeof albOf>[0], given?: Parameters<typeof albOf>[1]) => {
    const listener = albOf(ingresses, given).Listeners.find(({ Protocol }) => Protocol === 'HTTPS');
    return { certificates: listener?.Certificates, sources: listener?.Origin['Certificates'] };
  };

  it('are those of the annotation, the first by default', () => {
    expect(certificatesOf({ 'certificate-arn': 'arn:a, arn:b' })).toEqual({
      certificates: [
        { CertificateArn: 'arn:a', IsDefault: true },
        { CertificateArn: 'arn:b', IsDefault: false },
      ],
      sources: [annotationSource('certificate-arn')],
    });
  });

  it('are those of the class first', () => {
    expect(certificatesOf({ 'certificate-arn': 'arn:a' }, { params: { certificateArn: ['arn:p'] } })).toEqual(
      {
        certificates: [{ CertificateArn: 'arn:p', IsDefault: true }],
        sources: [paramsSource('certificateArn')],
      },
    );
  });

  it('are for HTTPS only', () => {
    const [http] = albOf({ 'certificate-arn': ARN, 'listen-ports': BOTH }).Listeners;
    expect(http).toMatchObject({ Protocol: 'HTTP', Certificates: [] });
    expect(http).not.toHaveProperty('SslPolicy');
  });

  it('are found by host, which can’t be known before', () => {
    const app = ingress(https({}), {
      rules: [ruleOf('b.example.com'), ruleOf()],
      tls: [{ hosts: ['a.example.com'] }, {}],
    });
    expect(certificatesOf([app])).toEqual({
      certificates: [{ CertificateArn: KNOWN_AFTER_APPLY, IsDefault: true }],
      sources: [
        { Kind: 'Ingress', Name: 'shop/app', Field: 'spec.rules[0].host' },
        { Kind: 'Ingress', Name: 'shop/app', Field: 'spec.tls[0].hosts[0]' },
      ],
    });
  });

  it('are none without a host', () => {
    const backend = { service: { name: 'web', port: { number: 80 } } };
    const app = ingress(https({}), { rules: undefined, defaultBackend: backend });
    expect(certificatesOf([app])).toEqual({ certificates: [] });
  });

  it('of a group are each once, but for the default one', () => {
    const ingresses = grouped(
      https({ 'certificate-arn': 'arn:a,arn:b' }),
      https({}),
      https({ 'certificate-arn': 'arn:a,arn:b,arn:c' }),
    );
    expect(certificatesOf(ingresses).certificates?.map(({ CertificateArn }) => CertificateArn)).toEqual([
      'arn:a',
      'arn:b',
      KNOWN_AFTER_APPLY,
      'arn:a',
      'arn:c',
    ]);
  });

  describe('that the controller requests', () => {
    const settings = { featureGates: { EnableCertificateManagement: true } };
    const wanted = { 'create-acm-cert': 'true' };

    it('aren’t known before', () => {
      const app = ingress(wanted, { rules: [ruleOf('a.example.com')] });
      expect(certificatesOf([app], { settings })).toEqual({
        certificates: [{ CertificateArn: KNOWN_AFTER_APPLY, IsDefault: true }],
        sources: [
          annotationSource('create-acm-cert'),
          { Kind: 'Ingress', Name: 'shop/app', Field: 'spec.rules[0].host' },
        ],
      });
    });

    it('are none without the feature gate, the wish or the need', () => {
      const app = (annotations: Annotations) => ingress(annotations, { rules: [ruleOf('a.example.com')] });
      expect(portsOf(albOf([app(wanted)]))).toEqual(['HTTP 80']);
      expect(portsOf(albOf([app({ 'create-acm-cert': 'yes' })], { settings }))).toEqual(['HTTP 80']);
      expect(portsOf(albOf([app({})], { settings }))).toEqual(['HTTP 80']);
      expect(certificatesOf([app({ ...wanted, 'certificate-arn': ARN })], { settings }).certificates).toEqual(
        [{ CertificateArn: ARN, IsDefault: true }],
      );
    });

    it('need a host', () => {
      expect(refusalOf(wanted, { settings })).toMatchObject({
        Message:
          'ingress shop/app has create-acm-cert enabled but no hostnames defined in spec.rules[].host or spec.tls[].hosts — cannot create a certificate without at least one hostname',
        Source: annotationSource('create-acm-cert'),
      });
    });
  });
});

describe('SSL policy', () => {
  const policyOf = (...args: Parameters<typeof albOf>) => albOf(...args).Listeners[0]?.SslPolicy;

  it('is the controller’s default one, the annotation’s, or the class’s first', () => {
    expect(policyOf(https({}))).toBe('ELBSecurityPolicy-2016-08');
    expect(policyOf(https({}), { settings: { defaultSslPolicy: 'strict' } })).toBe('strict');
    expect(policyOf(https({ 'ssl-policy': 'own' }))).toBe('own');
    expect(policyOf(https({ 'ssl-policy': 'own' }), { params: { sslPolicy: 'platform' } })).toBe('platform');
  });

  it('says where it is from', () => {
    expect(albOf(https({ 'ssl-policy': 'own' })).Listeners[0]?.Origin['SslPolicy']).toEqual([
      annotationSource('ssl-policy'),
    ]);
    expect(albOf(https({}), { params: { sslPolicy: 'p' } }).Listeners[0]?.Origin['SslPolicy']).toEqual([
      paramsSource('sslPolicy'),
    ]);
  });

  it('is one in a group', () => {
    expect(policyOf(grouped(https({}), https({ 'ssl-policy': 'own' }), https({ 'ssl-policy': 'own' })))).toBe(
      'own',
    );
    expect(messageOf(grouped(https({ 'ssl-policy': 'one' }), https({ 'ssl-policy': 'two' })))).toBe(
      'failed to merge listenPort config for port: 443: conflicting sslPolicy, shop/a: one | shop/b: two',
    );
  });
});

describe('inbound networks', () => {
  it.each([
    ['10.0.0.0', 'annotation'],
    ['10.0.0.0/33', 'annotation'],
    ['::/129', 'annotation'],
    ['fe80::1%eth0/64', 'annotation'],
    ['10.0.0.0/8/8', 'annotation'],
  ])('can’t be %s', (cidr) => {
    expect(refusalOf({ 'inbound-cidrs': `10.0.0.0/8,${cidr}` })).toMatchObject({
      Message: `ingress: shop/app: invalid inbound-cidrs settings on Ingress: shop/app: invalid CIDR address: ${cidr}`,
      Source: annotationSource('inbound-cidrs'),
    });
  });

  it('of a class can’t be none', () => {
    const member: Member = {
      ingress: ingress(),
      params: { kind: 'IngressClassParams', metadata: { name: 'params' }, spec: { inboundCIDRs: ['all'] } },
    };
    expect(() => listenConfig(member, DEFAULT_SETTINGS)).toThrow(
      'ingress: shop/app: invalid CIDR in IngressClassParams InboundCIDR all: invalid CIDR address: all',
    );
  });

  it('are one set in a group', () => {
    const same = grouped({ 'inbound-cidrs': '10.0.0.0/8,::/0' }, { 'inbound-cidrs': '::/0,10.0.0.0/8' }, {});
    expect(albOf(same).ManagedSecurityGroup?.IpPermissions).toHaveLength(1);
    expect(
      messageOf(grouped({ 'inbound-cidrs': '10.0.0.0/8,::/0' }, { 'inbound-cidrs': '10.0.0.0/8' })),
    ).toBe(
      'failed to merge listenPort config for port: 80: conflicting inbound-cidrs, shop/a: [10.0.0.0/8], [::/0] | shop/b: [10.0.0.0/8], []',
    );
  });

  it('agree with what isn’t known yet', () => {
    const ingresses = grouped({ 'inbound-cidrs': '10.0.0.0/8' }, { 'inbound-cidrs': KNOWN_AFTER_APPLY });
    expect(albOf(ingresses).Listeners).toHaveLength(1);
  });

  it('by prefix list are one set in a group', () => {
    const lists = (ids: string) => ({ 'security-group-prefix-lists': ids });
    expect(messageOf(grouped(lists('pl-2,pl-1'), lists('pl-3')))).toBe(
      'failed to merge listenPort config for port: 80: conflicting inbound-prefix-lists, shop/a: [pl-1 pl-2] | shop/b: [pl-3]',
    );
  });
});
