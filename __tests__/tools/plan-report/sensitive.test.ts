import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { isSecretName } from '../../../tools/plan-report/terraform/secret-names';
import { Secrets } from '../../../tools/plan-report/terraform/secrets';
import { reportOf } from '../../../tools/plan-report/report';
import { readPlans, readPlansToJudge } from '../../../tools/plan-report/terraform/read-plans';
import { AWS_STACKS, planned, planText, read, report, TODAY } from './support';

const all = (...args: Parameters<typeof read>) => JSON.stringify(read(...args));

describe('sensitive values', () => {
  it.each([
    ['before', { before: { a: 'do-not-tell' }, after: { a: 'x' }, before_sensitive: { a: true } }],
    ['after', { before: { a: 'x' }, after: { a: 'do-not-tell' }, after_sensitive: { a: true } }],
    [
      'a part of a list',
      { before: { a: ['x'] }, after: { a: ['x', 'do-not-tell'] }, after_sensitive: { a: [false, true] } },
    ],
    [
      'all of a resource',
      {
        before: { a: 'do-not-tell' },
        after: { a: 'do-not-tell' },
        before_sensitive: true,
        after_sensitive: true,
      },
    ],
    [
      'all of a block',
      { before: { a: [{ b: 'do-not-tell' }] }, after: { a: [{ b: 1 }] }, before_sensitive: { a: true } },
    ],
  ])('are hidden where a mask marks them: %s', (_, props) => {
    expect(all([planned('aws_a', props)])).not.toContain('do-not-tell');
  });

  it('are told as changed where they differ, and not where they are equal', () => {
    const { resources } = read([
      planned('aws_a', {
        before: { same: 's3cret-a', other: 's3cret-b', later: 's3cret-c' },
        after: { same: 's3cret-a', other: 's3cret-d' },
        after_unknown: { later: true },
        before_sensitive: { same: true, other: true, later: true },
        after_sensitive: { same: true, other: true, later: true },
      }),
    ]);

    expect(resources[0]?.before).toEqual({
      same: '(sensitive value)',
      other: '(sensitive value)',
      later: '(sensitive value)',
    });
    expect(resources[0]?.after).toEqual({
      same: '(sensitive value)',
      other: '(sensitive value, changed)',
      later: '(sensitive value, changed)',
    });
  });

  it.each([
    [
      'outputs',
      {
        output_changes: {
          o: { actions: ['create'], before: null, after: 'do-not-tell', after_sensitive: true },
        },
      },
    ],
    [
      'variables',
      {
        variables: { v: { value: 'do-not-tell' } },
        configuration: { root_module: { variables: { v: { sensitive: true } } } },
      },
    ],
    [
      'outputs of the state',
      { prior_state: { values: { outputs: { o: { sensitive: true, value: 'do-not-tell' } } } } },
    ],
    [
      'resources of a module',
      {
        planned_values: {
          root_module: {
            child_modules: [
              {
                resources: [
                  { type: 'x', values: { a: { b: 'do-not-tell' } }, sensitive_values: { a: { b: true } } },
                ],
              },
            ],
          },
        },
      },
    ],
    [
      'drift',
      {
        resource_drift: [
          planned('aws_b', { before: { a: 'x' }, after: { a: 'do-not-tell' }, after_sensitive: { a: true } }),
        ],
      },
    ],
  ])('of %s are hidden where a resource has them in clear', (_, more) => {
    const text = all(
      [planned('aws_a', { before: { a: 'x' }, after: { a: 'is do-not-tell-ing', 'do-not-tell': 1 } })],
      more,
    );

    expect(text).not.toContain('do-not-tell');
    expect(text).toContain('is (sensitive value)-ing');
  });

  it('of one plan are hidden in another, also as JSON, base64 and in a URL', () => {
    const secret = 'p@ss "w0rd"\nof two lines';
    const forms = [
      secret,
      JSON.stringify(secret),
      Buffer.from(secret).toString('base64'),
      encodeURIComponent(secret),
    ];
    const stacks = readPlans([
      {
        stack: 'network',
        name: 'a',
        text: planText([planned('aws_a', { after: { a: secret }, after_sensitive: { a: true } })]),
      },
      {
        stack: 'cluster',
        name: 'b',
        text: planText([planned('aws_b', { after: { text: forms.map((form) => `x=${form}`) } })]),
      },
    ]);

    expect(stacks[1]?.resources[0]?.after).toEqual({
      text: ['x=(sensitive value)', 'x="(sensitive value)"', 'x=(sensitive value)', 'x=(sensitive value)'],
    });
  });

  it('are hidden by what they are decoded', () => {
    const encoded = Buffer.from('hunter2-hunter2').toString('base64');
    expect(
      all([
        planned('aws_a', { after: { a: encoded, b: 'is hunter2-hunter2' }, after_sensitive: { a: true } }),
      ]),
    ).not.toContain('hunter2');
  });

  it('that are short are hidden where they are all of a value only', () => {
    const { resources } = read([
      planned('aws_a', {
        after: { a: 'abc', b: 'abc', c: 'abcde', d: 1234567, e: 1234567 },
        after_sensitive: { a: true, d: true },
      }),
    ]);

    expect(resources[0]?.after).toMatchObject({ b: '(sensitive value)', c: 'abcde', e: '(sensitive value)' });
  });

  it('that are words of any text hide nothing', () => {
    const secrets = new Secrets();
    secrets.add(['true', 'null', '', 'ab', true, null, 12]);

    expect(secrets.hide({ a: 'true', b: null, c: 'ab', d: 12, e: [false] })).toEqual({
      a: 'true',
      b: null,
      c: 'ab',
      d: 12,
      e: [false],
    });
  });

  it('are hidden with the longest that fits', () => {
    const secrets = new Secrets();
    secrets.add(['secret-1', 'secret-12', 'secret-12']);

    expect(secrets.text('secret-12 secret-1')).toBe('(sensitive value) (sensitive value)');
  });

  it.each([
    'password',
    'db_password',
    'clientSecret',
    'API_TOKEN',
    'private_key',
    'private_key_pem',
    'secret_string',
    'user_data',
    'user_data_base64',
    'awsSecretAccessKey',
  ])('are known by the name %s', (name) => {
    expect(isSecretName(name)).toBe(true);
    expect(all([planned('aws_a', { after: { [name]: 'do-not-tell' } })])).not.toContain('do-not-tell');
  });

  it.each([
    'http_tokens',
    'secretName',
    'keep_tls_secret_for',
    'automount_service_account_token_x',
    'kms_key_id',
    'tags',
    '',
  ])('are not seen in the name %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  it('are known in a Secret, a variable of a container, a value of a chart', () => {
    const text = all([
      planned('kubernetes_secret_v1', {
        after: { metadata: [{ name: 'shown' }], data: { key: 'do-not-tell-1' } },
      }),
      planned('kubernetes_deployment_v1', {
        after: { env: [{ name: 'DB_PASSWORD', value: 'do-not-tell-2' }] },
      }),
      planned('helm_release', {
        after: {
          set: [{ name: 'admin.password', value: 'do-not-tell-3' }],
          values: ['password: do-not-tell-4\nuser: shown-too\n'],
        },
      }),
    ]);

    expect(text).not.toContain('do-not-tell');
    expect(text).toContain('shown-too');
  });

  it.each([
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'MIIE'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE', 'MIIE'],
    ['key AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
    ['ghp_abcdefghijklmnopqrstuv0123456789', 'ghp_'],
    ['Authorization: Bearer abcdef0123456789', 'abcdef0123456789'],
    ['postgres://user:hunter2@host/db', 'hunter2'],
    ['eyJhbGciOiJI.eyJzdWIiOiIx.c2ln', 'eyJhbGci'],
    ['token = "abc"', 'abc'],
    ["{'password': 'abc'}", 'abc'],
  ])('are known by their form in a text: %s', (text, secret) => {
    expect(all([planned('aws_a', { after: { note: text } })])).not.toContain(secret);
  });

  it.each(['keepTLSSecret: true', 'token: 12345', 'password: ${x}', 'host:port', 'secretName: tls'])(
    'are not seen in a text such as %s',
    (text) => {
      expect(read([planned('aws_a', { after: { note: text } })]).resources[0]?.after).toEqual({ note: text });
    },
  );

  it('are no lines of the script of an instance, which is hidden itself', () => {
    const { resources } = read([
      planned('aws_launch_template', {
        after: { user_data: '#!/bin/bash\neks-ingress-dev', name: 'eks-ingress-dev' },
      }),
    ]);

    expect(resources[0]?.after).toEqual({ user_data: '(sensitive value)', name: 'eks-ingress-dev' });
  });

  it('are found in a text of any length', () => {
    const text = `${'a-'.repeat(200_000)}${'eyJ-'.repeat(20_000)} --password do-not-tell token: do-not-tell`;

    expect(all([planned('aws_a', { after: { text } })])).not.toContain('do-not-tell');
  });

  it('are in no report, in no form of it', () => {
    const secret = 'xX-very-secret-Xx';
    const stack = read(
      [
        planned('aws_vpc', {
          actions: ['delete', 'create'],
          before: { cidr_block: secret, tags: { a: secret } },
          after: { cidr_block: 'b', tags: { a: `${secret}!` } },
          replace_paths: [['cidr_block']],
          after_sensitive: {},
        }),
        planned(
          'aws_b',
          { after: { a: secret }, after_sensitive: { a: true } },
          { address: `aws_b.y["${secret}"]` },
        ),
        planned('aws_iam_policy', {
          before: { policy: '{}' },
          after: {
            policy: JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: secret } }),
          },
        }),
        planned('helm_release', {
          before: { name: secret, version: '1' },
          after: { name: secret, version: '2' },
        }),
      ],
      {
        output_changes: { [secret]: { actions: ['update'], before: [secret], after: { [secret]: secret } } },
      },
    );
    const made = report([stack]);

    expect(made.risks.length).toBeGreaterThan(2);
    expect(markdown(made)).not.toContain(secret);
    expect(JSON.stringify(made)).not.toContain(secret);
  });

  it('whatever they are, are in no report, also where another plan has them in clear', () => {
    const anything = fc.string({ minLength: 4, maxLength: 40 }).map((text) => `Zq${text.trim()}Qz`);
    fc.assert(
      fc.property(anything, fc.string(), fc.string(), (secret, before, after) => {
        const clear = `${before}${secret}${after}`;
        const [network, cluster] = readPlans([
          {
            stack: 'network',
            name: 'a',
            text: planText([], {
              output_changes: {
                o: { actions: ['create'], after: { deep: [secret] }, after_sensitive: { deep: true } },
              },
            }),
          },
          {
            stack: 'cluster',
            name: 'b',
            text: planText([
              planned('aws_vpc', {
                actions: ['delete', 'create'],
                before: { cidr_block: clear, tags: { [clear]: 'x' } },
                after: {
                  cidr_block: 'x',
                  json: JSON.stringify({ Statement: { Effect: 'Allow', Action: clear } }),
                },
                replace_paths: [['cidr_block'], ['tags', clear]],
              }),
            ]),
          },
        ]);
        const made = report([network, cluster].filter((stack) => stack !== undefined));
        const escaped = JSON.stringify(secret).slice(1, -1);

        for (const text of [markdown(made), JSON.stringify(made)]) {
          expect(text).not.toContain(secret);
          expect(text).not.toContain(escaped);
        }
      }),
    );
  });
});

