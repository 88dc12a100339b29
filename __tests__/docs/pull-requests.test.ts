import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { STEPS } from '../../tools/ci/steps';
import { markdown } from '../../tools/plan-report/document/markdown-report';
import { RISK_CODES } from '../../tools/plan-report/risks/risk';
import { reportLine, reportOn } from '../tools/plan-report/support';

const DOCS = join(__dirname, '..', '..', 'docs');
const PAGE = join(DOCS, 'pull-requests.md');
const EXAMPLE = /(<!-- report: npm run plan-report -- (.*) -->\n)[\s\S]*?(<!-- \/report -->)/;

describe('docs/pull-requests.md', () => {
  it('shows what the tool prints (UPDATE_EXAMPLES=1 writes it)', () => {
    const text = readFileSync(PAGE, 'utf8');
    const command = EXAMPLE.exec(text)?.[2] ?? '';
    const request = reportLine(command.split(' '));
    const names = request.plans.map(({ stack, file }) => [
      stack,
      file.slice(stack.length + 1, -'.json'.length),
    ]);
    const report = markdown(reportOn(Object.fromEntries(names) as Parameters<typeof reportOn>[0]));
    const shown = text.replace(EXAMPLE, (_, start: string, __, end: string) => `${start}\n${report}\n${end}`);
    if (process.env.UPDATE_EXAMPLES === '1') writeFileSync(PAGE, shown);
    else expect(text).toBe(shown);
  });

  it('names the risks that can be gated on', () => {
    const text = readFileSync(PAGE, 'utf8');
    const gates = /### Gates\n([\s\S]*?)\n### /.exec(text)?.[1] ?? '';
    for (const code of RISK_CODES) expect(gates).toContain(`\`${code}\``);
  });

  it('calls commands that there are', () => {
    const called = [...readFileSync(PAGE, 'utf8').matchAll(/npm run ci -- ([\w-]+)/g)].map(
      ([, name]) => name,
    );
    expect(called.length).toBeGreaterThan(1);
    const names = STEPS.map(({ description: { name } }) => name);
    for (const name of called) expect(names).toContain(`ci ${name ?? ''}`);
  });

  it('links to what is there', () => {
    const text = readFileSync(PAGE, 'utf8');
    const links = [...text.matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)];
    expect(links.length).toBeGreaterThan(5);
    for (const [, path = '', anchor] of links) {
      const file = path === '' ? PAGE : join(dirname(PAGE), path);
      expect([path, existsSync(file)]).toEqual([path, true]);
      if (anchor === undefined) continue;
      const anchors = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(anchors).toContain(anchor);
    }
  });
});
