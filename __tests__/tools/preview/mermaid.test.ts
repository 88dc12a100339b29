import { describe, expect, it } from '@jest/globals';
import { mermaid } from '../../../tools/preview/mermaid';
import { FULL, ingress, manifests, previewOf, service } from './support';

describe('the flowchart of a preview', () => {
  it('leads from the client by listener and rule to target groups', () => {
    expect(mermaid(previewOf(FULL)).split('\n')).toEqual([
      'flowchart LR',
      '  client((client))',
      '  subgraph lb0 ["shop<br>application, internet-facing"]',
      expect.stringMatching(/^ {4}lb0t0\[\("shop\/web-web:80<br>HTTP \(known after apply\) instance"\)]$/),
      expect.stringMatching(/^ {4}lb0t1\[\("shop\/canary-web:80<br>HTTP 80 ip"\)]$/),
      '    lb0l0["HTTP 80"]',
      '    lb0l0end(["redirect 301 to HTTPS://#35;#123;host#125;:443/#35;#123;path#125;#63;#35;#123;query#125;"])',
      '    lb0l0 -->|"default"| lb0l0end',
      '    lb0l1["HTTPS 443"]',
      '    lb0l1r0{{"header X-Beta: 1 or yes<br>query a=b or c<br>host shop.example.com<br>path /#42;<br>rewrite url #94;/a as /b"}}',
      '    lb0l1 -->|"1"| lb0l1r0',
      '    lb0l1r0 -->|"authenticate by OIDC https://example.com"| lb0t0',
      '    lb0l1r1{{"method GET<br>source 192.0.2.0/24<br>host canary.example.com<br>path /#42;"}}',
      '    lb0l1 -->|"2"| lb0l1r1',
      '    lb0l1r1 -->|"weight 90"| lb0t1',
      '    lb0l1r1end1[("arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/own/0123456789abcdef")]',
      '    lb0l1r1 -->|"weight 10"| lb0l1r1end1',
      '    lb0l1end(["respond 404 text/plain"])',
      '    lb0l1 -->|"default"| lb0l1end',
      '  end',
      '  client --> lb0l0',
      '  client --> lb0l1',
      '  subgraph lb1 ["shop/nlb<br>network, internal"]',
      '    lb1t0[("shop/nlb:443<br>TCP 443 ip")]',
      '    lb1l0["TCP 443"]',
      '    lb1l0 -->|"default"| lb1t0',
      '  end',
      '  client --> lb1l0',
      '  refusal0[/"refused<br>Ingress shop/bad<br>unknown scheme: public"/]',
      '',
    ]);
  });

  it('is one without load balancers too', () => {
    expect(mermaid(previewOf(''))).toBe('flowchart LR\n  none["no load balancer"]\n');
  });

  it.each([
    ['"]; click client "javascript:alert(1)"', '#34;#93;#59; click client #34;javascript:alert(1)#34;'],
    ['<script>alert(1)</script>', '#60;script#62;alert(1)#60;/script#62;'],
    ['#quot;`**a**`', '#35;quot#59;#96;#42;#42;a#42;#42;#96;'],
    ['a\n  end\n%%{init: {}}%%', 'a#92;u000a  end#92;u000a#37;#37;#123;init: #123;#125;#125;#37;#37;'],
    ['ünï 𝕏 \u202e', 'ünï 𝕏 #92;u202e'],
  ])('stays whole with %j in it', (body, shown) => {
    const messageBody = {
      type: 'fixed-response',
      fixedResponseConfig: { statusCode: '200', messageBody: body },
    };
    const hostile = ingress({ annotations: { 'actions.web': JSON.stringify(messageBody) } }).replace(
      '"number":80',
      '"name":"use-annotation"',
    );
    const result = previewOf(hostile);
    const [loadBalancer] = result.LoadBalancers;
    expect(result.Refusals).toEqual([]);
    const renamed = { ...result, LoadBalancers: [{ ...loadBalancer, Id: body }] } as typeof result;
    const text = mermaid(renamed);
    expect(text).toContain(`subgraph lb0 ["${shown}<br>application, internal"]`);
    // Whatever is said, nothing but the diagram's own structure is outside of quotes.
    for (const line of text.trimEnd().split('\n')) {
      expect(line.replace(/"[^"]*"/g, '""')).toMatch(
        /^(flowchart LR| {2}client\(\(client\)\)| {2}subgraph \w+ \[""]| {2}end| {2}client --> \w+| {4}\w+(\[""]|\(\[""]\)|\{\{""}}|\[\(""\)]| -->(\|""\|)? \w+))$/,
      );
    }
  });

  it('shows rules without conditions, and unknown actions', () => {
    const result = previewOf(manifests(ingress(), service()));
    const [loadBalancer] = result.LoadBalancers;
    const [listener] = loadBalancer?.Listeners ?? [];
    const bare = {
      ...result,
      LoadBalancers: [
        {
          ...loadBalancer,
          TargetGroups: [],
          Listeners: [
            {
              ...listener,
              Rules: [
                {
                  Priority: 1,
                  Conditions: [],
                  Actions: [{ Type: '(known after apply)' }],
                  Transforms: [],
                  Tags: [],
                  Origin: {},
                },
              ],
              DefaultActions: [],
            },
          ],
        },
      ],
    } as unknown as typeof result;
    expect(mermaid(bare)).toContain(
      '    lb0l0r0{{"any request"}}\n    lb0l0 -->|"1"| lb0l0r0\n    lb0l0r0end(["(known after apply)"])\n    lb0l0r0 --> lb0l0r0end\n',
    );
  });
});
