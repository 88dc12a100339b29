import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isFile, textsAt } from '../../../tools/preview/against';
import { answersOf } from '../../../tools/preview/answers';
import { differencesFrom } from '../../../tools/preview/differences';
import { readFacts } from '../../../tools/preview/facts';
import { preview } from '../../../tools/preview/preview';
import { readManifests } from '../../../tools/preview/manifests';
import { previewTable } from '../../../tools/preview/table';
import { ingress, manifests, previewOf, service } from './support';

const SHOP = manifests(ingress({ host: 'shop.example.com', path: '/cart' }), service());

describe('--request', () => {
  const { LoadBalancers, ...rest } = previewOf(SHOP);

  it('says which rule answers, by which Ingress, to which target group', () => {
    const Answers = answersOf(LoadBalancers, ['http://shop.example.com/cart/1', 'http://shop.example.com/']);
    expect(Answers).toMatchObject([
      {
        LoadBalancer: 'shop/web',
        Priority: 1,
        From: [{ Kind: 'Ingress', Name: 'shop/web' }],
        Actions: [{ ForwardConfig: { TargetGroups: [{ TargetGroup: 'shop/web-web:80' }] } }],
      },
      { Actions: [{ Type: 'fixed-response' }] },
    ]);
    expect(Answers[1]).not.toHaveProperty('Priority');
    expect(previewTable({ ...rest, LoadBalancers, Answers }, 200)).toBe(
      [
        'http://shop.example.com/cart/1',
        '  - shop/web HTTP 80, rule 1 (shop/web rules[0].paths[0]): forward to shop/web-web:80',
        'http://shop.example.com/',
        '  - shop/web HTTP 80, default action: respond 404 text/plain',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['https://shop.example.com/', 'no load balancer listens on HTTPS 443: write a URL of HTTP 80'],
    ['shop.example.com', "--request 'shop.example.com' is no URL of HTTP: write such as https://"],
  ])('refuses %s', (url, message) => {
    expect(() => answersOf(LoadBalancers, [url])).toThrow(message);
  });
});

describe('--against', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'preview-against-'));
    writeFileSync(join(folder, 'a.yaml'), SHOP);
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args]);
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'a');
    writeFileSync(join(folder, 'a.yaml'), '');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes files as they were in a commit', () => {
    const file = join(folder, 'a.yaml');
    expect(isFile(file)).toBe(true);
    expect(textsAt('HEAD', [file, join(folder, 'new.yaml')])).toEqual([
      { name: `${file} at HEAD`, text: SHOP },
    ]);
    expect(() => textsAt('none', [file])).toThrow(
      '--against none: there is no such file, and git knows no such commit',
    );
    expect(() => textsAt('--help', [file])).toThrow('git knows no such commit');
    expect(() => textsAt('HEAD', ['-'])).toThrow('standard input has no earlier commit');
  });

  it('says what differs in the words of the plan report', () => {
    const before = previewOf(SHOP);
    const words = (text: string) => {
      const after = previewOf(text);
      return previewTable({ ...after, Differences: differencesFrom(before, after) }, 300);
    };
    expect(words(SHOP)).toBe('Nothing differs.\n');
    expect(
      words(
        SHOP.replace(
          '"annotations":{}',
          '"annotations":{"alb.ingress.kubernetes.io/scheme":"internet-facing"}',
        ),
      ),
    ).toContain(
      'shop/web is deleted and made anew, with another DNS name (Scheme)\n  - Scheme: internal → internet-facing\n',
    );
    expect(
      words(SHOP.replace('"annotations":{}', '"annotations":{"alb.ingress.kubernetes.io/target-type":"ip"}')),
    ).toContain(
      'gives 1 target group a new name, and requests for it fail until it has a healthy target: shop/web-web:80\n',
    );
    const moved = words(
      SHOP.replace(
        '"annotations":{}',
        `"annotations":{"alb.ingress.kubernetes.io/listen-ports":"[{\\"HTTP\\":8080}]"}`,
      ),
    );
    expect(moved).toContain('listener 80 (HTTP) goes');
    expect(moved).toContain('listener 8080 (HTTP) is added');
    expect(moved).toContain('rule 1 of port 8080 is added: host shop.example.com, path /cart or /cart/*');
    expect(moved).not.toContain('Listeners.');
    expect(words('')).toBe('shop/web is deleted\n');
  });
});

describe('--facts', () => {
  it('decides what only AWS knows', () => {
    const facts = readFacts(
      'facts.yaml',
      'subnets: [{id: subnet-1, zone: eu-west-1a, tags: {kubernetes.io/role/internal-elb: "1"}}, {id: subnet-2, zone: eu-west-1b, tags: {kubernetes.io/role/internal-elb: "1"}}]',
    );
    const input = readManifests([{ name: 'a.yaml', text: SHOP }]);
    expect(preview({ ...input, facts }).LoadBalancers).toMatchObject([
      { SubnetMappings: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }] },
    ]);
  });

  it.each([
    ['subnet: []', "subnet = []: there is no such field; write 'subnets'"],
    ['certificates: [{arn: a}]', 'certificates.0.domains'],
    ['a: [', 'facts.yaml, line 1: '],
  ])('refuses %s', (text, message) => {
    expect(() => readFacts('facts.yaml', text)).toThrow(message);
  });
});

describe('--verify', () => {
  const compared = { Compared: 12, NotCompared: 3, Unread: ['Attributes'] };
  const open = '3 were not compared: known only after apply, or not read (Attributes).';

  it('says what is not as previewed, and what it did not look at', () => {
    const Deviations = [{ Path: 'shop/web Scheme', Previewed: '"internal"', Made: '"internet-facing"' }];
    expect(previewTable({ ...previewOf(SHOP), Verified: { ...compared, Deviations } }, 200)).toBe(
      [
        'Not as previewed: 1 of 12 values differ.',
        '  - shop/web Scheme: "internal" previewed, "internet-facing" there',
        open,
        '',
      ].join('\n'),
    );
  });

  it('says that all is', () => {
    expect(previewTable({ ...previewOf(SHOP), Verified: { ...compared, Deviations: [] } }, 200)).toBe(
      `As previewed: 12 values are the same.\n${open}\n`,
    );
  });
});
