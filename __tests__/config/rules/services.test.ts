import { describe, expect, it } from '@jest/globals';
import { one, problems, warnings } from '../../support/problems';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const PATH = 'workloads.services.0';
const services = (...list: object[]) => ({
  workloads: { services: list.map((fields, index) => ({ name: `service${index}`, ...fields })) },
});

describe('image', () => {
  it('is given, or in the repository of the service', () => {
    expect(problems(services({ image: 'nginx:1' }, { repository: {}, digest: DIGEST }))).toEqual([]);
    expect(problems(services({ image: 'nginx:1', repository: {} }))).toEqual([]);
  });

  it('is not missing, ambiguous or without repository', () => {
    expect(problems(services({}))).toEqual(
      one(`${PATH}.image`, undefined, /repository: \{\} and the digest/),
    );
    expect(problems(services({ repository: {} }))).toHaveLength(1);
    expect(problems(services({ image: 'nginx:1', digest: DIGEST }))).toEqual(
      one(`${PATH}.digest`, DIGEST, /digest alone/),
    );
    expect(problems(services({ digest: DIGEST }))).toEqual(
      one(`${PATH}.repository`, false, /repository: \{\}/),
    );
  });
});

describe('routes', () => {
  const route = (path: string, more = {}) => ({ image: 'x:1', paths: [{ path, ...more }] });

  it('differ by path, type or host', () => {
    const hosts = ['a.example.com', 'b.example.com'].map((host) => ({ ...route('/'), host }));
    expect(
      problems(services(route('/a'), route('/b'), route('/a', { pathType: 'Exact' }), ...hosts)),
    ).toEqual([]);
  });

  it('are not the same twice', () => {
    expect(problems(services(route('/a'), route('/a/')))).toEqual(
      one('workloads.services.1.paths.0.path', '/a/', /another path or host/),
    );
    expect(problems(services({ image: 'x:1', paths: [{}, {}] }))).toHaveLength(1);
  });

  it('may be the same with other conditions, or on another load balancer', () => {
    const beta = { conditions: [{ field: 'http-header', httpHeaderName: 'X-Beta', values: ['1'] }] };
    expect(problems(services(route('/a', beta), route('/a')))).toEqual([]);
    expect(problems(services(route('/a'), route('/a', beta)))).toMatchObject([
      {
        path: 'workloads.services.1.paths.0.path',
        reason: 'workloads.services.0.paths.0 takes all its requests before it',
      },
    ]);
    const internal = { ...route('/a'), ingress: { scheme: 'internal' } };
    expect(problems(services(route('/a'), internal, internal))).toEqual([]);
  });
});

it('refuses namespaces of the cluster', () => {
  expect(problems({ workloads: { namespace: 'shop' } })).toEqual([]);
  for (const namespace of ['default', 'kube-system', 'kube-flannel', 'game-2048']) {
    expect(problems({ workloads: { namespace } })).toEqual(
      one('workloads.namespace', namespace, /of its own/),
    );
  }
});

it('warns of ports that may need root', () => {
  const users = (port: number) => ({ workloads: { services: [{ name: 'users', image: 'x:1', port }] } });
  expect(warnings(users(80))).toMatchObject([{ path: `${PATH}.port`, value: 80 }]);
  expect(warnings(users(1024))).toEqual([]);
});
