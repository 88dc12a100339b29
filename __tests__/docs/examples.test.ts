import { expect, it } from '@jest/globals';
import { compilerMessages, examplesOf } from '../support/page-examples';

it('examples of all pages compile', () => {
  const pages = ['ingress.md', 'recipes.md'].map(examplesOf);
  expect(Math.min(...pages.map(({ length }) => length))).toBeGreaterThan(7);
  // In one program, since reading the types of the providers is what takes its time.
  expect(compilerMessages(pages.flat())).toEqual([]);
});
