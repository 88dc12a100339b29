import { describe, expect, it } from '@jest/globals';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { type OutputChange, type StackChanges } from '../../../tools/plan-report/changes/changes';
import { summarize } from '../../../tools/plan-report/summary';
import { AWS_STACKS, change, changes, report } from './support';

const output = (name: string, before: unknown, after: unknown): OutputChange => ({
  name,
  action:
    before === undefined ? 'create' : after === undefined ? 'delete' : before === after ? 'no-op' : 'update',
  before,
  after,
});
const states = (...stacks: StackChanges[]) =>
  summarize(stacks, AWS_STACKS).map(({ stack, status, waitsFor }) =>
    [stack, status, ...waitsFor.map((wait) => `${wait.stack}(${wait.outputs.join()})`)].join(' '),
  );

describe('summarize', () => {
  it('counts what is done to resources', () => {
    const resources = [
      change({ action: 'create', importId: 'i' }),
      change({ action: 'update', movedFrom: 'x' }),
      change({ action: 'replace' }),
      change({ action: 'delete' }),
      change({ action: 'forget' }),
      change({ action: 'no-op' }),
      change({ action: 'read' }),
    ];

    expect(summarize([changes('network', resources)], [])).toEqual([
      {
        stack: 'network',
        status: 'changes',
        add: 1,
        change: 1,
        replace: 1,
        destroy: 1,
        unchanged: 1,
        imported: 1,
        moved: 1,
        forgotten: 1,
        changedOutputs: 0,
        waitsFor: [],
      },
    ]);
    expect(markdown(report([changes('network', resources)]))).toContain(
      '| network | 1 | 1 | **1** | **1** | 1 | planned, 1 imported, 1 moved, 1 forgotten |',
    );
  });

  it.each([
    [changes('network', []), 'network no changes'],
    [changes('network', [change({ action: 'no-op', movedFrom: 'x' })]), 'network changes'],
    [changes('network', [change({ action: 'no-op', importId: 'x' })]), 'network changes'],
    [changes('network', [], { outputs: [output('a', 1, 2)] }), 'network changes'],
    [changes('network', [], { incomplete: true }), 'network incomplete'],
  ])('tells the state of a stack', (stack, expected) => {
    expect(states(stack)[0]).toBe(expected);
  });

  it('lists stacks without a plan, and bootstrap only with one', () => {
    expect(states()).toEqual(['network no plan', 'cluster no plan', 'addons no plan', 'workloads no plan']);
    expect(states(changes('bootstrap', []))[0]).toBe('bootstrap no changes');
    expect(summarize([], ['workloads'])).toHaveLength(1);
  });

  it('blocks stacks without a plan behind outputs that change', () => {
    expect(states(changes('network', [], { outputs: [output('a', 1, 2), output('b', 1, 1)] }))).toEqual([
      'network changes',
      'cluster blocked network(a)',
      'addons blocked network(a)',
      'workloads blocked network(a)',
    ]);
  });

  it('blocks a plan that read older outputs, or that reads what nobody knows yet', () => {
    const network = changes('network', [], {
      outputs: [
        output('old', 1, 2),
        output('same', 1, 1),
        output('later', 1, '(known after apply)'),
        output('gone', 1, undefined),
        output('secret', 1, '(sensitive value, changed)'),
      ],
    });
    const reads = { network: { old: 1, same: 1, later: 1, gone: 1, secret: '(sensitive value)' } };

    expect(states(network, changes('cluster', [], { reads }))[1]).toBe('cluster blocked network(old,later)');
    expect(
      states(network, changes('cluster', [], { reads: { network: { old: 2, same: 1, later: 1 } } }))[1],
    ).toBe('cluster blocked network(later)');
  });

  it('does not block a plan that read what is nothing still', () => {
    const network = changes('network', [], { outputs: [{ name: 'none', action: 'no-op' }] });

    expect(states(network, changes('cluster', [], { reads: { network: {} } }))[1]).toBe('cluster no changes');
  });

  it('blocks a plan that read an output before there was one', () => {
    const network = changes('network', [], { outputs: [output('new', 1, 1)] });

    expect(states(network, changes('cluster', [], { reads: { network: {} } }))[1]).toBe(
      'cluster blocked network(new)',
    );
  });

  it('does not block a plan that reads nothing of it', () => {
    const network = changes('network', [], { outputs: [output('a', 1, 2)] });

    expect(states(network, changes('cluster', []))[1]).toBe('cluster no changes');
    expect(states(changes('bootstrap', [], { outputs: [output('a', 1, 2)] }))[1]).toBe('network no plan');
  });

  it('tells in one sentence who waits for the same, and not more outputs than one reads', () => {
    const outputs = Array.from({ length: 15 }, (_, index) => output(`o${index}`, 1, 2));
    const text = markdown(report([changes('network', [], { outputs })]));

    expect(text).toContain('Blocked: cluster, addons, workloads. Apply network (`o0`,');
    expect(text).toContain('`o11`, 3 more) first, whose new outputs they read, then plan again.');
    expect(text).toContain('| cluster | – | – | – | – | – | **blocked** |');
  });

  it('tells a single one too, and an incomplete plan', () => {
    const text = markdown(
      report([
        changes('addons', [], { outputs: [output('o', 1, 2)], incomplete: true }),
        changes('workloads', [], { reads: { addons: {} } }),
      ]),
    );

    expect(text).toContain(
      'Blocked: workloads. Apply addons (`o`) first, whose new outputs it reads, then plan again.',
    );
    expect(text).toContain('| addons | 0 | 0 | 0 | 0 | 0 | **incomplete plan**, 1 output changes |');
  });
});
