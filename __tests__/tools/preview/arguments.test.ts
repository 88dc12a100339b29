import { describe, expect, it } from '@jest/globals';
import { readCommandLine } from '../../../tools/kit/command-line';
import { PREVIEW, previewRequest } from '../../../tools/preview/arguments';

function parse(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const line = readCommandLine(PREVIEW, args, { env, environments: ['dev', 'prod'] });
  return line === 'help' ? line : previewRequest(line);
}

describe('the arguments of preview', () => {
  it.each([
    [['dev'], { environment: 'dev', files: [], format: 'table' }],
    [['--env=dev', '--format', 'json'], { environment: 'dev', files: [], format: 'json' }],
    [['dev', '--json'], { environment: 'dev', files: [], format: 'json' }],
    [['-f', 'a.yaml'], { files: ['a.yaml'], format: 'table' }],
    [['-f', 'a.yaml', '-f', 'b.yaml'], { files: ['a.yaml', 'b.yaml'], format: 'table' }],
    [['-f', 'a.yaml', 'b.yaml', '--format=mermaid'], { files: ['a.yaml', 'b.yaml'], format: 'mermaid' }],
    [['--file=a.yaml', '-f', '-'], { files: ['a.yaml', '-'], format: 'table' }],
    [
      ['-f', 'a.yaml', '--controller-values', 'values.yaml'],
      { files: ['a.yaml'], format: 'table', controllerValues: 'values.yaml' },
    ],
    [['dev', '--verify'], { environment: 'dev', files: [], format: 'table', verify: true }],
    [['-f', 'a.yaml', '-h'], 'help'],
  ])('are an environment or files: %j', (args, request) => {
    expect(parse(args)).toEqual(request);
  });

  it('are of ENVIRONMENT only where nothing else is named', () => {
    expect(parse([], { ENVIRONMENT: 'prod' })).toMatchObject({ environment: 'prod' });
    expect(parse(['-f', 'a.yaml'], { ENVIRONMENT: 'prod' })).toEqual({ files: ['a.yaml'], format: 'table' });
  });

  it.each([
    [[], 'nothing to preview: write an environment, such as dev, or --file'],
    [['dev-network'], 'dev-network is a stack, and preview is of an environment: write dev'],
    [['--env', 'dev', '-f', 'a.yaml'], 'environment dev and --file a.yaml are two previews'],
    [['-f', 'a', '--json', '--format=mermaid'], '--json and --format mermaid are two formats'],
    [['-f', '-', '-'], 'standard input is read once'],
    [['-f', 'a.yaml', '--verify'], '--verify asks AWS for the load balancers of a cluster'],
    [['dev', '--verify', '--release', '2.17.1..3.5.0'], '--release and --verify are two questions'],
    [['--env', 'dev', '--controller-values', 'v'], 'environment dev says itself how its controller runs'],
  ])('refuse %j', (args, message) => {
    expect(() => parse(args)).toThrow(message);
  });
});
