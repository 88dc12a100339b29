import {
  type PlannedAction,
  type OutputChange,
  type ResourceChange,
  type StackChanges,
} from '../changes/changes';
import { isStack, type Stack } from '../../kit/stack-id';
import { blockOf, isMap, asList, stringOf, asTexts, type Values } from '../changes/values';
import { collect, hiddenPaths, withMasks, withUnknown } from './masks';
import {
  parsePlan,
  type ChangeJson,
  type PlanJson,
  type ResourceChangeJson,
} from '../../kit/terraform/plan-json';
import { Secrets } from './secrets';

/** What `terraform show -json` printed of a stack's plan. */
export interface PlanFile {
  readonly stack: Stack;
  /** Of the file, for messages. */
  readonly name: string;
  readonly text: string;
  /** What Terraform warned of when it planned. @default - nothing is known of it */
  readonly warnings?: readonly string[];
}

/** Plans in two forms. */
export interface Plans {
  /** As they are: what can hurt is found in these, and none of them is shown. */
  readonly judged: readonly StackChanges[];
  /** What a plan marks as sensitive is in none of these. */
  readonly shown: readonly StackChanges[];
  /** What was said of the first form, as it may be shown. */
  readonly hide: <T>(value: T) => T;
}

/**
 * Reads plans to be judged and shown.
 *
 * @throws {InputError} for what isn't a plan
 */
export function readPlansToJudge(files: readonly PlanFile[]): Plans {
  const plans = files.map(({ name, text, ...file }) => ({ ...file, plan: parsePlan(text, name) }));
  const secrets = new Secrets();
  for (const { plan } of plans) collectAll(secrets, plan);
  const pairs = plans.map(({ stack, plan, warnings = [] }) => stackChanges(stack, plan, warnings, secrets));
  return {
    judged: pairs.map(({ judged }) => judged),
    shown: pairs.map(({ shown }) => shown),
    hide: (value) => secrets.hide(value, 'of this program') as typeof value,
  };
}

/**
 * Reads plans to be shown. What one of them marks as sensitive is in none of the results.
 *
 * @throws {InputError} for what isn't a plan
 */
export function readPlans(files: readonly PlanFile[]): StackChanges[] {
  return [...readPlansToJudge(files).shown];
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
  return [...asList(resources).filter(isMap), ...asList(child_modules).filter(isMap).flatMap(resourcesOf)];
}

function stackChanges(
  stack: Stack,
  plan: PlanJson,
  warnings: readonly string[],
  secrets: Secrets,
): Both<StackChanges> {
  const { region, account } = providerOf(plan);
  const { errored, complete, deferred_changes: deferred = [] } = plan;
  const failedChecks = failedChecksOf(plan).map((check) => secrets.text(check));
  const about = {
    stack,
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    ...((errored === true || complete === false || deferred.length > 0) && { incomplete: true }),
    ...(errored === true && { errored }),
    ...(failedChecks.length > 0 && { failedChecks }),
    ...(warnings.length > 0 && { warnings: warnings.map((warning) => secrets.text(warning)) }),
    reads: readsOf(plan, secrets),
  };
  const provisioners = provisionersOf(blockOf(blockOf(plan.configuration).root_module));
  const resources = (plan.resource_changes ?? []).map((change) => {
    const { mode, type, address } = change;
    const runs =
      mode === 'data' && type === 'external'
        ? ['program']
        : provisioners.get(address.replace(/\[[^\]]*\]/g, ''));
    const { judged, shown } = resourceChange(change, secrets);
    return runs ? { judged: { ...judged, runs }, shown: { ...shown, runs } } : { judged, shown };
  });
  const drift = (plan.resource_drift ?? []).map((change) => resourceChange(change, secrets));
  const outputs = Object.entries(plan.output_changes ?? {}).map(([name, change]) =>
    outputChange(name, change, secrets),
  );
  const side = (of: 'judged' | 'shown'): StackChanges => ({
    ...about,
    resources: resources.map((each) => each[of]),
    drift: drift.map((each) => each[of]),
    outputs: outputs.map((each) => each[of]),
  });
  return { judged: side('judged'), shown: side('shown') };
}

/** A change as it is, and as it may be shown. */
export interface Both<T> {
  readonly judged: T;
  readonly shown: T;
}

