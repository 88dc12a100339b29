import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadEnvironments } from '../../config';
import { TODAY } from '../support/environments';
import { reference } from '../support/reference';
import { synthesizedStacks } from '../support/stacks';
import { type Synthesized } from '../support/synthesized';

const ROOT = join(__dirname, '..', '..');
const PAGE = join(ROOT, 'docs', 'security.md');

/** What is so of all resources of a type, in each of the places where a path leads. */
interface Hold {
  readonly type: string;
  /** Of attributes, without indices. */
  readonly path: string;
  readonly is?: unknown;
  readonly includes?: readonly unknown[];
  readonly matches?: string;
  /** Of one resource at least. */
  readonly some?: string;
  readonly isnt?: string;
  readonly atLeast?: number;
  readonly present?: true;
  readonly absent?: true;
  /** There is no resource of the type. */
  readonly none?: true;
}
interface Rule {
  readonly about: string;
  readonly rule: string;
  readonly ids: readonly string[];
  readonly met: boolean;
  /** What is so in environment prod. */
  readonly holds?: readonly Hold[];
  /** The test that holds it. */
  readonly by?: string;
  readonly reason?: string;
}
interface Finding {
  readonly id: string;
  readonly name: string;
  readonly environments: readonly string[];
  /** Beginning of the address. */
  readonly resource: string;
  readonly reason: string;
}

const { rules, checkov } = JSON.parse(readFileSync(join(ROOT, 'docs', 'security.json'), 'utf8')) as {
  rules: readonly Rule[];
  checkov: { version: string; findings: readonly Finding[] };
};

/** Values at a path, through lists. */
function at(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((each) => at(each, step === undefined ? [] : [step, ...rest]));
  if (step === undefined || step === '') return value === undefined ? [] : [value];
  return typeof value === 'object' && value !== null ? at(Reflect.get(value, step), rest) : [];
}

const text = (value: unknown) =>
  typeof value === 'string' ? value : JSON.stringify(value).replaceAll('\\"', '"');

/** Why something doesn't hold; nothing if it does. */
function broken(hold: Hold, resources: readonly unknown[]): string[] {
  if (hold.none) return resources.length > 0 ? [`there are ${resources.length}`] : [];
  if (resources.length === 0) return ['there is none'];
  const all = resources.flatMap((each) => at(each, hold.path.split('.')));
  if (hold.some !== undefined)
    return all.map(text).some((each) => each.includes(hold.some ?? '')) ? [] : ['none has it'];
  return resources.flatMap((resource) => {
    const values = at(resource, hold.path.split('.'));
    const wrong = [
      hold.absent && values.length > 0,
      !hold.absent && hold.isnt === undefined && values.length === 0,
      'is' in hold && !values.every((value) => value === hold.is),
      hold.includes && !hold.includes.every((value) => values.includes(value)),
      hold.matches !== undefined &&
        !values.map(text).every((value) => new RegExp(hold.matches ?? '').test(value)),
      hold.isnt !== undefined &&
        values.map(text).some((value) => new RegExp(hold.isnt ?? '', 'i').test(value)),
      hold.atLeast !== undefined && !values.every((value) => Number(value) >= (hold.atLeast ?? 0)),
    ];
    return wrong.some(Boolean) ? [`${JSON.stringify(values)} is not ${JSON.stringify(hold)}`] : [];
  });
}

function page(): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ').replaceAll('*', '\\*')} |`;
  const ids = rules.flatMap((rule) => rule.ids);
  const met = rules.filter((rule) => rule.met).flatMap((rule) => rule.ids);
  return [
    '# Security: what is asked, and what prod does',
    `${ids.length} rules of Checkov, Trivy, Security Hub, the CIS benchmark for EKS, the EKS Best Practices Guide and hardeneks, by what they ask for: ${met.length} are met by environment \`prod\` as it is shipped, ${ids.length - met.length} are not, each with its reason. The page is made of [security.json](security.json), and a test holds it: what is said to be met is looked up in the synthesized stacks, or names the test that holds it.`,
    'What an environment of your own does otherwise is said in its `accepted` field, with the rule, the address, a day and why ([pull-requests.md](pull-requests.md#gates)).',
    '## Not met',
    [
      row(['asks for', 'rules', 'why not']),
      '|---|---|---|',
      ...rules
        .filter((rule) => !rule.met)
        .map(({ about, rule, ids: named, reason = '' }) =>
          row([`${about}: ${rule}`, named.join(', '), reason]),
        ),
    ].join('\n'),
    '## Met',
    [
      row(['asks for', 'rules', 'note']),
      '|---|---|---|',
      ...rules
        .filter((rule) => rule.met)
        .map(({ about, rule, ids: named, reason = '' }) =>
          row([`${about}: ${rule}`, named.join(', '), reason]),
        ),
    ].join('\n'),
    '## What Checkov finds',
    `Checkov ${checkov.version} on the Terraform JSON of \`dev\` and \`prod\` (\`npm run synth\`, then \`checkov -d cdktf.out/prod/stacks --framework terraform_json\`): each finding that is left, and why.`,
    [
      row(['check', 'where', 'why']),
      '|---|---|---|',
      ...checkov.findings.map(({ id, name, environments, resource, reason }) =>
        row([`${id}: ${name}`, `${environments.join(', ')}: \`${resource}\``, reason]),
      ),
    ].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

describe('docs/security.md', () => {
  const stacks = new Map<string, Synthesized[]>();
  beforeAll(async () => {
    for (const { environment } of await loadEnvironments(undefined, TODAY))
      if (environment.kind === 'aws')
        stacks.set(environment.name, Object.values(synthesizedStacks(environment)));
  });
  const resources = (environment: string, type: string) =>
    (stacks.get(environment) ?? []).flatMap((stack) => Object.entries(stack.resources(type)));

  it('is made of its data (UPDATE_EXAMPLES=1 writes it)', () => {
    if (process.env.UPDATE_EXAMPLES === '1') writeFileSync(PAGE, page());
    else expect(readFileSync(PAGE, 'utf8')).toBe(page());
  });

  it('has each rule of the reference once', () => {
    const known = reference('security-rules.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]);
    expect(rules.flatMap(({ ids }) => ids).sort()).toEqual(known.sort());
  });

  it.each(
    rules
      .filter(({ holds, by }) => holds ?? by)
      .map((rule) => [`${rule.about}: ${rule.rule}`, rule] as const),
  )('says of prod what is so: %s', (_, { holds = [], by }) => {
    const wrong = holds.flatMap((hold) =>
      broken(
        hold,
        resources('prod', hold.type).map(([, resource]) => resource),
      ),
    );
    expect(wrong).toEqual([]);
    if (by !== undefined) expect(existsSync(join(ROOT, by))).toBe(true);
  });

  it('has a reason for each rule that is not met, and something that holds each that is', () => {
    for (const { met, reason, holds, by } of rules) expect(met ? (holds ?? by) : reason).toBeTruthy();
  });

  it('names resources that there are, of what Checkov finds', () => {
    for (const { resource, environments } of checkov.findings)
      for (const environment of environments) {
        if (resource.startsWith('data.')) continue;
        const [type = '', name = ''] = resource.split('.');
        expect([resource, resources(environment, type).some(([id]) => id.startsWith(name))]).toEqual([
          resource,
          true,
        ]);
      }
  });
});
