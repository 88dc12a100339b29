import { describe, expect, it } from '@jest/globals';
import { parseRequest } from '../../../tools/preview/arguments';

describe('the arguments of preview', () => {
  it.each([
    [['--env', 'dev'], { environment: 'dev', files: [], format: 'table' }],
    [['--env=dev', '--format', 'json'], { environment: 'dev', files: [], format: 'json' }],
    [['-f', 'a.yaml'], { files: ['a.yaml'], format: 'table' }],
    [['-f', 'a.yaml', '-f', 'b.yaml'], { files: ['a.yaml', 'b.yaml'], format: 'table' }],
    [['-f', 'a.yaml', 'b.yaml', '--format=mermaid'], { files: ['a.yaml', 'b.yaml'], format: 'mermaid' }],
    [['--file=a.yaml', '-f', '-'], { files: ['a.yaml', '-'], format: 'table' }],
    [
      ['-f', 'a.yaml', '--controller-values', 'values.yaml'],
      { files: ['a.yaml'], format: 'table', controllerValues: 'values.yaml' },
    ],
    [['-f', 'a.yaml', '-h'], 'help'],
    [['--schema'], 'schema'],
  ])('are an environment or files: %j', (args, request) => {
    expect(parseRequest(args)).toEqual(request);
  });

  it.each([
    [[], 'nothing to preview: write npm run preview -- --env'],
    [['dev'], "'dev' stands by itself: write --env dev or -f dev"],
    [['--env', 'dev', '-f', 'a.yaml'], '--env dev and -f a.yaml are two previews: write one of them'],
    [['--enw', 'dev'], '--enw is no flag of this command: write --env'],
    [['--xyzzy', 'dev'], '--xyzzy is no flag of this command: write npm run preview'],
    [['-x'], '-x is no flag of this command'],
    [['--no-env'], '--no-env is no flag of this command'],
    [['-f'], '-f has no value'],
    [['-f', '--format', 'json'], '-f has no value'],
    [['--env='], '--env has no value'],
    [['-f', 'a', '--help=yes'], '--help=yes: --help takes no value: leave it out'],
    [['-f', 'a', '--format', 'jsn'], "--format 'jsn' is none that there is: write json"],
    [['-f', 'a', '--format', 'xml'], "--format 'xml' is none that there is: write table, json, mermaid"],
    [['-f', '-', '-'], 'standard input is read once'],
    [['--env', 'dev', '--controller-values', 'v'], 'environment dev says itself how its controller runs'],
  ])('refuse %j', (args, message) => {
    expect(() => parseRequest(args)).toThrow(message);
  });
});
