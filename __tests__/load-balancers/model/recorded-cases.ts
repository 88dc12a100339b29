import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type ControllerSettings, type KubernetesObject } from '../../../load-balancers/model';

const FOLDER = join(__dirname, 'recorded');

interface Header {
  readonly case: string;
  readonly settings?: Partial<ControllerSettings>;
}
interface Written extends Header {
  readonly objects: KubernetesObject[];
}

/** What the controller built of a case. */
export interface Recording {
  readonly LoadBalancers: readonly unknown[];
  readonly Refusals: readonly unknown[];
}

/** Objects, with those that all cases have, and what the controller built of them. */
export interface RecordedCase extends Header {
  readonly objects: readonly KubernetesObject[];
  readonly recorded: Recording | undefined;
}

export const themes = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => basename(file, '.json'));

export function recordingsOf(theme: string): Readonly<Record<string, Recording>> {
  return JSON.parse(readFileSync(join(FOLDER, `${theme}.json`), 'utf8')) as Record<string, Recording>;
}

export function casesOf(theme: string): readonly RecordedCase[] {
  const recorded = recordingsOf(theme);
  const common = documentsOf('common.yaml') as readonly KubernetesObject[];
  const written = documentsOf(`${theme}.yaml`).reduce<Written[]>((cases, document) => {
    if ('case' in document) cases.push({ ...document, objects: [] });
    else cases.at(-1)?.objects.push(document);
    return cases;
  }, []);
  return written.map((each) => ({
    ...each,
    objects: [...common, ...each.objects],
    recorded: recorded[each.case],
  }));
}

function documentsOf(file: string): readonly (Header | KubernetesObject)[] {
  return parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map(
    (document) => document.toJS() as Header | KubernetesObject,
  );
}
