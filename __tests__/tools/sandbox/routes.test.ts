import { describe, expect, it } from '@jest/globals';
import { type MadeLoadBalancer } from '../../../tools/sandbox/load-balancers';
import { localUrl, servedUrls } from '../../../tools/sandbox/routes';

const balancer = {
  DNSName: 'k8s-shop.elb.amazonaws.com',
  Listeners: [
    { Port: 80, LocalPort: 4001 },
    { Port: 443, LocalPort: 4002 },
    { Port: 8080, LocalPort: null },
  ],
} as unknown as MadeLoadBalancer;

describe('routes of the stacks', () => {
  it('are what the stacks publish, and a path that is none', () => {
    const outputs = [
      { outputs: { sample_url: 'http://a.example.com' } },
      { outputs: { service_urls: { web: 'http://b.example.com/web' }, url: 'http://b.example.com' } },
    ];
    expect(servedUrls(outputs)).toEqual([
      { name: '2048', url: 'http://a.example.com', expected: 200 },
      { name: 'web', url: 'http://b.example.com/web', expected: 200 },
      { name: 'no route', url: 'http://b.example.com/no-service-is-here', expected: 404 },
    ]);
    expect(servedUrls([{ outputs: { sample_url: '', url: '' } }])).toEqual([]);
  });

  it.each([
    ['http://k8s-shop.elb.amazonaws.com/api?x=1', 'http://localhost:4001/api?x=1'],
    ['https://k8s-shop.elb.amazonaws.com/', 'https://localhost:4002/'],
  ])('are on this machine at the port of their listener: %s', (url, local) => {
    expect(localUrl(url, [balancer])).toBe(local);
  });

  it.each([
    'http://other.elb.amazonaws.com/',
    'http://k8s-shop.elb.amazonaws.com:81/',
    'http://k8s-shop.elb.amazonaws.com:8080/',
  ])('are nowhere where nothing listens: %s', (url) => {
    expect(() => localUrl(url, [balancer])).toThrow(`no load balancer listens for ${url}`);
  });
});
