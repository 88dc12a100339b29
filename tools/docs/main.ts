import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../kit/project';
import { annotationTable, withTable } from './annotations';

const PAGE = join(PROJECT, 'docs', 'ingress.md');

writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), 'annotations', annotationTable()));
