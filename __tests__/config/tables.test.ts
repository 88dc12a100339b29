import { describe, expect, it } from '@jest/globals';
import {
  accessPolicies,
  addonVersions,
  instanceType,
  instanceTypes,
  kubernetesVersions,
  regions,
} from '../../config/tables';
import { reference } from '../support/reference';

/** Rows of a CSV file without quoted commas in the columns asked for. */
function rows(name: string): Record<string, string>[] {
  const [header = '', ...lines] = reference(name).trim().split('\n');
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  });
}

describe('tables agree with their source', () => {
  it('on Regions', () => {
    const source = rows('regions.csv');
    expect(Object.keys(regions()).sort()).toEqual(source.map(({ region = '' }) => region).sort());
    for (const { region = '', partition, dns_suffix: dnsSuffix, eks } of source) {
      expect(regions()[region]).toMatchObject({ partition, dnsSuffix, eks });
    }
    const refused = Object.values(regions()).flatMap((region) => region?.refusedZoneIds ?? []);
    expect(refused.sort()).toEqual(
      source
        .flatMap(({ eks_control_plane_refused_az_ids: ids = '' }) => ids.split(' ').filter(Boolean))
        .sort(),
    );
    expect(refused).toContain('use1-az3');
  });

  it('on instance types', () => {
    const source = rows('instance-types.csv');
    expect(source.length).toBeGreaterThan(1300);
    expect(instanceTypes()).toEqual(source.map((row) => row.instance_type));
    for (const row of source) {
      expect([row.instance_type, instanceType(row.instance_type ?? '')]).toEqual([
        row.instance_type,
        {
          architecture: row.arch,
          maxPods: Number(row.max_pods_recommended_cap),
          vcpus: Number(row.vcpu),
          memoryGib: Number(row.memory_gib),
        },
      ]);
    }
    expect(instanceType('t0.none')).toBeUndefined();
  });

  it('on Kubernetes versions', () => {
    const source = JSON.parse(reference('kubernetes-versions.json')) as {
      v: string;
      eks_release: string;
      std_end: string;
      ext_end: string;
    }[];
    expect(Object.keys(kubernetesVersions())).toHaveLength(source.length);
    for (const { v, eks_release: release, std_end: standard, ext_end: extended } of source) {
      const dates = kubernetesVersions()[v];
      expect(dates?.release).toBe(release);
      expect(standard).toContain(dates?.standardEnd);
      expect(extended).toContain(dates?.extendedEnd);
    }
  });

  it('on add-ons: each version was seen for its Kubernetes version', () => {
    const seen = rows('addon-versions.csv').map((row) => `${row.kubernetes} ${row.name} ${row.value}`);
    for (const [kubernetes, addons] of Object.entries(addonVersions())) {
      for (const [name, version] of Object.entries(addons ?? {})) {
        expect(seen).toContain(`${kubernetes} ${name} ${version}`);
      }
    }
  });

  it('on access policies', () => {
    const source = JSON.parse(reference('access-policies.json')) as {
      name: string;
      service_linked_only: boolean;
    }[];
    const usable = source.filter((policy) => !policy.service_linked_only);
    expect(accessPolicies()).toEqual(usable.map((policy) => policy.name));
  });
});
