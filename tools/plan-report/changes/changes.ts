import { type Stack } from '../../kit/stack-id';
import { type Path } from './path';
import { type Values } from './values';

/**
 * What would become of the resources of stacks, whoever says so: a plan of Terraform's, or the comparison of two synthesized
 * stacks. All else in this folder is made of it.
 */

/**
 * `replace` destroys and creates; `forget` takes a resource out of the state and leaves it as it is; `unknown` is what a later
 * Terraform may do.
 */
export type PlannedAction =
  'create' | 'update' | 'replace' | 'delete' | 'forget' | 'unknown' | 'read' | 'no-op';

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action: PlannedAction;
  /** Values as they are. @default - it isn't there yet */
  readonly before?: Values;
  /** Values as they shall be; `(known after apply)` for what nobody knows yet. @default - it will be gone */
  readonly after?: Values;
  /** Attributes that make an update impossible. */
  readonly replacePaths: readonly Path[];
  /** Whether the new one is there before the old one goes. @default false */
  readonly createBeforeDestroy?: boolean;
  /** Whether an earlier run failed half-way, so that it is made anew. @default false */
  readonly tainted?: boolean;
  /** Why, in Terraform's words. @default - its settings say so */
  readonly reason?: string;
  /** Id of what is there already and comes under control. */
  readonly importId?: string;
  /** What Terraform runs where it runs itself when this is made, changed or destroyed. @default - nothing */
  readonly runs?: readonly string[];
  /** Its address until now. */
  readonly movedFrom?: string;
  /** Where values are that must not be shown. @default - nowhere, or they are hidden already */
  readonly sensitive?: readonly Path[];
}

export interface OutputChange {
  readonly name: string;
  readonly action: PlannedAction;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface StackChanges {
  readonly stack: Stack;
  /** @default - unknown */
  readonly region?: string;
  /** Account that its provider is for. @default - unknown */
  readonly account?: string;
  /** Whether some changes are missing: the run failed, or put them off. @default false */
  readonly incomplete?: boolean;
  /** Whether the run failed. @default false */
  readonly errored?: boolean;
  /** Checks and conditions of the configuration that don't hold, each with its message. @default - none */
  readonly failedChecks?: readonly string[];
  /** What Terraform warned of when it planned, where that was given. */
  readonly warnings?: readonly string[];
  readonly resources: readonly ResourceChange[];
  /** What changed outside of Terraform: `before` is what it left, `after` what it found. */
  readonly drift: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  /** Outputs of other stacks as this one read them. */
  readonly reads: Readonly<Partial<Record<Stack, Values>>>;
}

/** Whether anything would be done to it. */
export function isChange({ action }: { readonly action: PlannedAction }): boolean {
  return action !== 'no-op' && action !== 'read';
}
