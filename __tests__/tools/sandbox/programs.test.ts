import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cachedPrograms } from '../../../tools/sandbox/images';
import { cacheFolder, findPrograms, hasRelease, PROGRAMS } from '../../../tools/sandbox/programs';

let folder: string;
const put = (where: string, ...names: readonly string[]) => {
  mkdirSync(join(folder, where), { recursive: true });
  for (const name of names) {
    writeFileSync(join(folder, where, name), '');
    chmodSync(join(folder, where, name), 0o755);
  }
  return join(folder, where);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('programs of a control plane', () => {
  it('are those of the named folder, then of the test assets, then of the cache, then of the path', () => {
    const named = put('named', 'etcd');
    const assets = put('assets', 'etcd', 'kube-apiserver');
    const cached = { 'kube-apiserver': '/cache/kube-apiserver-1.35.4', kwok: '/cache/kwok-0.8.0' };
    const path = put('path', 'kwok', 'kube-scheduler');
    const env = { SANDBOX_KUBERNETES: named, KUBEBUILDER_ASSETS: assets, PATH: `/nowhere:${path}` };
    expect(findPrograms(env, cached)).toEqual({
      paths: {
        etcd: join(named, 'etcd'),
        'kube-apiserver': join(assets, 'kube-apiserver'),
        kwok: '/cache/kwok-0.8.0',
        'kube-scheduler': join(path, 'kube-scheduler'),
      },
      missing: ['kube-controller-manager', 'aws-load-balancer-controller'],
      folders: expect.arrayContaining([named, assets, '/cache', path]),
    });
  });

  it('have further releases beside the one', () => {
    const all = put(
      'all',
      ...PROGRAMS,
      'aws-load-balancer-controller-2.17.1',
      'kube-apiserver-1.36.3',
      'kwok.md',
    );
    mkdirSync(join(all, 'kube-scheduler-1.36.3'));
    const found = findPrograms({ SANDBOX_KUBERNETES: all });
    expect(found.missing).toEqual([]);
    expect(found.paths['aws-load-balancer-controller-2.17.1']).toBe(
      join(all, 'aws-load-balancer-controller-2.17.1'),
    );
    expect(hasRelease(found, 'aws-load-balancer-controller', '2.17.1')).toBe(true);
    expect(hasRelease(found, 'aws-load-balancer-controller', '2.17.11')).toBe(false);
    expect(hasRelease(found, 'kube-apiserver', '1.36')).toBe(true);
    expect(hasRelease(found, 'kube-apiserver', '1.3')).toBe(false);
    expect(hasRelease(found, 'kube-scheduler', '1.36')).toBe(false);
  });

  it('leave out what is there and no program', () => {
    const plain = put('plain', 'etcd');
    chmodSync(join(plain, 'etcd'), 0o644);
    mkdirSync(join(plain, 'kwok'));
    expect(findPrograms({ SANDBOX_KUBERNETES: plain }).missing).toEqual(PROGRAMS);
  });

  it('are not looked for in a folder that is not there', () => {
    const env = { SANDBOX_KUBERNETES: join(folder, 'nowhere') };
    expect(() => findPrograms(env)).toThrow(
      /SANDBOX_KUBERNETES .*nowhere is not a folder: name one that holds etcd, /,
    );
  });

  it('are taken from the cache in the wanted releases, the newest patch of Kubernetes', () => {
    const cache = put(
      'cache',
      'etcd-3.6.5-0',
      'etcd-3.5.9-0',
      'kube-apiserver-1.35.4',
      'kube-apiserver-1.35.10',
      'kube-apiserver-1.34.20',
      'kube-scheduler-1.3.5',
      'aws-load-balancer-controller-2.17.1',
      'aws-load-balancer-controller-3.5.0.1234',
    );
    expect(cachedPrograms(cache, { kubernetes: '1.35', controller: '3.5.0' })).toEqual({
      etcd: join(cache, 'etcd-3.6.5-0'),
      'kube-apiserver': join(cache, 'kube-apiserver-1.35.10'),
    });
    expect(cachedPrograms(join(folder, 'no-cache'), { kubernetes: '1.35', controller: '3.5.0' })).toEqual({});
  });

  it('are cached where the user keeps caches', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/eks-ingress');
    expect(cacheFolder({}, '/home/me')).toBe('/home/me/.cache/eks-ingress');
  });
});
