import { describe, expect, it } from '@jest/globals';
import { mainEntrance, origin } from '../../../../load-balancers/language';

const CERTIFICATES = ['arn:aws:acm:eu-west-1:111122223333:certificate/x'];

describe('mainEntrance', () => {
  it.each([
    [{}, {}, 'HTTP', 80],
    [{ certificateArns: CERTIFICATES }, {}, 'HTTPS', 443],
    [{ certificateManagement: {} }, {}, 'HTTPS', 443],
    [{}, { certificateArn: CERTIFICATES }, 'HTTPS', 443],
    [{}, { certificateArn: [] }, 'HTTP', 80],
    [{ listeners: [{ port: 8080, protocol: 'HTTP' as const }] }, {}, 'HTTP', 8080],
    [
      {
        listeners: [
          { port: 80, protocol: 'HTTP' as const },
          { port: 8443, protocol: 'HTTPS' as const },
        ],
      },
      {},
      'HTTPS',
      8443,
    ],
  ])('of %j and %j is %s on %i', (settings, params, protocol, port) => {
    expect(mainEntrance(settings, params)).toMatchObject({ protocol, port });
  });
});

describe('origin', () => {
  it('leaves out the port that the protocol has anyway', () => {
    expect(origin('a.example.com')).toBe('http://a.example.com');
    expect(origin('a.example.com', { protocol: 'HTTPS', port: 443 })).toBe('https://a.example.com');
    expect(origin('a.example.com', { protocol: 'HTTPS', port: 8443 })).toBe('https://a.example.com:8443');
    expect(origin('a.example.com', { protocol: 'HTTP', port: 443 })).toBe('http://a.example.com:443');
  });
});
