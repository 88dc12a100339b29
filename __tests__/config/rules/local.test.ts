import { describe, expect, it } from '@jest/globals';
import { ProblemError, parseEnvironment, type LocalEnvironmentInput, type Problem } from '../../../config';
import { apart } from '../../../config/rules/apart';
import { TODAY } from '../../support/environments';
import { one } from '../../support/problems';

const RIGHT: LocalEnvironmentInput = {
  kind: 'local',
  name: 'laptop',
  cluster: { context: 'minikube' },
  workloads: { services: [{ name: 'a', image: 'x:1', paths: [{ path: '/a' }] }] },
};

function problems(fields: object): readonly Problem[] {
  try {
    parseEnvironment({ ...RIGHT, ...fields }, TODAY);
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}
const service = (fields: object) => ({
  workloads: { services: [{ name: 'a', image: 'x:1', ...fields }] },
});
const FIRST = 'workloads.services.0';

describe('an environment of kind local', () => {
  it('is right', () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    [
      { account: '111122223333' },
      'account',
      '111122223333',
      /^remove it, or write one of kind, project, name/,
    ],
    [{ cluster: {} }, 'cluster.context', undefined, /name of a context/],
    [{ kind: 'minikube' }, 'kind', 'minikube', /^write kind: 'local', or leave it out for AWS$/],
    [service({ permissions: [] }), `${FIRST}.permissions`, [], /^remove it/],
    [service({ repository: {} }), `${FIRST}.repository`, {}, /^remove it/],
    [service({ image: undefined }), `${FIRST}.image`, undefined, /^write a string|^write an image/],
    [
      service({ paths: [{ path: '/a*', pathType: 'ImplementationSpecific' }] }),
      `${FIRST}.paths.0.pathType`,
      'ImplementationSpecific',
      /'Prefix' or 'Exact'/,
    ],
    [service({ paths: [{ path: '/a*' }] }), `${FIRST}.paths.0.path`, '/a*', /^write '\/a'/],
    [service({ paths: [{}, {}] }), `${FIRST}.paths.1.path`, '/', /another path/],
    [
      { workloads: { namespace: 'kube-system', services: [{ name: 'a', image: 'x:1' }] } },
      'workloads.namespace',
      'kube-system',
      /name of its own/,
    ],
    [{ workloads: { services: [] } }, 'workloads.services', [], /at least 1/],
  ])('refuses %j', (fields, path, value, remedy) => {
    expect(problems(fields)).toEqual(one(path, value, remedy));
  });

  it('warns of an image that may be another tomorrow', () => {
    const { warnings } = parseEnvironment({ ...RIGHT, ...service({ image: 'x:latest' }) }, TODAY);
    expect(warnings).toMatchObject([{ path: `${FIRST}.image` }]);
  });

  it('shares no namespace of a cluster with another', () => {
    const made = (name: string, context: string) =>
      parseEnvironment({ ...RIGHT, name, cluster: { context } }, TODAY).environment;
    expect(apart([made('a', 'minikube'), made('b', 'kind')])).toEqual([]);
    expect(apart([made('a', 'minikube'), made('b', 'minikube')])).toEqual(
      one('b: workloads.namespace', 'eks-ingress', /name of its own/),
    );
  });
});
