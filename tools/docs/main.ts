import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../kit/project';
import { annotationTable, withTable } from './annotations';
import { fieldTable } from './fields';

const write = (page: string, mark: string, table: string) => {
  const file = join(PROJECT, 'docs', page);
  writeFileSync(file, withTable(readFileSync(file, 'utf8'), mark, table));
};

write('ingress.md', 'annotations', annotationTable());
write('fields.md', 'fields', fieldTable());
