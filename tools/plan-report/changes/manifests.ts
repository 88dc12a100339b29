import { isMap, blockOf, stringOf, type Values } from './values';
import { type ResourceChange, type StackChanges } from './changes';

/** The changes of a stack with each manifest as the resource of its kind, so that what is known of one is known of both. */
export function withKinds(stack: StackChanges): StackChanges {
  return { ...stack, resources: stack.resources.map(ofKind), drift: stack.drift.map(ofKind) };
}

function ofKind(change: ResourceChange): ResourceChange {
  if (change.type !== 'kubernetes_manifest') return change;
  const [before, after] = [change.before, change.after].map(
    (side) => side && (snakeCase(blockOf(side.manifest)) as Values),
  );
  const kind = stringOf((after ?? before)?.kind);
  if (kind === undefined) return change;
  return {
    ...change,
    type: `kubernetes_${snake(kind)}`,
    ...(before && { before }),
    ...(after && { after }),
    ...(change.sensitive && {
      sensitive: change.sensitive.flatMap(([first, ...path]) =>
        first === 'manifest' ? [path.map((step) => (typeof step === 'string' ? snake(step) : step))] : [],
      ),
    }),
  };
}

/** Blocks of the provider, which repeat, have the name of one. */
const SINGULAR: Readonly<Record<string, string>> = {
  rules: 'rule',
  subjects: 'subject',
  webhooks: 'webhook',
};

const snake = (name: string) =>
  SINGULAR[name] ??
  (/^[A-Za-z]+$/.test(name)
    ? name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
    : name);

function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [snake(key), snakeCase(each)]));
}
