import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where environments are, a file each. */
export const ENVIRONMENTS = join(__dirname, '..', 'environments');

/** The environments that a folder has, by the names of their files: none of them is loaded. */
export function environmentNames(folder = ENVIRONMENTS): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}
