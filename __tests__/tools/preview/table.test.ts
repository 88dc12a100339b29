import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { previewTable } from '../../../tools/preview/table';
import { FULL, ingress, manifests, previewOf, service } from './support';

const DOCUMENT = join(__dirname, '..', '..', '..', 'docs', 'preview.md');

describe('the table of a preview', () => {
  let lines: string[];
  let text: string;
  beforeAll(() => {
    text = previewTable(previewOf(FULL), 120);
    lines = text.split('\n');
  });
  /** The lines of a block, from its title to the next empty line. */
  const block = (title: string) => {
    const from = lines.indexOf(title);
    expect(from).toBeGreaterThanOrEqual(0);
    return lines.slice(from, lines.indexOf('', from));
  };
  /** What a block says of a name, in one line. */
  const said = (title: string, name: string) =>
    block(title)
      .join(' ')
      .replace(/ +/g, ' ')
      .split(
        / (?=(?:made of|name|subnets|security groups|attributes|tags|web ACL|Shield Advanced|capacity units|TLS|from|targets|health check|admits) )/,
      )
      .find((part) => part.startsWith(`${name} `))
      ?.slice(name.length + 1);

  it('has the load balancer with what it is made of', () => {
    const title = 'shop: application, internet-facing, ipv4';
    expect(block(title)[1]).toBe('='.repeat(title.length));
    expect(said(title, 'made of')).toBe('Ingress shop/web, Ingress shop/canary');
    expect(said(title, 'subnets')).toBe('subnet-0a, subnet-0b');
    expect(said(title, 'attributes')).toBe('idle_timeout.timeout_seconds=120');
    expect(said(title, 'tags')).toBe('Team=shop');
    expect(said(title, 'web ACL')).toContain('arn:aws:wafv2:eu-west-1');
    expect(said(title, 'Shield Advanced')).toBe('true');
    expect(said(title, 'capacity units')).toBe('200');
    expect(said(title, 'from')).toContain('Scheme: Ingress shop/web …/scheme');
  });

  it('has listeners with their certificates and default action', () => {
    expect(block('Listener HTTP 80').at(-1)).toMatch(
      /^ {2}default +redirect 301 to HTTPS:\/\/#\{host}:443\/#\{path}\?#\{query}$/,
    );
    const https = block('Listener HTTPS 443').join('\n');
    expect(https).toContain('444444444444 (default)');
    expect(https).toContain('policy ELBSecurityPolicy-2016-08');
    expect(https).toContain('client certificates passthrough');
    expect(https).toContain('routing.http.response.server.enabled=false');
  });

  it('has rules in the order of their priority', () => {
    const wide = previewTable(previewOf(FULL), 400).split('\n');
    const from = wide.indexOf('Listener HTTPS 443');
    const rules = wide
      .slice(from, wide.indexOf('', from))
      .filter((line) => /^ {2}(rule|\d+|default) /.test(line))
      .map((line) => line.trim().split(/ {2,}/));
    expect(rules).toEqual([
      ['rule', 'if', 'then', 'from'],
      [
        '1',
        'header X-Beta: 1 or yes, query a=b or c, host shop.example.com, path /*',
        'rewrite url ^/a as /b, then authenticate by OIDC https://example.com, then forward to shop/web-web:80',
        expect.stringMatching(/^shop\/web rules\[0]\.paths\[0] …\/conditions\.web /),
      ],
      [
        '2',
        'method GET, source 192.0.2.0/24, host canary.example.com, path /*',
        'forward to shop/canary-web:80 (weight 90) or arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/own/0123456789abcdef (weight 10), sticky for 60 s',
        'shop/canary rules[0].paths[0] …/conditions.web …/actions.web',
      ],
      ['default', 'respond 404 text/plain'],
    ]);
  });

  it('has target groups, with their health checks', () => {
    expect(text).toMatch(
      /shop\/web-web:80\n +targets +HTTP HTTP1 \(known after apply\) instance ipv4 of Service shop\/web port 80/,
    );
    expect(text).toMatch(
      /health check +HTTP \/, port traffic-port, every 15 s, timeout 5 s, healthy after 2/,
    );
    expect(text).toMatch(/admits +tcp .*from security group \(known after apply\)/);
  });

  it('has the rules of the security group', () => {
    expect(block('Security group: [k8s] Managed SecurityGroup for LoadBalancer')).toEqual([
      'Security group: [k8s] Managed SecurityGroup for LoadBalancer',
      '  - tcp 80 from 0.0.0.0/0',
      '  - tcp 443 from 0.0.0.0/0',
    ]);
  });

  it('has refusals and notes', () => {
    expect(block('Refused by Kubernetes or the controller')[1]).toEqual(
      expect.stringMatching(
        /^  - Ingress shop\/bad: unknown scheme: public; see Ingress shop\/bad …\/scheme/,
      ),
    );
    expect(block('Notes').join('\n')).toContain('Ingress shop/other gets no load balancer');
  });

  it.each([60, 80, 100, 160])('fits into %d columns', (width) => {
    const wide = previewTable(previewOf(FULL), width)
      .split('\n')
      .filter((line) => line.length > width);
    expect(wide).toEqual([]);
  });

  it('says what is to be corrected, and what is worth knowing, with the load balancer', () => {
    const annotations = {
      'load-balancer-attributes': 'idle_timeout.timeout_seconds=5000',
      shceme: 'internal',
    };
    const words = previewTable(
      previewOf(manifests(ingress({ annotations }), service(), ingress({ name: 'b' }))),
      120,
    );
    const [refused, worth, next] = ['To correct', 'Worth knowing', 'shop/web: application'].map((title) =>
      words.indexOf(title),
    );
    expect(next).toBeLessThan(refused ?? -1);
    expect(refused).toBeLessThan(worth ?? -1);
    expect(words).toContain("  - Ingress shop/web …/shceme 'internal':");
  });

  it('says what is wrong with what has no load balancer', () => {
    const words = previewTable(previewOf(ingress({ annotations: { scheme: 'public' } })), 100);
    expect(words).toContain('No load balancer.\n\nRefused by Kubernetes or the controller\n');
    expect(previewTable(previewOf(''), 100)).toBe('No load balancer.\n');
  });

  it('names all that a refusal blocks', () => {
    const group = { 'group.name': 'shop' };
    const words = previewTable(
      previewOf(
        manifests(
          service(),
          ingress({ name: 'a', annotations: { ...group, scheme: 'public' } }),
          ingress({ name: 'b', annotations: group }),
        ),
      ),
      200,
    );
    expect(words).toContain('  - IngressGroup shop (Ingress shop/a, Ingress shop/b): unknown scheme: public');
  });

  it('shows letters that a terminal obeys', () => {
    const annotations = { tags: 'Team=\u001b[31mred\u202e' };
    const words = previewTable(previewOf(manifests(ingress({ annotations }), service())), 100);
    expect(words).toContain('Team=\\u001b[31mred\\u202e');
    expect(words).not.toContain('\u001b');
  });
});

