import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isRefused } from '../../../tools/preview/preview';
import { previewTable } from '../../../tools/preview/table';
import { previewOf } from './support';

const FOLDER = join(__dirname, 'manifests');

/** Each file says in its first lines what is right. */
describe('a manifest as people write it', () => {
  it.each(readdirSync(FOLDER))('%s', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const preview = previewOf(text);
    const words = previewTable(preview, 10_000);
    const says = [...text.matchAll(/^# says (.*)$/gm)].map(([, sentence]) => sentence);
    expect(says.length).toBeGreaterThan(0);
    for (const sentence of says) expect(words).toContain(sentence);
    expect(Number(isRefused(preview))).toBe(Number(/^# exit code (\d)$/m.exec(text)?.[1]));
  });
});
