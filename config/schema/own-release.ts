import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ENVIRONMENTS } from '../environment-names';

/** Files are named from the project's folder on. */
const PROJECT = join(ENVIRONMENTS, '..');

const version = (of: string) =>
  z.string().regex(/^\d+\.\d+\.\d+$/, `write the version of the ${of} with three numbers, such as 3.6.0`);

/** The text of a file that is what it has to be. */
function text(
  path: string,
  context: z.core.$RefinementCtx<string>,
  is: (content: string) => boolean,
  what: string,
) {
  const refuse = (reason: string) => {
    context.addIssue({ code: 'custom', message: `write the path of ${what}`, params: { reason } });
    return z.NEVER;
  };
  let content: string;
  try {
    content = readFileSync(join(PROJECT, path), 'utf8');
  } catch (error) {
    return refuse(
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it is no file',
    );
  }
  return is(content) ? content : refuse(`it holds something else than ${what}`);
}

function isPolicy(content: string): boolean {
  try {
    const { Statement } = JSON.parse(content) as { Statement?: unknown };
    return Array.isArray(Statement) && Statement.length > 0;
  } catch {
    return false;
  }
}

const isDefinitions = (content: string) => /^kind: ["']?CustomResourceDefinition\b/m.test(content);

/** A release that the table of releases doesn't have. Nothing of it was tried with this project, which preview and plan report say. */
export const ownRelease = z.strictObject({
  /** Release of the controller, such as `3.6.0`. */
  version: version('release'),
  /** Version of the chart that installs it. */
  chart: version('chart'),
  /** File of its IAM policy, from the project's folder on, as docs/install/iam_policy.json of the release. */
  policy: z
    .string()
    .transform((path, context) => text(path, context, isPolicy, "the release's iam_policy.json")),
  /** File of its definitions, from the project's folder on. @default - those in its chart */
  crds: z
    .string()
    .transform((path, context) =>
      text(path, context, isDefinitions, "the definitions of the release's kinds, in YAML") === z.NEVER
        ? z.NEVER
        : join(PROJECT, path),
    )
    .optional(),
});
