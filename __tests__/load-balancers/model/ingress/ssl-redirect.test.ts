import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { albOf, annotationSource, grouped, paramsSource, refusalOf, type Given } from '../built';

const PORTS = { 'listen-ports': '[{"HTTP":80},{"HTTPS":443},{"HTTPS":8443}]' };
const ports = (redirect?: string) => ({
  ...PORTS,
  ...(redirect !== undefined && { 'ssl-redirect': redirect }),
});
const httpOf = (...args: Parameters<typeof albOf>) => albOf(...args).Listeners[0];
const REDIRECT = {
  Type: 'redirect',
  RedirectConfig: { Port: '443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' },
};

describe('redirect from HTTP', () => {
  it('is the only action of the listener, which has no rules', () => {
    const [http, https] = albOf(ports('443')).Listeners;
    expect(http?.DefaultActions).toEqual([REDIRECT]);
    expect(http?.Rules).toEqual([]);
    expect(https?.DefaultActions).toMatchObject([{ Type: 'fixed-response' }]);
    expect(https?.Rules).toHaveLength(1);
  });

  it('is for a whole group if one Ingress wants it', () => {
    expect(httpOf(grouped(ports(), ports('443')))?.DefaultActions).toEqual([REDIRECT]);
  });

  it('goes where the class says first', () => {
    const given: Given = { params: { sslRedirectPort: '443' } };
    expect(httpOf(ports('8443'), given)?.DefaultActions).toEqual([REDIRECT]);
  });

  it('is dropped for a port of the class that is no number', () => {
    expect(httpOf(ports('443'), { params: { sslRedirectPort: 'https' } })?.Rules).toHaveLength(1);
    expect(httpOf(ports('443'), { params: { sslRedirectPort: '4294967739' } })?.Rules).toHaveLength(1);
    expect(httpOf(ports('443'), { params: { sslRedirectPort: '' } })?.Rules).toHaveLength(0);
  });

  it('is none before it is known', () => {
    expect(httpOf(ports(KNOWN_AFTER_APPLY))?.Rules).toHaveLength(1);
  });

  it('may go to a port that isn’t known to be listened on yet', () => {
    const annotations = { 'listen-ports': KNOWN_AFTER_APPLY, 'ssl-redirect': '443' };
    expect(albOf(annotations).Listeners).toEqual([]);
  });

  it.each([
    ['9443', 'listener does not exist for SSLRedirect port: 9443'],
    ['80', 'listener protocol non-SSL for SSLRedirect port: 80'],
    [
      'https',
      'ingress: shop/app: failed to parse int32 annotation, alb.ingress.kubernetes.io/ssl-redirect: https: strconv.ParseInt: parsing "https": invalid syntax',
    ],
  ])('can’t go to %s', (port, message) => {
    expect(refusalOf(ports(port))).toMatchObject({
      Message: message,
      Source: annotationSource('ssl-redirect'),
    });
  });

  it('can’t go to two ports', () => {
    expect(refusalOf(grouped(ports('8443'), ports('443'), ports('443')))).toMatchObject({
      Message: 'conflicting sslRedirect port: [443 8443]',
      Source: annotationSource('ssl-redirect', 'b'),
    });
    expect(refusalOf(ports(), { params: { sslRedirectPort: '444' } })).toMatchObject({
      Message: 'listener does not exist for SSLRedirect port: 444',
      Source: paramsSource('sslRedirectPort'),
    });
  });
});
