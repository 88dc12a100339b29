import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import {
  buildModel,
  type ControllerSettings,
  type KubernetesObject,
  type LoadBalancer,
  type Model,
} from '../../../load-balancers/model';

const FOLDER = join(__dirname, 'recorded');

interface Header {
  readonly case: string;
  readonly settings?: Partial<ControllerSettings>;
}
interface Case extends Header {
  readonly objects: KubernetesObject[];
}
type Recorded = Readonly<Record<string, { readonly LoadBalancers: unknown; readonly Refusals: unknown }>>;

function documentsOf(file: string): readonly (Header | KubernetesObject)[] {
  return parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map(
    (document) => document.toJS() as Header | KubernetesObject,
  );
}

function casesOf(theme: string): readonly Case[] {
  return documentsOf(`${theme}.yaml`).reduce<Case[]>((cases, document) => {
    if ('case' in document) cases.push({ ...document, objects: [] });
    else cases.at(-1)?.objects.push(document);
    return cases;
  }, []);
}

/** Without what the controller has no word for: where things come from, and an order of target groups. */
function comparable({ LoadBalancers, Refusals }: Model) {
  const plain = JSON.parse(
    JSON.stringify(LoadBalancers, (key, value: unknown) => (key === 'Origin' ? undefined : value)),
  ) as LoadBalancer[];
  return {
    LoadBalancers: plain.map((loadBalancer) => ({
      ...loadBalancer,
      TargetGroups: [...loadBalancer.TargetGroups].sort((a, b) => (a.Id < b.Id ? -1 : 1)),
    })),
    Refusals: Refusals.map(({ Blocks, Message }) => ({ Blocks, Message })).sort((a, b) =>
      a.Blocks < b.Blocks ? -1 : 1,
    ),
  };
}

const common = documentsOf('common.yaml') as KubernetesObject[];
const themes = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => basename(file, '.json'));

describe.each(themes)('what the controller built of %s', (theme) => {
  const recorded = JSON.parse(readFileSync(join(FOLDER, `${theme}.json`), 'utf8')) as Recorded;
  const cases = casesOf(theme);

  it('has a recording of each case', () => {
    expect(cases.map((entry) => entry.case).sort()).toEqual(Object.keys(recorded).sort());
  });

  it.each(cases.map((entry) => [entry.case, entry] as const))('%s', (name, { settings, objects }) => {
    expect(comparable(buildModel([...common, ...objects], settings))).toEqual(recorded[name]);
  });
});
