import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseEnvironment, type EnvironmentInput } from '../../config';
import { annotationTable, withTable } from '../../tools/docs/annotations';
import { TODAY } from '../support/environments';
import { reachable } from '../support/problems';
import { examplesOf, runExample } from '../support/page-examples';
import { stacksOf } from '../support/stacks';

const PAGE = join(__dirname, '..', '..', 'docs', 'ingress.md');
const text = readFileSync(PAGE, 'utf8');

const examples = examplesOf('ingress.md');
/** All but the app in another folder, which runs where its package is installed. */
const environments = examples.filter((code) => !code.includes('app.synth()'));

/** What an example stands in that shows the workloads of an environment only. */
const AROUND = {
  name: 'dev',
  account: '111122223333',
  region: 'eu-west-1',
  cluster: { kind: 'new', administrators: ['arn:aws:iam::111122223333:role/platform-admin'] },
};

describe('docs/ingress.md', () => {
  it.each(environments.map((code, index) => [index, code] as const))(
    'has examples without a problem or a warning: %i',
    (_, code) => {
      const { workloads, environment = workloads && { ...AROUND, workloads } } = runExample(code);
      const { environment: parsed, warnings } = parseEnvironment(
        reachable(environment as Partial<EnvironmentInput>),
        TODAY,
      );
      expect(warnings).toEqual([]);
      expect(stacksOf(parsed).length).toBeGreaterThan(0);
    },
  );

  it('has a row for each annotation of an Ingress, as `npm run docs` writes them', () => {
    const table = annotationTable();
    expect(table.split('\n').length).toBeGreaterThan(70);
    expect(text).toContain(`<!-- annotations -->\n${table}\n<!-- /annotations -->`);
    expect(withTable(text, 'annotations', table)).toBe(text);
  });

  it('without its marks is refused', () => {
    expect(() => withTable('', 'annotations', '')).toThrow('no marks');
  });
});
