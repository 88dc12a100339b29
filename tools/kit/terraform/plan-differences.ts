import { type ChangeJson, type PlanJson } from './plan-json';

/** What a second plan would change though nothing was changed. */
export interface PlanDifference {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  /** Attributes that differ; empty when the whole resource is made or removed. */
  readonly attributes: readonly string[];
}

/** By resource type, the attributes that may differ. */
export type Gaps = Readonly<Record<string, readonly string[]>>;

type Values = Readonly<Record<string, unknown>>;
interface RootModule {
  readonly resources?: readonly { readonly address: string; readonly expressions?: Values }[];
}

const isQuiet = (actions: readonly string[]) =>
  actions.every((action) => action === 'no-op' || action === 'read');

/** All resources and outputs that a plan would change. */
export function differencesOf(plan: PlanJson): PlanDifference[] {
  const { resources: written = [] } = (plan.configuration?.root_module ?? {}) as RootModule;
  const configured = new Map(
    written.map(({ address, expressions = {} }) => [address, new Set(Object.keys(expressions))]),
  );
  const resources = (plan.resource_changes ?? [])
    .filter(({ mode, change }) => mode === 'managed' && !isQuiet(change.actions))
    .map(({ address, type, change }) => ({
      address,
      type,
      actions: change.actions,
      attributes: changedAttributes(change, configured.get(address.replace(/\[[^\]]*\]$/, '')) ?? new Set()),
    }));
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, { actions }]) => !isQuiet(actions))
    .map(([name, { actions }]) => ({
      address: `output.${name}`,
      type: 'output',
      actions,
      attributes: ['value'],
    }));
  return [...resources, ...outputs];
}

/**
 * The attributes that differ. What is only known after the apply counts where the configuration sets it (it follows another
 * resource); the rest of it (an id, a version) follows from the change, unless nothing else begins it.
 */
function changedAttributes(change: ChangeJson, configured: ReadonlySet<string>): string[] {
  const { after_unknown, replace_paths = [] } = change;
  const [before, after] = [change.before, change.after].map((side) => side as Values | null | undefined);
  if (!before || !after) return [];
  const pending = typeof after_unknown === 'object' ? ({ ...after_unknown } as Values) : {};
  const unknown = Object.keys(pending).filter((name) => JSON.stringify(pending[name]).includes('true'));
  const known = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !unknown.includes(name) && stable(before[name]) !== stable(after[name]),
  );
  const forcing = replace_paths.map(([name]) => String(name));
  const following = unknown.filter((name) => configured.has(name));
  const begins = [...new Set([...known, ...forcing, ...following])];
  return (begins.length > 0 ? begins : unknown).sort();
}

/** Text that is equal for equal values, whatever the order of their keys. */
function stable(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a.localeCompare(b)))
      : inner,
  );
}

/** The differences that the gaps don't explain: every attribute of a resource that differs must be listed. */
export function unexplained(differences: readonly PlanDifference[], gaps: Gaps): PlanDifference[] {
  return differences.filter(({ type, attributes }) => {
    const listed = gaps[type] ?? [];
    return attributes.length === 0 || !attributes.every((name) => listed.includes(name));
  });
}
