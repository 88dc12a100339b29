import { describe, expect, it } from '@jest/globals';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { plural, shortened, markdownTable } from '../../../tools/plan-report/document/markdown';
import { type ResourceChange, type StackChanges } from '../../../tools/plan-report/changes/changes';

import { change, changes, report } from './support';

const text = (resources: readonly Partial<ResourceChange>[], more: Partial<StackChanges> = {}) =>
  markdown(report([changes('cluster', resources.map(change), more)]));

describe('a report', () => {
  it('says that nothing can hurt, and has no section without a thing in it', () => {
    expect(text([])).toBe(
      [
        '## Plan of `sandbox`',
        '',
        '**Not judged: network, addons, workloads, of which there is no plan.**',
        '',
        'In the plan of cluster nothing goes but what is known to be harmless, no guard is taken away, nothing is opened to the world or refused, no trust or wide permission is gained, no version changes, and there is no drift.',
        '',
        '| stack | add | change | replace | destroy | no change | state |',
        '|---|---:|---:|---:|---:|---:|---|',
        '| network | – | – | – | – | – | no plan given |',
        '| cluster | 0 | 0 | 0 | 0 | 0 | no changes |',
        '| addons | – | – | – | – | – | no plan given |',
        '| workloads | – | – | – | – | – | no plan given |',
        '',
        'Cost: nothing that is billed by existing changes.',
        '',
      ].join('\n'),
    );
  });

  it('counts one of a thing as one', () => {
    expect(text([{ type: 'aws_vpc', action: 'delete' }])).toContain(
      '**1 long-lived resource is destroyed**.\n',
    );
    expect(text([{ type: 'aws_vpc', action: 'delete' }])).toContain(
      '- 🔴 cluster: VPC `aws_vpc.y` is destroyed, with all that is in it\n',
    );
  });

  it('shows some of the values of a risk, and how many more', () => {
    const after = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`a${index}`, 2]));
    const drift = [change({ before: {}, after })];

    expect(text([], { drift })).toContain('`a4: (not set) -> 2`, `a5: (not set) -> 2`, 3 more\n');
  });

  it('shows permissions gained and lost, and what is known later', () => {
    const policy = (action: string) =>
      JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: action, Resource: 'x' } });
    const shown = text([
      {
        type: 'aws_sqs_queue_policy',
        before: { policy: policy('sqs:GetQueueUrl') },
        after: { policy: policy('sqs:*') },
      },
      {
        type: 'aws_iam_role_policy_attachment',
        action: 'delete',
        before: { policy_arn: 'arn:1', role: 'r' },
      },
      { type: 'aws_iam_policy', action: 'create', after: { policy: '(known after apply)' } },
    ]);

    expect(shown).toContain(
      '+ Allow to * sqs:* on x  # ANYBODY  # WILDCARD: Action sqs:*\n- Allow to * sqs:GetQueueUrl on x\n',
    );
    expect(shown).toContain('- managed policy arn:1 r\n');
    expect(shown).toContain(
      'Policies that are known after apply only:\n\n- cluster: `aws_iam_policy.y policy`',
    );
  });

  it('shows outputs that come, change and go', () => {
    const outputs = [
      { name: 'new', action: 'create', after: 1 },
      { name: 'other', action: 'update', before: 1, after: '(known after apply)' },
      { name: 'old', action: 'delete', before: [1] },
      { name: 'same', action: 'no-op', before: 1, after: 1 },
    ] as const;

    expect(text([], { outputs })).toContain(
      '<summary>3 outputs of cluster</summary>\n\n```diff\n+ new = 1\n! other = 1 -> (known after apply)\n- old = [1]\n```',
    );
  });

  it('shows the full plan with what goes first', () => {
    const shown = text([
      { action: 'create', address: 'x.new', after: {} },
      { action: 'delete', address: 'x.old', before: {} },
      { action: 'no-op', address: 'x.moved', movedFrom: 'x.before', before: {}, after: {} },
      { action: 'read', address: 'data.x' },
    ]);

    expect(shown).toContain('<details><summary>3 resources</summary>');
    expect(shown.indexOf('x.old will be destroyed')).toBeLessThan(shown.indexOf('x.new will be created'));
    expect(shown).toContain('# it has moved from x.before');
    expect(shown).not.toContain('data.x');
  });

  it('says of synthesized stacks that nothing was planned', () => {
    expect(markdown(report([], { environment: 'dev', expected: [], base: 'main' }))).toContain(
      '## Synthesized stacks of `dev`, compared with `main`\n\nNothing was planned',
    );
  });
});

describe('words', () => {
  it('are of one or many', () => {
    expect([plural(1, 'item'), plural(2, 'item'), plural(0, 'policy', 'policies')]).toEqual([
      '1 item',
      '2 items',
      '0 policies',
    ]);
  });

  it('are cut between letters', () => {
    expect(shortened('abc', 3)).toBe('abc');
    expect(shortened('abcd', 3)).toBe('abc… (1 more characters)');
    expect(shortened('ab😀d', 3)).toBe('ab… (2 more characters)');
  });

  it('are in tables', () => {
    expect(markdownTable(['a', '#b'], [['1', '2']])).toBe('| a | b |\n|---|---:|\n| 1 | 2 |');
  });
});
