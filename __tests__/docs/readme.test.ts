import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const PROJECT = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');
const commands = (text: string) =>
  [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, code]) => code);

describe('README', () => {
  it('has the same commands in Japanese', () => {
    expect(commands(read('README.md')).length).toBeGreaterThan(3);
    expect(commands(read('README.ja.md'))).toEqual(commands(read('README.md')));
  });

  it('names scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('README.md').matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('pages', () => {
  const pages = [
    ...readdirSync(PROJECT).filter((name) => name.endsWith('.md')),
    ...readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ];

  it.each(pages)('%s leads to files that there are', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(
      ([, link = '']) => link,
    );
    expect(links.filter((link) => !existsSync(join(PROJECT, dirname(page), link)))).toEqual([]);
  });
});
