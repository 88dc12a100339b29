import { describe, expect, it } from '@jest/globals';
import { parseEnvironment } from '../../config';
import { TODAY } from '../support/environments';
import { examplesOf, runExample } from '../support/page-examples';
import { stacksOf } from '../support/stacks';

describe('docs/recipes.md', () => {
  const examples = examplesOf('recipes.md');

  it.each(examples.map((code) => [/name: '(\w+)'/.exec(code)?.[1], code]))(
    'has an environment without a problem or a warning: %s',
    (_, code = '') => {
      const { environment: parsed, warnings } = parseEnvironment(runExample(code).environment, TODAY);
      expect(warnings).toEqual([]);
      expect(stacksOf(parsed).length).toBeGreaterThan(0);
    },
  );
});
