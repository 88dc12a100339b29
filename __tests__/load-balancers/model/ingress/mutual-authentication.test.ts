import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { albOf, annotationSource, grouped, messageOf, refusalOf } from '../built';

const annotations = (value: unknown) => ({
  'listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
  'mutual-authentication': typeof value === 'string' ? value : JSON.stringify(value),
});
const verify = (trustStore: string, more = {}) =>
  annotations([{ port: 443, mode: 'verify', trustStore, ...more }]);
const authenticationOf = (...args: Parameters<typeof albOf>) =>
  albOf(...args).Listeners.map(({ MutualAuthentication }) => MutualAuthentication);

describe('mutual authentication', () => {
  it('is of the HTTPS port that it names', () => {
    const alb = albOf(
      annotations([
        { port: 80, mode: 'off' },
        { port: 443, mode: 'passthrough' },
        { port: 8443, mode: 'off' },
      ]),
    );
    expect(alb.Listeners.map(({ MutualAuthentication }) => MutualAuthentication)).toEqual([
      undefined,
      { Mode: 'passthrough' },
    ]);
    expect(alb.Listeners[1]?.Origin['MutualAuthentication']).toEqual([
      annotationSource('mutual-authentication'),
    ]);
  });

  it('verifies by a trust store, whose ARN for a name can’t be known before', () => {
    expect(authenticationOf(verify('arn:aws:trust'))[1]).toEqual({
      Mode: 'verify',
      TrustStoreArn: 'arn:aws:trust',
      IgnoreClientCertificateExpiry: false,
    });
    const more = { ignoreClientCertificateExpiry: true, advertiseTrustStoreCaNames: 'on' };
    expect(authenticationOf(verify('by-name', more))[1]).toEqual({
      Mode: 'verify',
      TrustStoreArn: KNOWN_AFTER_APPLY,
      IgnoreClientCertificateExpiry: true,
      AdvertiseTrustStoreCaNames: 'on',
    });
  });

  it('is none before it is known', () => {
    expect(authenticationOf(annotations(KNOWN_AFTER_APPLY))).toEqual([undefined, undefined]);
    expect(authenticationOf(annotations([{ port: 443, mode: KNOWN_AFTER_APPLY }]))[1]).toEqual({
      Mode: KNOWN_AFTER_APPLY,
    });
    expect(
      authenticationOf(verify('arn:t', { advertiseTrustStoreCaNames: KNOWN_AFTER_APPLY }))[1],
    ).toMatchObject({ AdvertiseTrustStoreCaNames: KNOWN_AFTER_APPLY });
  });

  it.each([
    [
      '[',
      'failed to parse mutualAuthentication configuration from ingress annotation: `[`: unexpected end of JSON input',
    ],
    ['[]', 'empty mutualAuthentication configuration from ingress annotation: `[]`'],
    [
      '[{"port":"443"}]',
      'failed to parse mutualAuthentication configuration from ingress annotation: `[{"port":"443"}]`: json: cannot unmarshal string into Go struct field MutualAuthenticationConfig.port of type int32',
    ],
    [[{ mode: 'off' }], 'listen port must be within [1, 65535]: 0'],
    [[{ port: 65536, mode: 'off' }], 'listen port must be within [1, 65535]: 65536'],
    [[{ port: 443 }], 'mutualAuthentication mode cannot be empty for port 443'],
    [
      [{ port: 443, mode: 'on' }],
      'mutualAuthentication mode value must be among [off, passthrough, verify] for port 443 : on',
    ],
    [
      [{ port: 443, mode: 'verify' }],
      'trustStore is required when mutualAuthentication mode is verify for port 443',
    ],
    [
      [{ port: 443, mode: 'off', trustStore: 't' }],
      'Mutual Authentication mode off does not support trustStore for port 443',
    ],
    [
      [{ port: 443, mode: 'passthrough', ignoreClientCertificateExpiry: false }],
      'Mutual Authentication mode passthrough does not support ignoring client certificate expiry for port 443',
    ],
    [
      [{ port: 443, mode: 'off', advertiseTrustStoreCaNames: 'on' }],
      'Mutual Authentication mode off does not support advertiseTrustStoreCaNames for port 443',
    ],
    [
      [{ port: 443, mode: 'verify', trustStore: 't', advertiseTrustStoreCaNames: 'yes' }],
      'advertiseTrustStoreCaNames only supports the values "on" and "off" got value yes for port 443',
    ],
  ])('is refused as %j', (value, message) => {
    expect(refusalOf(annotations(value))).toMatchObject({
      Message: `ingress: shop/app: ${message}`,
      Source: annotationSource('mutual-authentication'),
    });
  });
});

describe('in a group mutual authentication', () => {
  it('may be of one Ingress, or the same of several', () => {
    const ingresses = grouped({ 'listen-ports': '[{"HTTPS":443}]' }, verify('arn:t'), verify('arn:t'));
    expect(authenticationOf(ingresses).at(-1)).toMatchObject({ TrustStoreArn: 'arn:t' });
  });

  it.each([
    ['a trust store by ARN and one by name', verify('arn:t'), verify('t')],
    ['one that isn’t known yet', verify('arn:t'), verify(KNOWN_AFTER_APPLY)],
    [
      'a mode that isn’t known yet',
      verify('t'),
      annotations([
        { port: 443, mode: KNOWN_AFTER_APPLY, trustStore: 't', ignoreClientCertificateExpiry: false },
      ]),
    ],
  ])('may be the same: %s', (_, a, b) => {
    expect(authenticationOf(grouped(a, b))).toHaveLength(2);
  });

  it.each([
    ['mode', verify('t'), annotations([{ port: 443, mode: 'off' }])],
    ['trust store by name', verify('t'), verify('u')],
    ['trust store by ARN', verify('arn:t'), verify('arn:u')],
    ['expiry', verify('t'), verify('t', { ignoreClientCertificateExpiry: true })],
    ['advertisement', verify('t'), verify('t', { advertiseTrustStoreCaNames: 'on' })],
  ])('can’t differ in %s', (_, a, b) => {
    expect(messageOf(grouped(a, b))).toMatch(
      /^failed to merge listenPort config for port: 443: conflicting mTLS Attributes, shop\/a: &\{verify .* \| shop\/b: &\{/,
    );
  });
});
