import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', 'reference');

/** A file of the reference data: facts of others, with their sources in its README. */
export const reference = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
