import { isDeepStrictEqual } from 'node:util';
import { pathText } from '../plan-report/changes/path';
import {
  type PlannedAction,
  type OutputChange,
  type ResourceChange,
  type StackChanges,
} from '../plan-report/changes/changes';
import { STACKS } from '../kit/stack-id';
import { isMap, type Values } from '../plan-report/changes/values';
import { differences } from '../plan-report/diff/differences';
import { collect, hiddenPaths, withMasks } from '../plan-report/terraform/masks';
import { type Both, type Plans } from '../plan-report/terraform/read-plans';
import { Secrets } from '../plan-report/terraform/secrets';
import { canonical } from './canonical';
import { isReplacing } from './replacing-attributes';
import { type SynthesizedBlock, type SynthesizedStack } from './synthesized-stack';

/** What became of an environment's stacks from one synth to another. */
export function compareStacks(
  before: readonly SynthesizedStack[],
  after: readonly SynthesizedStack[],
): Plans {
  const secrets = new Secrets();
  for (const { blocks, outputs } of [...before, ...after]) {
    for (const { values, type } of blocks.values()) collect(secrets, values, undefined, type);
    for (const { value, sensitive } of Object.values(outputs)) collect(secrets, value, sensitive);
  }
  const stacks = STACKS.flatMap((stack) => {
    const [old, fresh] = [before, after].map((side) => side.find((each) => each.stack === stack));
    if (!old && !fresh) return [];
    const region = fresh?.region ?? old?.region;
    const about = { stack, ...(region !== undefined && { region }), drift: [], reads: {} };
    const [resources, outputs] = [resourceChanges(old, fresh, secrets), outputChanges(old, fresh, secrets)];
    const side = (of: 'judged' | 'shown'): StackChanges => ({
      ...about,
      resources: resources.map((each) => each[of]),
      outputs: outputs.map((each) => each[of]),
    });
    return [{ judged: side('judged'), shown: side('shown') }];
  });
  return {
    judged: stacks.map(({ judged }) => judged),
    shown: stacks.map(({ shown }) => shown),
    hide: (value) => secrets.hide(value, 'of this program') as typeof value,
  };
}

function resourceChanges(
  old: SynthesizedStack | undefined,
  fresh: SynthesizedStack | undefined,
  secrets: Secrets,
): Both<ResourceChange>[] {
  const before = old?.blocks ?? new Map<string, SynthesizedBlock>();
  const after = fresh?.blocks ?? new Map<string, SynthesizedBlock>();
  const movedFrom = new Map([...(fresh?.moved ?? [])].map(([from, to]) => [to, from]));
  const isMoved = (from: string) => !after.has(from) && after.has(fresh?.moved.get(from) ?? '');
  const pairs = [
    ...[...after.values()].map((block) => {
      const source = movedFrom.get(block.address) ?? '';
      const origin = before.get(block.address) ?? (isMoved(source) ? before.get(source) : undefined);
      return { before: origin, after: block };
    }),
    ...[...before.values()]
      .filter(({ address }) => !after.has(address) && !isMoved(address))
      .map((block) => ({ before: block, after: undefined })),
  ];
  return withLostIds(pairs).map((pair) => change(pair, secrets));
}

interface Pair {
  readonly before: SynthesizedBlock | undefined;
  readonly after: SynthesizedBlock | undefined;
  readonly reason?: string;
}

/** Notes where the same resource goes and comes: its id was changed without telling Terraform. */
function withLostIds(pairs: readonly Pair[]): Pair[] {
  const gone = pairs.filter(({ before, after }) => before !== undefined && after === undefined);
  const fresh = pairs.filter(({ before }) => before === undefined);
  const twin = new Map<Pair, Pair>();
  for (const pair of gone) {
    const other = fresh.find(
      (each) => !twin.has(each) && each.after?.type === pair.before?.type && isTwin(pair.before, each.after),
    );
    if (!other) continue;
    twin.set(pair, other);
    twin.set(other, pair);
  }
  return pairs.map((pair) => {
    const other = twin.get(pair);
    if (!other) return pair;
    const words = pair.after
      ? `is ${other.before?.address ?? ''} under another address`
      : `is at ${other.after?.address ?? ''} now`;
    return { ...pair, reason: `${words}: without moveTo it is destroyed and made anew` };
  });
}

/** References differ once what they name has another id. */
function isTwin(a: SynthesizedBlock | undefined, b: SynthesizedBlock | undefined): boolean {
  const plain = (block: SynthesizedBlock | undefined) => {
    const values = Object.fromEntries(
      Object.entries(block?.values ?? {}).filter(([name]) => name !== 'depends_on'),
    );
    return JSON.parse(JSON.stringify(canonical(values)).replace(/\$\{[^}]*\}/g, '${}')) as unknown;
  };
  return isDeepStrictEqual(plain(a), plain(b));
}

function change({ before, after, reason }: Pair, secrets: Secrets): Both<ResourceChange> {
  const { address, type } = after ?? before ?? { address: '', type: '' };
  const sides = hidden(before?.values, after?.values, secrets, type);
  const paths =
    before && after
      ? differences(sides.before, sides.after)
          .map(({ path }) => path)
          .filter((path) => isReplacing(type, pathText(path)))
      : [];
  const isMoved = before !== undefined && before.address !== address && after !== undefined;
  const about = {
    address,
    type,
    action: actionOf(before?.values, after?.values, paths.length > 0),
    replacePaths: paths,
    ...(reason !== undefined && { reason }),
    ...(isMoved && { movedFrom: before.address }),
  };
  const sensitive = [
    ...hiddenPaths(before?.values, sides.before),
    ...hiddenPaths(after?.values, sides.after),
  ];
  return {
    judged: {
      ...about,
      ...(before && { before: before.values }),
      ...(after && { after: after.values }),
      ...(sensitive.length > 0 && { sensitive }),
    },
    shown: {
      ...about,
      ...(isMap(sides.before) && { before: sides.before }),
      ...(isMap(sides.after) && { after: sides.after }),
    },
  };
}

function outputChanges(
  old: SynthesizedStack | undefined,
  fresh: SynthesizedStack | undefined,
  secrets: Secrets,
): Both<OutputChange>[] {
  const names = [...new Set([...Object.keys(old?.outputs ?? {}), ...Object.keys(fresh?.outputs ?? {})])];
  return names.map((name) => {
    const [before, after] = [old?.outputs[name], fresh?.outputs[name]];
    const action = actionOf(before && { value: before.value }, after && { value: after.value }, false);
    const isSensitive = before?.sensitive === true || after?.sensitive === true;
    const sides = hidden(before?.value, after?.value, secrets, undefined, isSensitive);
    return {
      judged: { name, action, before: before?.value, after: after?.value },
      shown: { name, action, ...sides },
    };
  });
}

function actionOf(before: Values | undefined, after: Values | undefined, isReplaced: boolean): PlannedAction {
  if (!before) return 'create';
  if (!after) return 'delete';
  if (isDeepStrictEqual(canonical(before), canonical(after))) return 'no-op';
  return isReplaced ? 'replace' : 'update';
}

function hidden(before: unknown, after: unknown, secrets: Secrets, type?: string, isSensitive = false) {
  const sides = withMasks({ before, after, unknown: false, sensitive: [isSensitive] }, type);
  return {
    before: before === undefined ? undefined : secrets.hide(sides.before),
    after: after === undefined ? undefined : secrets.hide(sides.after),
  };
}
