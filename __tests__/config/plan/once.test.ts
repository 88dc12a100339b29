import { expect, it, jest } from '@jest/globals';
import type * as config from '../../../config';
import { environment as prod } from '../../../environments/prod';
import type * as schema from '../../../load-balancers/schema';
import { TODAY } from '../../support/environments';
import type * as support from '../../support/stacks';

/** How often each function was called, of the modules that are watched. */
const calls: Record<string, number> = {};

function watch(path: string): void {
  const actual = jest.requireActual<Record<string, unknown>>(path);
  const counted = Object.entries(actual).map(([name, value]) => [
    name,
    typeof value === 'function'
      ? (...args: unknown[]): unknown => {
          calls[name] = (calls[name] ?? 0) + 1;
          return (value as (...args: unknown[]) => unknown)(...args);
        }
      : value,
  ]);
  jest.doMock(path, () => Object.fromEntries(counted) as object);
}

it('parses, renders and models each Ingress once on the way from an environment to Terraform', () => {
  watch('../../../load-balancers/language/ingress/render');
  watch('../../../load-balancers/model/build');
  // What they needed in order to be wrapped is loaded anew, round the wrappers.
  jest.resetModules();
  /* oxlint-disable typescript/no-require-imports */
  const { albIngressSettings } = require('../../../load-balancers/schema') as typeof schema;
  const { parseEnvironment } = require('../../../config') as typeof config;
  const { synthesizedStacks } = require('../../support/stacks') as typeof support;
  /* oxlint-enable typescript/no-require-imports */
  const parse = jest.spyOn(albIngressSettings, 'safeParse');
  const { environment } = parseEnvironment(prod, TODAY);
  synthesizedStacks(environment);
  expect(parse).toHaveBeenCalledTimes(1);
  // prod has one Ingress, and two services behind it.
  expect(calls).toEqual({ renderIngress: 1, buildModel: 1, serviceAnnotations: 2 });
});
