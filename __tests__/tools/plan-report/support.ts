import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ResourceChange, type StackChanges } from '../../../tools/plan-report/changes/changes';
import { readCommandLine } from '../../../tools/kit/command-line';
import { type Stack } from '../../../tools/kit/stack-id';
import { PLAN_REPORT, reportRequest, type PlanReportRequest } from '../../../tools/plan-report/arguments';
import { reportOf, type Report, type ReportProps } from '../../../tools/plan-report/report';
import {
  readPlans,
  readPlansToJudge,
  type PlanFile,
  type Plans,
} from '../../../tools/plan-report/terraform/read-plans';

/** Stacks of an environment on AWS. */
export const AWS_STACKS: readonly Stack[] = ['network', 'cluster', 'addons', 'workloads'];
export const TODAY = '2026-11-21';

/** What a command line of plan-report asks for. */
export function reportLine(
  args: readonly string[],
  environments: readonly string[] = ['dev', 'local', 'sandbox'],
): PlanReportRequest {
  const line = readCommandLine(PLAN_REPORT, args, { env: {}, environments });
  if (line === 'help') throw new Error('the line is of a report');
  return reportRequest(line);
}

/** A plan that Terraform made on the emulator. */
function recorded(stack: Stack, name: string): PlanFile {
  return {
    stack,
    name: `${name}.json`,
    text: readFileSync(join(__dirname, 'plans', `${stack}-${name}.json`), 'utf8'),
  };
}

/** A report on recorded plans: `{ network: 'create' }`. */
export function reportOn(names: Readonly<Partial<Record<Stack, string>>>): Report {
  const files = Object.entries(names).map(([stack, name]) => recorded(stack as Stack, name));
  return reportOf({
    environment: 'sandbox',
    plans: readPlansToJudge(files),
    expected: AWS_STACKS,
    today: TODAY,
  });
}

/** Changes in which nothing is sensitive. */
function plansOf(stacks: readonly StackChanges[]): Plans {
  return { judged: stacks, shown: stacks, hide: (value) => value };
}

export function report(stacks: readonly StackChanges[], more: Partial<ReportProps> = {}): Report {
  return reportOf({
    environment: 'sandbox',
    plans: plansOf(stacks),
    expected: AWS_STACKS,
    today: TODAY,
    ...more,
  });
}

/** A change of one resource; an update of `aws_x.y` where nothing else is said. */
export function change(props: Partial<ResourceChange>): ResourceChange {
  return {
    address: `${props.type ?? 'aws_x'}.y`,
    type: 'aws_x',
    action: 'update',
    replacePaths: [],
    ...props,
  };
}

export function changes(
  stack: Stack,
  resources: readonly ResourceChange[],
  more: Partial<StackChanges> = {},
): StackChanges {
  return { stack, resources, drift: [], outputs: [], reads: {}, ...more };
}

type Json = Readonly<Record<string, unknown>>;

/** A resource's change as a plan has it. */
export function planned(
  type: string,
  props: Json & { readonly actions?: readonly string[] },
  more: Json = {},
): Json {
  const { actions = ['update'], ...rest } = props;
  return {
    address: `${type}.y`,
    mode: 'managed',
    type,
    name: 'y',
    ...more,
    change: {
      actions,
      before: null,
      after: null,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...rest,
    },
  };
}

/** The text of a plan. */
export function planText(resources: readonly Json[], more: Json = {}): string {
  return JSON.stringify({ format_version: '1.2', planned_values: {}, resource_changes: resources, ...more });
}

/** What is read of a plan of one stack. */
export function read(resources: readonly Json[], more: Json = {}): StackChanges {
  const [stack] = readPlans([{ stack: 'cluster', name: 'plan.json', text: planText(resources, more) }]);
  if (!stack) throw new Error('nothing was read');
  return stack;
}
