import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is to be taken into a state: an address, and the id by which its provider imports. */
export interface Import {
  readonly to: string;
  readonly id: string;
}

const fileIn = (folder: string) => join(folder, 'recovered.tf.json');

/** Writes `import` blocks beside a synthesized stack, in place of those before. A synth leaves them. */
export function writeImports(folder: string, imports: readonly Import[]): void {
  if (imports.length === 0) removeImports(folder);
  else
    writeFileSync(
      fileIn(folder),
      `${JSON.stringify({ import: imports.map(({ to, id }) => ({ to, id })) }, undefined, 2)}\n`,
    );
}

/** Takes them away: the state holds what they named. */
export function removeImports(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}
