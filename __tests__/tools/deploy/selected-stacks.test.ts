import { describe, expect, it } from '@jest/globals';
import { selectedStacks } from '../../../tools/deploy/selected-stacks';
import { inDependencyOrder } from '../../../tools/kit/project';

describe('the order of stacks', () => {
  const stack = (name: string, ...dependencies: string[]) => ({ name, folder: name, dependencies });
  const stacks = inDependencyOrder([stack('c', 'a', 'b'), stack('b', 'a'), stack('a')]);
  const names = (command: 'deploy' | 'destroy') =>
    selectedStacks(command, undefined, stacks).map(({ name }) => name);

  it('is that of their dependencies, and the reverse to destroy', () => {
    expect(names('deploy')).toEqual(['a', 'b', 'c']);
    expect(names('destroy')).toEqual(['c', 'b', 'a']);
  });

  it('has bootstrap only where it is asked for', () => {
    const all = [...stacks, stack('dev-bootstrap')];
    for (const command of ['deploy', 'diff', 'destroy'] as const) {
      expect(selectedStacks(command, undefined, all).map(({ name }) => name)).not.toContain('dev-bootstrap');
      expect(selectedStacks(command, 'dev-bootstrap', all)).toEqual([stack('dev-bootstrap')]);
    }
  });

  it('has one stack alone', () => {
    expect(selectedStacks('diff', 'b', stacks).map(({ name }) => name)).toEqual(['b']);
    expect(() => selectedStacks('diff', 'x', stacks)).toThrow('there is no stack x: write one of a, b, c');
  });
});
