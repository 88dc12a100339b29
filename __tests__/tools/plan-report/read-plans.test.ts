import { describe, expect, it } from '@jest/globals';
import { readPlans } from '../../../tools/plan-report/terraform/read-plans';
import { planned, planText, read } from './support';

const fails = (text: string) => () => readPlans([{ stack: 'network', name: 'plan.json', text }]);

describe('readPlans', () => {
  it.each([
    [
      'PK\u0003\u0004',
      'plan.json is a plan file as terraform plan -out writes it: write terraform show -json FILE',
    ],
    ['Terraform will perform', 'plan.json is no JSON'],
    ['[]', 'plan.json is no plan'],
    ['{"version": 4}', 'plan.json is no plan'],
    [
      '{"format_version": "2.0", "resource_changes": []}',
      "plan.json has format_version '2.0', and only 1.x is known",
    ],
    ['{"format_version": "1.0", "values": {}}', 'plan.json is a state, no plan'],
    [
      '{"format_version": "1.2", "resource_changes": [{}]}',
      'plan.json is no plan that can be read: resource_changes.0.address',
    ],
  ])('refuses %s', (text, message) => {
    expect(fails(text)).toThrow(message);
  });

  it('refuses what is nested without an end, and not brackets in a text', () => {
    const deep = (levels: number) =>
      planText([], { x: JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown });

    expect(fails(`{"format_version": "1.2", "x": ${'['.repeat(100_000)}`)).toThrow(
      'nested more than 200 levels deep',
    );
    expect(fails(deep(250))).toThrow('nested more than 200 levels deep');
    expect(fails(deep(150))).not.toThrow();
    expect(fails(planText([], { x: `"\\${'['.repeat(1000)}` }))).not.toThrow();
  });

  it('reads a byte order mark away, as PowerShell writes it', () => {
    expect(fails(`\uFEFF${planText([])}`)).not.toThrow();
  });

  it.each([
    [['create'], 'create', undefined],
    [['delete'], 'delete', undefined],
    [['update'], 'update', undefined],
    [['read'], 'read', undefined],
    [['no-op'], 'no-op', undefined],
    [['forget'], 'forget', undefined],
    [['delete', 'create'], 'replace', undefined],
    [['create', 'delete'], 'replace', true],
    [['forget', 'create'], 'replace', undefined],
    [['something-new'], 'unknown', undefined],
    [['a', 'b'], 'unknown', undefined],
    [[], 'unknown', undefined],
  ])('reads the actions %j as %s', (actions, action, createBeforeDestroy) => {
    const { resources } = read([planned('aws_x', { actions, before: {}, after: {} })]);

    expect(resources[0]?.action).toBe(action);
    expect(resources[0]?.createBeforeDestroy).toBe(createBeforeDestroy);
  });

  it('reads what is created, and what goes, as absent on the other side', () => {
    const { resources } = read([
      planned('aws_a', { actions: ['create'], after: { a: 1 }, after_unknown: { id: true } }),
      planned('aws_b', { actions: ['delete'], before: { a: 1 } }),
    ]);

    expect(resources[0]).toMatchObject({ after: { a: 1, id: '(known after apply)' } });
    expect(resources[0]).not.toHaveProperty('before');
    expect(resources[1]).toMatchObject({ before: { a: 1 } });
    expect(resources[1]).not.toHaveProperty('after');
  });

  it('reads where a resource was, what is imported, tainted and deposed', () => {
    const { resources } = read([
      planned('aws_a', {}, { previous_address: 'aws_a.z' }),
      planned('aws_b', { importing: { id: 'i-1' } }),
      planned('aws_c', { importing: {} }),
      planned(
        'aws_d',
        { actions: ['delete', 'create'], replace_paths: [['a', 0]] },
        { action_reason: 'replace_because_tainted' },
      ),
      planned('aws_e', { actions: ['delete'] }, { deposed: 'abc' }),
    ]);

    expect(resources).toMatchObject([
      { movedFrom: 'aws_a.z' },
      { importId: 'i-1' },
      { importId: '(known after apply)' },
      { tainted: true, replacePaths: [['a', 0]] },
      { address: 'aws_e.y (deposed abc)' },
    ]);
  });

  it.each([
    [{ errored: true }, true],
    [{ complete: false }, true],
    [{ deferred_changes: [{}] }, true],
    [{ complete: true, errored: false }, undefined],
  ])('reads %j as incomplete: %s', (more, incomplete) => {
    expect(read([], more).incomplete).toBe(incomplete);
  });

  it('reads Region and account of the provider', () => {
    const expressions = {
      region: { constant_value: 'eu-west-1' },
      allowed_account_ids: { constant_value: ['1'] },
    };
    const stack = read([], { configuration: { provider_config: { aws: { name: 'aws', expressions } } } });

    expect(stack).toMatchObject({ region: 'eu-west-1', account: '1' });
  });

  it('reads what other stacks published, without what is sensitive', () => {
    const state = (name: string, values: unknown, sensitive: unknown = {}) => ({
      mode: 'data',
      type: 'terraform_remote_state',
      name,
      values: { outputs: values },
      sensitive_values: { outputs: sensitive },
    });
    const { reads } = read([], {
      prior_state: {
        values: {
          root_module: {
            resources: [
              state('network-state', { vpc_id: 'vpc-1', key: 'do-not-tell' }, { key: true }),
              state('elsewhere', { a: 1 }),
            ],
          },
        },
      },
    });

    expect(reads).toEqual({ network: { vpc_id: 'vpc-1', key: '(sensitive value)' } });
  });

  it('reads what is known of a list and of a map later as unknown', () => {
    const { resources } = read([
      planned('aws_a', {
        before: { list: ['a'], block: [{ a: 1, b: 2 }], gone: [1] },
        after: { list: ['a', null], block: [{ a: 1 }], gone: null },
        after_unknown: { list: [false, true], block: [{ b: true }], map: { key: true }, gone: [], none: {} },
      }),
    ]);

    expect(resources[0]?.after).toEqual({
      list: ['a', '(known after apply)'],
      block: [{ a: 1, b: '(known after apply)' }],
      map: { key: '(known after apply)' },
      gone: null,
    });
    expect(resources[0]?.before).toEqual({ list: ['a'], block: [{ a: 1, b: 2 }], gone: [1] });
  });
});
