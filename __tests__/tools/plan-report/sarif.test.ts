import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import { sarif } from '../../../tools/plan-report/document/sarif';
import { type Report } from '../../../tools/plan-report/report';
import { RISK_CODES, type RiskCode } from '../../../tools/plan-report/risks/risk';
import { change, changes, report, reportLine, reportOn } from './support';

const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } };
const list = (properties: object) => ({
  type: 'array',
  items: { type: 'object', required: Object.keys(properties), properties },
});
/** What code hosts need of the schema of SARIF 2.1.0. */
const ESSENTIALS = {
  type: 'object',
  required: ['version', 'runs'],
  properties: {
    version: { const: '2.1.0' },
    runs: list({
      tool: {
        type: 'object',
        required: ['driver'],
        properties: {
          driver: {
            type: 'object',
            required: ['name'],
            properties: {
              name: { type: 'string' },
              rules: list({ id: { type: 'string' }, shortDescription: text }),
            },
          },
        },
      },
      invocations: list({
        executionSuccessful: { type: 'boolean' },
        toolExecutionNotifications: list({ message: text }),
      }),
      results: list({
        ruleId: { enum: [...RISK_CODES] },
        level: { enum: ['none', 'note', 'warning', 'error'] },
        message: text,
        locations: list({
          physicalLocation: {
            type: 'object',
            properties: {
              artifactLocation: { type: 'object', properties: { uri: { pattern: '^environments/' } } },
            },
          },
        }),
        partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
      }),
    }),
  },
};

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly { readonly justification: string }[];
    }[];
  }[];
}

function runOf(of: Report, ...failOn: RiskCode[]) {
  const printed = JSON.parse(JSON.stringify(sarif(of, failOn))) as Sarif;
  const [run] = printed.runs;
  if (!run) throw new Error('there is no run');
  return { printed, ...run };
}

const networks = (network: string) => ({
  vpc_config: [{ endpoint_public_access: true, public_access_cidrs: [network] }],
});
const opened = changes('cluster', [
  change({ type: 'aws_eks_cluster', before: networks('10.0.0.0/8'), after: networks('0.0.0.0/0') }),
]);

describe('plan-report --format sarif', () => {
  it('is a format of the command', () => {
    expect(reportLine(['--env=dev', '--plan=network=a', '--format=sarif'], ['dev']).format).toBe('sarif');
  });

  it.each([{ network: 'create' }, { network: 'drift', cluster: 'in-place' }, { network: 'destroy' }])(
    'fits the schema and tells every risk, each with its rule: %j',
    (names) => {
      const made = reportOn(names);
      const { printed, results, tool } = runOf(made);
      const validate = new Ajv({ strict: false }).compile(ESSENTIALS);
      void validate(printed);

      expect(validate.errors ?? []).toEqual([]);
      expect(results).toHaveLength(made.risks.length);
      for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(
        new Set(results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash)).size,
      ).toBe(results.length);
    },
  );

  it('makes errors of what stops a gate, and suppresses what is accepted', () => {
    const address = 'aws_eks_cluster.y';
    const why = 'Runners have no fixed addresses';
    const now = [{ rule: 'open-to-world' as const, address, until: '2027-01-01', why }];
    const made = (of: Report, ...failOn: RiskCode[]) =>
      runOf(of, ...failOn).results.filter(({ ruleId }) => ruleId === 'open-to-world');
    const levels = (...failOn: RiskCode[]) => made(report([opened]), ...failOn).map(({ level }) => level);
    const [held] = made(report([opened], { accepted: { now } }), 'open-to-world');

    expect(levels('drift')).toEqual(['warning']);
    expect(levels('open-to-world')).toEqual(['error']);
    expect(held).toMatchObject({ level: 'warning', suppressions: [{ justification: why }] });
  });

  it('says what was not judged, and makes no link of what is in a plan', () => {
    const cut = changes('network', [], { incomplete: true, errored: true });
    const { invocations } = runOf(report([{ ...cut, failedChecks: ['[here](https://example.com)'] }]));
    const told = invocations.flatMap(({ toolExecutionNotifications: each }) =>
      each.map(({ message }) => message.text),
    );

    expect(invocations[0]?.executionSuccessful).toBe(false);
    expect(told[0]).toContain('Terraform stopped with an error');
    expect(told.join()).not.toContain('](');
  });
});
