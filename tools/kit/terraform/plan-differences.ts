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

interface ResourceChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    readonly after_unknown?: Readonly<Record<string, unknown>> | boolean;
  };
}

/** A plan as `terraform show -json` prints it. */
export interface ShownPlan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
  readonly configuration?: {
    readonly root_module?: {
      readonly resources?: readonly {
        readonly address: string;
        readonly expressions?: Readonly<Record<string, unknown>>;
      }[];
    };
  };
}

const isQuiet = (actions: readonly string[]) =>
  actions.every((action) => action === 'no-op' || action === 'read');

/** All resources and outputs that a plan would change. */
export function differencesOf(plan: ShownPlan): PlanDifference[] {
  const configured = new Map(
    plan.configuration?.root_module?.resources?.map(({ address, expressions = {} }) => [
      address,
      new Set(Object.keys(expressions)),
    ]),
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
function changedAttributes(change: ResourceChange['change'], configured: ReadonlySet<string>): string[] {
  const { before, after, after_unknown, replace_paths = [] } = change;
  if (!before || !after) return [];
  const pending = typeof after_unknown === 'object' ? after_unknown : {};
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
