import { describe, expect, it } from '@jest/globals';
import { reportLine } from './support';

const parse = (line: string) => reportLine(line === '' ? [] : line.split(' '), ['dev', 'prod']);

describe('the arguments of plan-report', () => {
  it('reads what a report is asked for', () => {
    expect(
      parse(
        '--env dev --plan network=a.json --plan cluster=b=c.json --warnings cluster=c.txt --format json --out o.json --fail-on drift,version --fail-on open-to-world,',
      ),
    ).toEqual({
      environment: 'dev',
      plans: [
        { stack: 'network', file: 'a.json' },
        { stack: 'cluster', file: 'b=c.json' },
      ],
      warnings: [{ stack: 'cluster', file: 'c.txt' }],
      format: 'json',
      out: 'o.json',
      failOn: ['drift', 'version', 'open-to-world'],
    });
  });

  it('writes Markdown to standard output unless told otherwise', () => {
    expect(parse('--env dev --plan bootstrap=a')).toEqual({
      environment: 'dev',
      plans: [{ stack: 'bootstrap', file: 'a' }],
      warnings: [],
      format: 'markdown',
      failOn: [],
    });
  });

  it.each([
    ['--plan network=a', 'plan-report is of nothing: write an environment: dev, prod'],
    ['--env deev --plan network=a', 'deev is no environment: write dev'],
    ['--env dev', 'plan-report needs --plan: write --plan STACK=FILE'],
    ['--env dev --plan network=a --json --format markdown', '--json and --format markdown are two formats'],
    ['--env dev --plan network', '--plan network names no stack and file: write --plan network=plan.json'],
    ['--env dev --plan network=', 'names no stack and file'],
    [
      '--env dev --plan network=a --warnings b',
      '--warnings b names no stack and file: write --warnings network=plan.txt',
    ],
    [
      '--env dev --plan network=a --warnings network=b --warnings network=c',
      '--warnings network=c: network has warnings already, b: leave one out',
    ],
    ['--env dev --plan netwrok=a', "there is no stack 'netwrok': write network"],
    ['--env dev --plan something=a', "there is no stack 'something': write one of bootstrap, network"],
    [
      '--env dev --plan network=a --plan network=b',
      '--plan network=b: network has a plan already, a: leave one out',
    ],
    ['--env dev --plan network=a --format yaml', '--format yaml is unknown: write one of markdown, json'],
    [
      '--env dev --plan network=a --fail-on delete-protected',
      '--fail-on delete-protected is unknown: write delete:protected',
    ],
    [
      '--env dev --plan network=a --fail-on nothing-of-this',
      '--fail-on nothing-of-this is unknown: write one of delete:protected, replace:protected',
    ],
    ['--env dev --plans network=a', '--plans is no option of plan-report: write --plan'],
  ])('refuses %j', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });
});
