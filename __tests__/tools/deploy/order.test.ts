import { describe, expect, it } from '@jest/globals';
import { checkOrder } from '../../../tools/deploy/order';

describe('the order of stacks on a backend that is no file of ours', () => {
  const stack = (name: string, ...dependencies: string[]) => ({ name, folder: name, dependencies });
  const cluster = stack('dev-cluster');
  const addons = stack('dev-addons', 'dev-cluster');
  const workloads = stack('dev-workloads', 'dev-addons', 'dev-cluster');
  const check = (of: typeof addons, applied: readonly string[], done: readonly string[] = []) =>
    checkOrder('destroy', of, {
      stacks: [cluster, addons, workloads],
      done,
      terraformOf: ({ name }) => ({ isEmpty: () => Promise.resolve(!applied.includes(name)) }),
    });

  it('keeps what others are built on', async () => {
    const all = ['dev-cluster', 'dev-addons', 'dev-workloads'];
    await expect(check(addons, all)).rejects.toThrow(
      'dev-addons: dev-workloads is built on it: npm run destroy -- dev-workloads',
    );
    await expect(check(cluster, ['dev-cluster', 'dev-addons'])).rejects.toThrow('dev-addons is built on it');
    expect(await check(workloads, all)).toBe(true);
    expect(await check(addons, ['dev-addons'])).toBe(true);
    expect(await check(addons, ['dev-addons', 'dev-workloads'], ['dev-workloads'])).toBe(true);
  });

  it('knows what is gone already', async () => {
    expect(await check(addons, ['dev-workloads'])).toBe(false);
  });
});