describe('what a plan marks as sensitive', () => {
  const allow = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
  const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const dangers: readonly (readonly [type: string, before: object | null, after: object | null])[] = [
    ['aws_vpc_security_group_ingress_rule', null, { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' }],
    ['aws_iam_role_policy', null, { policy: allow }],
    ['aws_iam_role_policy_attachment', null, { role: 'a', policy_arn: admin }],
    ['aws_db_instance', { deletion_protection: true }, { deletion_protection: false }],
    ['aws_kms_key', { is_enabled: true }, null],
    ['aws_s3_bucket_acl', { acl: 'private' }, { acl: 'public-read' }],
  ];
  const texts = [
    '0.0.0.0/0',
    '-1',
    'Allow',
    '*',
    '"Effect": "Allow"',
    admin,
    'AdministratorAccess',
    'public-read',
    'true',
    allow,
  ];
  const judged = (resources: Parameters<typeof planText>[0], more: Parameters<typeof planText>[1] = {}) =>
    reportOf({
      environment: 'dev',
      plans: readPlansToJudge([{ stack: 'cluster', name: 'plan.json', text: planText(resources, more) }]),
      expected: AWS_STACKS,
      today: TODAY,
    }).risks.map(({ code, address }) => `${code} ${address}`);

  it('takes no risk away, nor does a tag or an output, whatever its name and value', () => {
    const plain = dangers.map(([type, before, after]) => made(type, before, after, {}, {}));
    const expected = judged(plain);
    expect(new Set(expected.map((risk) => risk.split(' ')[1])).size).toBe(dangers.length);

    const word = fc.oneof(
      fc.constantFrom('token', 'password', 'Name', 'secret_key'),
      fc.string({ minLength: 1 }),
    );
    const value = fc.oneof(fc.constantFrom(...texts), fc.string());
    const marks = fc.array(
      fc.constantFrom('policy', 'cidr_ipv4', 'policy_arn', 'acl', 'deletion_protection', 'role'),
    );
    fc.assert(
      fc.property(fc.dictionary(word, value), value, marks, fc.boolean(), (tags, output, marked, isAll) => {
        const mask = isAll ? true : Object.fromEntries(marked.map((name) => [name, true]));
        const hidden = dangers.map(([type, before, after]) => made(type, before, after, { tags }, mask));
        const outputs = { o: { actions: ['create'], before: null, after: output, after_sensitive: true } };

        expect(judged(hidden, { output_changes: outputs })).toEqual(expect.arrayContaining(expected));
      }),
      { numRuns: 30 },
    );
  });

  function made(type: string, before: object | null, after: object | null, more: object, mask: unknown) {
    const actions = !before ? ['create'] : !after ? ['delete'] : ['update'];
    return planned(type, {
      actions,
      before: before && { ...before, ...more },
      after: after && { ...after, ...more },
      before_sensitive: mask,
      after_sensitive: mask,
    });
  }
});
