import { z } from 'zod';
import { InputError } from '../input-error';

/**
 * What `terraform show -json` prints of a plan, as far as it is read.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
const values = z.record(z.string(), z.unknown());
/** True for all of a value, or a structure of the same shape. */
const mask = z.unknown().optional();

const change = z.looseObject({
  actions: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: mask,
  before_sensitive: mask,
  after_sensitive: mask,
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.looseObject({ id: z.string().optional() }).nullish(),
});

const resourceChange = z.looseObject({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change,
});

const plan = z.looseObject({
  format_version: z.string(),
  errored: z.boolean().optional(),
  complete: z.boolean().optional(),
  deferred_changes: z.array(z.unknown()).optional(),
  variables: z.record(z.string(), z.looseObject({ value: z.unknown().optional() })).optional(),
  planned_values: values.optional(),
  prior_state: z.looseObject({ values: values.optional() }).optional(),
  resource_changes: z.array(resourceChange).optional(),
  resource_drift: z.array(resourceChange).optional(),
  output_changes: z.record(z.string(), change).optional(),
  configuration: values.optional(),
  checks: z
    .array(
      z.looseObject({
        address: z.looseObject({ to_display: z.string().optional() }).optional(),
        status: z.string().optional(),
        instances: z
          .array(
            z.looseObject({
              problems: z.array(z.looseObject({ message: z.string().optional() })).optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});

export type PlanJson = z.infer<typeof plan>;
export type ResourceChangeJson = z.infer<typeof resourceChange>;
export type ChangeJson = z.infer<typeof change>;

const MAJOR = '1';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a plan. @throws {InputError} for any other text; `name` is that of the file, or of its stack */
export function parsePlan(text: string, name: string): PlanJson {
  const json = parseJson(text, name);
  if (!isObject(json) || typeof json.format_version !== 'string') {
    throw new InputError(`${name} is no plan: write what terraform show -json prints of a plan file`);
  }
  const version = json.format_version;
  if (version.split('.')[0] !== MAJOR) {
    throw new InputError(
      `${name} has format_version '${version}', and only ${MAJOR}.x is known: make the plan with a Terraform that writes it`,
    );
  }
  if (!('planned_values' in json) && !('resource_changes' in json) && !('output_changes' in json)) {
    throw new InputError(
      `${name} is a state, no plan: write terraform plan -out=FILE, then terraform show -json FILE`,
    );
  }
  const result = plan.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new InputError(
    `${name} is no plan that can be read: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}: make it with terraform show -json`,
  );
}

/** Deeper than any value of a provider, and shallow enough for whatever goes through it. */
const DEEPEST = 200;

function parseJson(text: string, name: string): unknown {
  if (depthOf(text) > DEEPEST)
    throw new InputError(`${name} is nested more than ${DEEPEST} levels deep, as no plan is: make it anew`);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    const why = text.startsWith('PK') ? 'is a plan file as terraform plan -out writes it' : 'is no JSON';
    throw new InputError(`${name} ${why}: write terraform show -json FILE > plan.json, and name plan.json`);
  }
}

/** How deep brackets go, those in texts left out. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === QUOTE) at = endOfText(text, at);
    // `[` and `{` are two before `]` and `}`.
    else if (letter === 0x5b || letter === 0x7b) deepest = Math.max(deepest, (depth += 1));
    else if (letter === 0x5d || letter === 0x7d) depth -= 1;
  }
  return deepest;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Where the quote is that ends what one begins. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}