describe('the table of a load balancer', () => {
  it('has whatever is set', () => {
    const empty = { LoadBalancers: [], Refusals: [], Findings: [], NotJudged: [], Notes: [] };
    const loadBalancer = {
      Id: 'a/b',
      Members: ['Service a/b'],
      LoadBalancerName: 'own',
      Type: 'network',
      Scheme: 'internal',
      IpAddressType: 'dualstack',
      SubnetMappings: [{ SubnetId: 'subnet-1', AllocationId: 'eipalloc-1' }, { SubnetId: 'subnet-2' }],
      SecurityGroups: [],
      CustomerOwnedIpv4Pool: 'coip-1',
      IpamPools: { Ipv4IpamPoolId: 'ipam-1' },
      EnablePrefixForIpv6SourceNat: 'on',
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
      WebAclId: 'acl-1',
      Attributes: [],
      Tags: [],
      Listeners: [
        {
          Port: 80,
          Protocol: 'TCP',
          Certificates: [],
          Attributes: [],
          Tags: [],
          DefaultActions: [],
          Rules: [{ Priority: 1, Conditions: [], Actions: [], Transforms: [], Tags: [], Origin: {} }],
          Origin: { Port: [{ Kind: 'Service', Name: 'a/b' }] },
        },
      ],
      TargetGroups: [
        {
          Id: 'a/b:80',
          TargetGroupName: '(known after apply)',
          TargetType: 'alb',
          Protocol: 'TCP',
          Port: 80,
          IpAddressType: 'ipv4',
          Attributes: [],
          Tags: [],
          TargetControlPort: 3000,
          Targets: [{ Id: '(known after apply)', Port: 80 }],
          NodeSelector: 'a=b',
          MultiCluster: true,
          TargetPermissions: [],
          Origin: {},
        },
      ],
      Origin: {},
    } as const;
    expect(previewTable({ ...empty, LoadBalancers: [loadBalancer] }, 100).split('\n')).toEqual([
      'a/b: network, internal, dualstack',
      '=================================',
      'made of            Service a/b',
      'name               own',
      'subnets            subnet-1 eipalloc-1, subnet-2',
      'web ACL            acl-1',
      'IPAM pool          ipam-1',
      'CoIP pool          coip-1',
      'IPv6 source NAT    on',
      'PrivateLink rules  off',
      '',
      'Listener TCP 80',
      '  from  Port: Service a/b',
      '  rule     if           then  from',
      '  1        any request',
      '  default',
      '',
      'Target groups',
      '  a/b:80',
      '    targets        TCP 80 alb ipv4',
      '    behind it      (known after apply) port 80',
      '    name           (known after apply)',
      '    nodes          a=b',
      '    control port   3000',
      '    multi-cluster  true',
      '',
    ]);
  });

  it('names a rule that comes from another object than an Ingress', () => {
    const [loadBalancer] = previewOf(manifests(ingress(), service())).LoadBalancers;
    const origin = { Actions: [{ Kind: 'IngressClassParams', Name: 'alb' }] };
    const text = JSON.stringify(loadBalancer).replace(
      /("Transforms":\[],"Tags":\[],"Origin":)\{.*?]}/,
      `$1${JSON.stringify(origin)}`,
    );
    const changed = JSON.parse(text) as NonNullable<typeof loadBalancer>;
    expect(
      previewTable({ LoadBalancers: [changed], Refusals: [], Findings: [], NotJudged: [], Notes: [] }, 120),
    ).toMatch(/forward to shop\/web-web:80 +IngressClassParams alb\n/);
  });
});

describe('the document', () => {
  it('shows what is printed', () => {
    const [, manifest = '', , shown = ''] =
      /```yaml\n(.*?)```(.*?)```text\n(.*?)```/s.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
    expect(previewTable(previewOf(manifest), 100)).toBe(shown);
  });

  it('says why the port of a target group is 1', () => {
    const ip = ingress({ annotations: { 'target-type': 'ip' } });
    const words = (targetPort: string | number) =>
      previewTable(previewOf(manifests(ip, service({ ports: [{ port: 80, targetPort }] }))), 200);
    expect(words('http')).toContain(
      'HTTP HTTP1 1 ip ipv4 of Service shop/web port 80 (its pods have ports of their own',
    );
    expect(words(8080)).not.toContain('ports of their own');
  });
});
