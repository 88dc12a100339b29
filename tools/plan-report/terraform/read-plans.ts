import { type Action, type OutputChange, type ResourceChange, type StackChanges } from '../changes/changes';
import { isStack, type Stack } from '../../kit/stack-id';
import { blockOf, isMap, listOf, stringOf, textsOf, type Values } from '../changes/values';
import { collect, withMasks } from './masks';
import { parsePlan, type ChangeJson, type PlanJson, type ResourceChangeJson } from './plan-json';
import { Secrets } from './secrets';

/** What `terraform show -json` printed of a stack's plan. */
export interface PlanFile {
  readonly stack: Stack;
  /** Of the file, for messages. */
  readonly name: string;
  readonly text: string;
}

/**
 * Reads plans. What one of them marks as sensitive is in none of the results.
 *
 * @throws {InputError} for what isn't a plan
 */
export function readPlans(files: readonly PlanFile[]): StackChanges[] {
  const plans = files.map(({ stack, name, text }) => ({ stack, plan: parsePlan(text, name) }));
  const secrets = new Secrets();
  for (const { plan } of plans) collectAll(secrets, plan);
  return plans.map(({ stack, plan }) => stackChanges(stack, plan, secrets));
}

function collectAll(secrets: Secrets, plan: PlanJson): void {
  const of = (change: ChangeJson, type?: string) => {
    collect(secrets, change.before, change.before_sensitive, type);
    collect(secrets, change.after, change.after_sensitive, type);
  };
  for (const { change, type } of [...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])])
    of(change, type);
  for (const change of Object.values(plan.output_changes ?? {})) of(change);
  const declared = blockOf(blockOf(plan.configuration?.root_module).variables);
  for (const [name, { value }] of Object.entries(plan.variables ?? {}))
    collect(secrets, { [name]: value }, { [name]: blockOf(declared[name]).sensitive });
  for (const state of [plan.planned_values, plan.prior_state?.values]) collectState(secrets, blockOf(state));
}

function collectState(secrets: Secrets, { outputs, root_module }: Values): void {
  for (const [name, output] of Object.entries(blockOf(outputs)))
    collect(secrets, { [name]: blockOf(output).value }, { [name]: blockOf(output).sensitive });
  for (const resource of resourcesOf(blockOf(root_module)))
    collect(secrets, resource.values, resource.sensitive_values, stringOf(resource.type));
}

function resourcesOf({ resources, child_modules }: Values): Values[] {
  return [...listOf(resources).filter(isMap), ...listOf(child_modules).filter(isMap).flatMap(resourcesOf)];
}

function stackChanges(stack: Stack, plan: PlanJson, secrets: Secrets): StackChanges {
  const { region, account } = providerOf(plan);
  const { errored, complete, deferred_changes: deferred = [] } = plan;
  return {
    stack,
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    ...((errored === true || complete === false || deferred.length > 0) && { incomplete: true }),
    resources: (plan.resource_changes ?? []).map((change) => resourceChange(change, secrets)),
    drift: (plan.resource_drift ?? []).map((change) => resourceChange(change, secrets)),
    outputs: Object.entries(plan.output_changes ?? {}).map(([name, change]) =>
      outputChange(name, change, secrets),
    ),
    reads: readsOf(plan, secrets),
  };
}

function resourceChange(json: ResourceChangeJson, secrets: Secrets): ResourceChange {
  const { address, previous_address: previous, type, deposed, action_reason: reason, change } = json;
  const { before, after } = valuesOf(change, secrets, type);
  const { importing, replace_paths: replacePaths = [] } = change;
  const action = actionOf(change.actions);
  return {
    address: `${secrets.text(address)}${deposed === undefined ? '' : ` (deposed ${deposed})`}`,
    type,
    action,
    ...(isMap(before) && { before }),
    ...(isMap(after) && { after }),
    replacePaths: replacePaths.map((path) =>
      path.map((step) => (typeof step === 'string' ? secrets.text(step) : step)),
    ),
    ...(change.actions[0] === 'create' && action === 'replace' && { createBeforeDestroy: true }),
    ...(reason === 'replace_because_tainted' && { tainted: true }),
    ...(reason !== undefined && { reason }),
    ...(importing && { importId: secrets.text(importing.id ?? '(known after apply)') }),
    ...(previous !== undefined && { movedFrom: secrets.text(previous) }),
  };
}

function outputChange(name: string, change: ChangeJson, secrets: Secrets): OutputChange {
  const { before, after } = valuesOf(change, secrets);
  return { name: secrets.text(name), action: actionOf(change.actions), before, after };
}

function valuesOf(change: ChangeJson, secrets: Secrets, type?: string) {
  const { before, after, after_unknown: unknown, before_sensitive, after_sensitive } = change;
  const sides = withMasks({ before, after, unknown, sensitive: [before_sensitive, after_sensitive] }, type);
  return { before: secrets.hide(sides.before), after: secrets.hide(sides.after) };
}

const SINGLE: Readonly<Record<string, Action>> = {
  create: 'create',
  update: 'update',
  delete: 'delete',
  read: 'read',
  forget: 'forget',
  'no-op': 'no-op',
};

/** An action of a Terraform to come is shown as an update: it changes something. */
function actionOf(actions: readonly string[]): Action {
  const [first = 'no-op', second] = actions;
  if (second !== undefined) return actions.includes('create') ? 'replace' : 'update';
  return SINGLE[first] ?? 'update';
}

/** Where its AWS provider works, as far as the configuration has it in letters. */
function providerOf({ configuration }: PlanJson): Pick<StackChanges, 'region' | 'account'> {
  const providers = Object.values(blockOf(configuration?.provider_config)).map(blockOf);
  const settings = blockOf(providers.find(({ name }) => name === 'aws')?.expressions);
  const [account] = textsOf(blockOf(settings.allowed_account_ids).constant_value);
  return { region: stringOf(blockOf(settings.region).constant_value), account };
}

/** Outputs of other stacks, as the data sources named `<stack>-state` had them. */
function readsOf(plan: PlanJson, secrets: Secrets): StackChanges['reads'] {
  const states = resourcesOf(blockOf(blockOf(plan.prior_state?.values).root_module)).filter(
    ({ type, mode }) => type === 'terraform_remote_state' && mode === 'data',
  );
  return Object.fromEntries(
    states.flatMap(({ name, values, sensitive_values: sensitive }) => {
      const stack = String(name).replace(/-state$/, '');
      const before = { outputs: blockOf(values).outputs };
      const mask = { outputs: blockOf(sensitive).outputs };
      const masked = blockOf(withMasks({ before, after: before, unknown: false, sensitive: [mask] }).after);
      return isStack(stack) ? [[stack, secrets.hide(blockOf(masked.outputs)) as Values]] : [];
    }),
  );
}
