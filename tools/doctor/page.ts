import { KNOWN_FAILURES } from './catalogue';
import { type DoctorCheck } from './check';
import { AFTER_APPLY, BEFORE_APPLY } from './checks';

/** The IAM actions of all checks, sorted; what a cluster answers is not IAM's. */
export function readActions(): readonly string[] {
  const needs = [...BEFORE_APPLY, ...AFTER_APPLY].flatMap(({ needs: all }) => all);
  return [...new Set(needs.filter((need) => need.includes(':')))].sort();
}

/** What needs no permission: AWS answers it whatever policies say. */
const FREE = 'sts:GetCallerIdentity';

/** A policy for whoever runs the doctor and nothing else. */
function doctorPolicy(): object {
  const Action = readActions().filter((action) => action !== FREE);
  return { Version: '2012-10-17', Statement: [{ Sid: 'Doctor', Effect: 'Allow', Action, Resource: '*' }] };
}

/** docs/doctor.md */
export function doctorPage(): string {
  const actions = readActions().filter((action) => action !== FREE);
  return `${INTRODUCTION}
## Before the first apply

\`npm run doctor -- dev --before\`. None of these stands on another, so all are done.

${checkTable(BEFORE_APPLY)}

## After apply

In this order, as each stands on those before it. It ends at the first that finds something; \`--all\` goes on.

${checkTable(AFTER_APPLY)}

## Permissions

It calls ${actions.length} actions of AWS, all of which read; \`${FREE}\` needs no permission. In the cluster it lists objects, Secrets of
kube-system among them (where Helm keeps its releases), which \`AmazonEKSAdminViewPolicy\` allows.

\`\`\`json
${JSON.stringify(doctorPolicy(), undefined, 2)}
\`\`\`

## Known failures

What events and the log of the controller say is looked up here; the first that fits counts.

| failure | says | cause | what mends it |
|---|---|---|---|
${KNOWN_FAILURES.map(
  ({ id, pattern, cause, remedy, issue }) =>
    `| [${id}](${issue}) | \`${cell(pattern)}\` | ${cell(cause)} | ${cell(remedy)} |`,
).join('\n')}
`;
}

const INTRODUCTION = `# Doctor

\`\`\`sh
npm run doctor -- dev [--before] [--all] [--json]
\`\`\`

It looks along the way of a request, from the cluster to the answer, and names the first broken link: what is broken, how it was seen,
what usually causes it, and the field of the environment or the command that mends it. It reads only, with the credentials of the
process, and needs nothing in the account. It works on a cluster and a VPC that were there before, too.

It ends with 0 if all holds, with 1 if something is broken, and with 2 if nothing is but something couldn't be looked at: that is said as
"not judged", with why. What is expected comes from the environment, its synthesized stacks and the preview.

Load balancers are asked under their names. Where those lead nowhere (an internal one, the sandbox), \`--connect-to NAME:PORT:HOST:PORT\`
says who is asked instead, as curl's option of that name does. In the sandbox add-ons of EKS have no pods, pods have no log, and some
APIs of AWS are not emulated: these checks say that they judge nothing.

<!-- Made by \`npm run doctor -- --page\` from the checks and their catalogue. -->
`;

function checkTable(checks: readonly DoctorCheck[]): string {
  const rows = checks.map(
    ({ id, title, needs, explain }) =>
      `| \`${id}\` | ${cell(title)} | ${cell(explain)} | ${needs.join(', ')} |`,
  );
  return ['| check | what holds | why it breaks | reads |', '|---|---|---|---|', ...rows].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');
