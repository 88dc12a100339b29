import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { jsonSchemasOf } from '../support/json-schema-of';

const PRINTED = [
  { command: 'preview', file: 'tools/preview/preview.ts', type: 'Preview' },
  { command: 'plan-report', file: 'tools/plan-report/report.ts', type: 'Report' },
].map((each) => ({ ...each, title: `npm run ${each.command} -- --format json` }));

it('schemas of what commands print are made of its types (UPDATE_EXAMPLES=1 writes them)', () => {
  const paths = PRINTED.map(({ command }) => join(__dirname, '..', '..', 'docs', `${command}.schema.json`));
  const schemas = jsonSchemasOf(PRINTED);
  if (process.env.UPDATE_EXAMPLES === '1') {
    paths.forEach((path, index) => {
      writeFileSync(path, `${JSON.stringify(schemas[index], undefined, 2)}\n`);
    });
  }
  expect(paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as unknown)).toEqual(schemas);
});