function failedChecksOf({ checks = [] }: PlanJson): string[] {
  return checks
    .filter(({ status }) => status === 'fail' || status === 'error')
    .map(({ address, instances = [] }) => {
      const messages = instances.flatMap(({ problems = [] }) => problems.map(({ message = '' }) => message));
      return [address?.to_display ?? 'a check', ...messages].join(': ');
    });
}

function resourceChange(json: ResourceChangeJson, secrets: Secrets): Both<ResourceChange> {
  const { address, previous_address: previous, type, deposed, action_reason: reason, change } = json;
  const { importing, replace_paths: replacePaths = [] } = change;
  const action = actionOf(change.actions);
  const raw: ResourceChange = {
    address: `${address}${deposed === undefined ? '' : ` (deposed ${deposed})`}`,
    type,
    action,
    replacePaths,
    ...(change.actions[0] === 'create' && action === 'replace' && { createBeforeDestroy: true }),
    ...(reason === 'replace_because_tainted' && { tainted: true }),
    ...(reason !== undefined && { reason }),
    ...(importing && { importId: importing.id ?? '(known after apply)' }),
    ...(previous !== undefined && { movedFrom: previous }),
  };
  const { judged, shown } = sidesOf(change, type);
  const sensitive = [...hiddenPaths(judged.before, shown.before), ...hiddenPaths(judged.after, shown.after)];
  return {
    judged: { ...raw, ...maps(judged), ...(sensitive.length > 0 && { sensitive }) },
    shown: {
      ...(secrets.hide(raw, 'of this program') as ResourceChange),
      type,
      action,
      ...maps(secrets.hide(shown)),
    },
  };
}

function maps(sides: unknown): Pick<ResourceChange, 'before' | 'after'> {
  const { before, after } = blockOf(sides);
  return { ...(isMap(before) && { before }), ...(isMap(after) && { after }) };
}

function outputChange(name: string, change: ChangeJson, secrets: Secrets): Both<OutputChange> {
  const action = actionOf(change.actions);
  const { judged, shown } = sidesOf(change);
  const hidden = {
    name: secrets.text(name),
    action,
    before: secrets.hide(shown.before),
    after: secrets.hide(shown.after),
  };
  return { judged: { name, action, ...judged }, shown: hidden };
}

/** Both sides of a change as they are, and with what is marked hidden. */
function sidesOf(change: ChangeJson, type?: string) {
  const { before, after, after_unknown: unknown, before_sensitive, after_sensitive } = change;
  return {
    judged: withUnknown({ before, after, unknown }),
    shown: withMasks({ before, after, unknown, sensitive: [before_sensitive, after_sensitive] }, type),
  };
}

const SINGLE: Readonly<Record<string, PlannedAction>> = {
  create: 'create',
  update: 'update',
  delete: 'delete',
  read: 'read',
  forget: 'forget',
  'no-op': 'no-op',
};

function actionOf(actions: readonly string[]): PlannedAction {
  const [first = '', second] = actions;
  if (second === undefined) return SINGLE[first] ?? 'unknown';
  const isReplacement = actions.length === 2 && actions.includes('create');
  return isReplacement && actions.some((each) => each === 'delete' || each === 'forget')
    ? 'replace'
    : 'unknown';
}

/** Provisioners by address without indices, of all modules. */
function provisionersOf({ resources, module_calls: calls }: Values, module = ''): Map<string, string[]> {
  return new Map([
    ...asList(resources)
      .filter(isMap)
      .flatMap(({ address, provisioners }): [string, string[]][] => {
        const types = asList(provisioners).map((each) => String(blockOf(each).type));
        return types.length > 0 ? [[module + String(address), types]] : [];
      }),
    ...Object.entries(blockOf(calls)).flatMap(([name, call]) => [
      ...provisionersOf(blockOf(blockOf(call).module), `${module}module.${name}.`),
    ]),
  ]);
}

/** Where its AWS provider works, as far as the configuration has it in letters. */
function providerOf({ configuration }: PlanJson): Pick<StackChanges, 'region' | 'account'> {
  const providers = Object.values(blockOf(configuration?.provider_config)).map(blockOf);
  const settings = blockOf(providers.find(({ name }) => name === 'aws')?.expressions);
  const [account] = asTexts(blockOf(settings.allowed_account_ids).constant_value);
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
