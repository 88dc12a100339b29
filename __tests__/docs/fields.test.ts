import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { withTable } from '../../tools/docs/annotations';
import { fieldTable } from '../../tools/docs/fields';

it('docs/fields.md has the fields of the schema, with limits, defaults, annotations and words (npm run docs writes it)', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'fields.md'), 'utf8');
  const table = fieldTable();
  expect(withTable(page, 'fields', table)).toBe(page);
  const row = (field: string) => table.split('\n').find((line) => line.startsWith(`| \`${field}\` |`));
  expect(row('cluster.compute.nodeGroups[].maxSize')).toContain('| integer | ≥ 1, ≤ 450 | 3 |');
  expect(row('production')).toContain('held to stricter rules');
  expect(row('workloads.ingress.scheme')).toContain('`alb.ingress.kubernetes.io/scheme`');
});
