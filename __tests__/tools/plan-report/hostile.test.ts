import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_CHARACTERS } from '../../../tools/plan-report/document/budget';
import { code, fenced, htmlCode, visibleLetters } from '../../../tools/plan-report/document/markdown';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { outside } from './outside';
import { planned, read, report } from './support';

/** In each hostile value, so that it is found wherever it gets to. */
const MARK = 'zZyX';
const PIECES = [
  '`',
  '```',
  '````',
  '~~~',
  '|',
  '\\|',
  '\\',
  '\n',
  '\r\n',
  '\n\n',
  '</details>',
  '<details>',
  '</code>',
  '<script>',
  '<!--',
  '-->',
  '@everyone',
  '#1',
  'https://evil.example',
  '[a](http://b)',
  '![x](y)',
  '**',
  '__',
  '$x$',
  '&lt;',
  '&#96;',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u0000',
  '\u001b[31m',
  '\ud800',
  '- ',
  '# ',
  '> ',
  '===',
  '| a | b |',
  ' ',
  '${x}',
  '{{',
  '"',
  "'",
  ';',
  '\u{e0041}',
  '%{ if }',
  '"]',
  '\t',
  '\u2028',
  '\u0085',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 5 })), {
    maxLength: 12,
  })
  .map((pieces) => `${pieces.slice(0, 6).join('')}${MARK}${pieces.slice(6).join('')}`);

const words = (markdownText: string) => outside(markdownText);

describe('values of a plan', () => {
  it('stay in the code in which they are written', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        for (const written of [code(value), htmlCode(value)]) {
          expect(written).not.toMatch(/[\n\r|]/);
          expect(outside(`a ${written} b`)).toBe('a  b');
        }
      }),
    );
  });

  it('stay in the fence in which they are written, one line each', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1 }), (values) => {
        const written = fenced('diff', values);

        expect(written.split('\n')).toHaveLength(values.length + 2);
        expect(outside(`a\n${written}\nb`)).toBe('a\nb');
      }),
    );
  });

  it('show every letter', () => {
    expect(visibleLetters('\u3164\u2800\ufe0f\u034f\u00a0')).toBe(
      '\\u{3164}\\u{2800}\\u{fe0f}\\u{34f}\\u{a0}',
    );
    expect(visibleLetters('a\u202eb\u0000\u001b\u200b\u{e0041}\ud800\n\u2028é日')).toBe(
      'a\\u{202e}b\\u{0}\\u{1b}\\u{200b}\\u{e0041}\\u{d800}\\n\\u{2028}é日',
    );
  });

  it.each([
    ['plain text', '`plain text`'],
    ['arn:aws:iam::1:role/x', '`arn:aws:iam::1:role/x`'],
    ['@a/b', '`@a/b`'],
    ['', '<code></code>'],
    ['a|b', '<code>a&#124;b</code>'],
    ['`', '<code>&#96;</code>'],
    ['a\nb', '<code>a&#92;nb</code>'],
    ['a & <b>', '<code>a &#38; &#60;b&#62;</code>'],
    [' a', '<code> a</code>'],
  ])('are written as they are where they can be: %j', (value, written) => {
    expect(code(value)).toBe(written);
  });

  it('break out of no report', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 12, maxLength: 12 }), fc.boolean(), (values, replaced) => {
        const text = markdown(report([reportOf(values, replaced)]));
        const rest = words(text);

        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(rest).not.toContain(MARK);
        expect(rest).not.toContain('UNCLOSED');
        expect(rest.match(/<details>/g)?.length).toBe(rest.match(/<\/details>/g)?.length);
        expect(rest).not.toMatch(
          /[@\u0000-\u0009\u200b-\u200f\u202a-\u202e\u2066-\u2069]|https?:|<!--|<script/,
        );
        for (const [table] of rest.matchAll(/(?:^\|.*\n)+/gm)) {
          const columns = table
            .trimEnd()
            .split('\n')
            .map((line) => line.split('|').length);
          expect(new Set(columns).size).toBe(1);
        }
        expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
      }),
      { numRuns: 60 },
    );
  });

  it('that are long and many leave the report below its limit', () => {
    const values = Array.from(
      { length: 12 },
      (_, index) => `${'`'.repeat(2000 * index)}${'|'.repeat(9000)}${MARK}`,
    );
    const text = markdown(report([reportOf(values, true)]));

    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(words(text)).not.toContain(MARK);
  });
});

/** A plan with the values wherever a plan has a person's own. */
function reportOf(values: readonly string[], replaced: boolean) {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '', i = '', j = '', k = '', l = ''] =
    values;
  const policy = (value: string) =>
    JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Action: [`s3:*${value}`, '*'],
          Resource: [value, '*'],
          Principal: { AWS: [value, '*'] },
          Condition: { [value]: { [c]: [d] } },
        },
      ],
    });
  return read(
    [
      planned(
        'aws_vpc',
        {
          actions: replaced ? ['delete', 'create'] : ['update'],
          before: { cidr_block: a, [b]: [c, { [d]: e }], tags: { text: `${a}\n${f}\n${g}` } },
          after: { cidr_block: f, [b]: [g, { [d]: h }], tags: { text: `${a}\n${h}\n${g}` } },
          replace_paths: [['cidr_block'], [b, 0]],
        },
        { address: `aws_vpc.x["${i}"]`, previous_address: j, action_reason: k },
      ),
      planned('aws_iam_role', {
        actions: ['update'],
        before: { name: a, assume_role_policy: policy(b) },
        after: { name: a, assume_role_policy: policy(c) },
      }),
      planned('aws_eks_access_entry', {
        actions: ['create'],
        after: { principal_arn: l, kubernetes_groups: [a, b] },
      }),
      planned('helm_release', {
        before: { name: a, version: b, values: [`a: ${a}`] },
        after: { name: a, version: c, values: [`a: ${b}`] },
      }),
      planned('aws_eks_node_group', {
        actions: ['create'],
        after: { instance_types: [d], scaling_config: [{ desired_size: 2 }] },
      }),
      planned('aws_security_group', {
        before: { ingress: [] },
        after: { ingress: [{ cidr_blocks: ['0.0.0.0/0'], protocol: e, from_port: 1, to_port: 2 }] },
      }),
      planned('kubernetes_ingress_v1', {
        actions: ['create'],
        after: {
          metadata: [
            {
              name: 'shop',
              namespace: 'shop',
              annotations: {
                'alb.ingress.kubernetes.io/scheme': 'internet-facing',
                'alb.ingress.kubernetes.io/tags': f,
                [g]: h,
              },
            },
          ],
          spec: [
            {
              ingress_class_name: 'alb',
              rule: [
                {
                  host: '',
                  http: [
                    {
                      path: [
                        {
                          path: `/${i}`,
                          path_type: 'ImplementationSpecific',
                          backend: [{ service: [{ name: j, port: [{ number: 80 }] }] }],
                        },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      }),
    ],
    {
      output_changes: { [a]: { actions: ['update'], before: b, after: c, after_unknown: false } },
      resource_drift: [planned('aws_subnet', { before: { [d]: e }, after: { [d]: f } }, { address: g })],
      configuration: {
        provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: h } } } },
      },
    },
  );
}
