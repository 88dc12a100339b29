import { z } from 'zod';
import { STACKS } from '../kit/stack-id';
import { previewSchema } from '../preview/schema';
import { boolean, array, number, part, string, texts, choice } from '../preview/schema/fields';
import { RISK_CODES, RISK_KINDS } from './risks/risk';

/**
 * The JSON that a report prints, as a schema: the source of `docs/plan-report.schema.json`. `npm run synth-diff -- --format json` prints a
 * list of such reports, one an environment. A test holds that what is printed fits.
 */

const ACTIONS = ['create', 'update', 'replace', 'delete', 'forget', 'unknown', 'read', 'no-op'] as const;
const stack = choice(STACKS, 'Stack of the environment');
const address = string('Address, as Terraform writes it');
const value = (description: string) => z.unknown().describe(description).optional();
const amount = (description: string) => z.number().describe(description);
const loadBalancer = previewSchema.shape.LoadBalancers.element;
const rule = loadBalancer.shape.Listeners.element.shape.Rules.element;

const accepted = {
  until: string('Last day, YYYY-MM-DD'),
  why: string('Why it is right'),
};

const risk = part('Risk', 'Something that can hurt', {
  code: choice(RISK_CODES, 'Name for --fail-on'),
  kind: choice(RISK_KINDS, 'What is lost, or at stake; the worst first'),
  stack,
  address,
  noun: string('What is at risk, in words of the program'),
  words: string('What would happen, in words of the program'),
  values: texts('Values of the plan that say so; of hidden ones, where they are'),
  accepted: part('Acceptance', 'What the environment says of it', {
    ...accepted,
    expired: boolean('Whether that day is over, so that the risk counts'),
  }).optional(),
});

const statementShape = {
  Effect: string('Allow or Deny'),
  Principal: texts('For whom; none in a policy of an identity'),
  NotPrincipal: texts('For all but these'),
  Action: texts('Actions, with * and ?'),
  NotAction: texts('All actions but these'),
  Resource: texts('Resources, with * and ?'),
  NotResource: texts('All resources but these'),
  Condition: array(
    part('Condition', 'What must hold of a request', {
      operator: string('Operator, such as StringEquals'),
      key: string('Key of the request'),
      values: texts('Values of which one must be there'),
    }),
    'All of them must hold',
  ),
};
const statement = part('Statement', 'A statement of a policy', statementShape);
const marked = part('MarkedStatement', 'A statement, and what makes it worth a look', {
  ...statementShape,
  wildcards: texts('Wildcards that give more than a list names'),
  escalations: texts('Actions by which whoever has them can give himself more'),
  dataReads: texts('Actions that read what is stored, of whatever there is'),
  isPublic: boolean('Whether anybody may use it'),
  isStranger: boolean(
    'Whether it is for others than the own account, and services that act for something named',
  ),
});

const iam = part('IamChange', 'What becomes of the permissions that one resource gives', {
  stack,
  address,
  attribute: string('Attribute that holds the policy; empty where there is none'),
  existed: boolean('Whether there was a policy before'),
  gained: array(marked, "What is written that wasn't before"),
  lost: array(statement, "What was written and isn't any more"),
  admitted: array(
    marked,
    "What is let through that wasn't before, however written; a Deny is one that no longer holds",
  ),
  principals: texts("Whose that weren't before"),
  grants: array(
    part('Grant', 'A permission without a document of its own', {
      sign: choice(['gained', 'lost'], 'Whether it comes or goes'),
      words: string('What it is'),
      values: texts('What it names'),
      wildcard: boolean('Whether it gives all that there is'),
      isPublic: boolean('Whether it gives anybody a way in').optional(),
      readsData: boolean('Whether it lets all that is stored be read').optional(),
      principal: string('Whose it is').optional(),
    }),
    'Policies of AWS, access entries and the like',
  ),
  unknown: boolean('Whether the policy, or a part of it, is known after apply only'),
  hidden: boolean('Whether the policy must not be shown'),
});

const field = part('FieldDifference', 'A setting on both sides', {
  Field: string('Path of the setting'),
  Before: value('Before; not there if not set'),
  After: value('After; not there if not set any more'),
});
const loadBalancers = part('LoadBalancers', 'What becomes of load balancers of the controller', {
  changes: array(
    part('LoadBalancerChange', 'A load balancer that changes', {
      id: string('Group, or namespace/name'),
      stack,
      addresses: texts('Resources that it is made of'),
      before: loadBalancer.optional(),
      after: loadBalancer.optional(),
      Change: choice(
        ['made', 'deleted', 'replaced', 'changed', 'frozen', 'abandoned'],
        'frozen stays as it is since it is refused; abandoned stays behind without its controller',
      ),
      ReplacedFor: array(z.enum(['Type', 'Scheme']), 'Fields for which it is replaced'),
      Refused: texts('Objects of it that would be refused'),
      Fields: array(field, 'What is set otherwise'),
      Stays: array(field, "What isn't said any more, and stays as it is"),
      Rules: array(
        part('RuleDifference', 'A rule on both sides', {
          Port: number('Port of the listener'),
          Change: choice(['added', 'removed', 'moved', 'changed'], 'What becomes of it'),
          Before: rule.optional(),
          After: rule.optional(),
        }),
        'Rules, by priority',
      ),
      LostCertificates: array(
        part('LostCertificate', 'A certificate that goes', {
          Port: number('Port of the listener'),
          CertificateArn: string('ARN'),
        }),
        'Certificates that go',
      ),
      ReplacedTargetGroups: texts('Target groups that are made anew'),
    }),
    'Load balancers that change',
  ),
  refused: array(
    part('RefusedObject', 'An object that would be refused', { stack, address, message: string('Why') }),
    'What was not refused before',
  ),
  unread: texts("Why load balancers can't be told at all"),
  notes: texts('What can not be shown, and what was taken for granted'),
});

const resource = part('ResourceChange', 'What becomes of a resource', {
  address,
  type: string('Type'),
  action: choice(ACTIONS, 'What would be done; unknown is what a later Terraform may do'),
  before: value('Values before, masked'),
  after: value('Values after, masked'),
  replacePaths: array(
    z.array(z.union([z.string(), z.number()])),
    'Attributes that make an update impossible',
  ),
  createBeforeDestroy: boolean('Whether the new one is there before the old one goes').optional(),
  tainted: boolean('Whether an earlier run failed half-way').optional(),
  reason: string('Why, in the words of Terraform').optional(),
  importId: string('Id of what comes under control').optional(),
  runs: texts('What Terraform runs where it runs itself').optional(),
  movedFrom: string('Its address until now').optional(),
});

const count = (what: string) => number(`Resources ${what}`);
const summary = part('StackSummary', 'A stack in numbers', {
  stack,
  status: choice(['changes', 'no changes', 'incomplete', 'blocked', 'no plan'], 'State of its plan'),
  add: count('to add'),
  change: count('to change'),
  replace: count('to replace'),
  destroy: count('to destroy'),
  unchanged: count('that stay as they are'),
  imported: count('to import'),
  moved: count('that have moved'),
  forgotten: count('to forget'),
  changedOutputs: number('Outputs that change'),
  waitsFor: array(
    part('Wait', 'Outputs that it has not read', { stack, outputs: texts('Names') }),
    'Why it is blocked',
  ),
});

const reportSchema = z
  .strictObject({
    version: z
      .literal(1)
      .describe('Of this form: a higher one where something is missing, or means something else'),
    environment: string('Name of the environment'),
    base: string('What synthesized stacks are compared with; not there in a report on plans').optional(),
    summary: array(summary, 'Stacks in the order in which they are applied'),
    risks: array(risk, 'What can hurt, the worst first'),
    idleAcceptances: array(
      part('AcceptedRisk', 'An entry of accepted in the environment', {
        rule: string('Code of a risk'),
        address,
        ...accepted,
      }),
      'Entries whose day is over, and that nothing here is about',
    ),
    iam: array(iam, 'Permissions gained and lost'),
    loadBalancers,
    cost: part('Cost', 'The difference in US dollars a month of what is billed by existing', {
      region: string('AWS Region; not there if unknown').optional(),
      items: array(
        part('CostItem', 'An item of the price table', {
          stack,
          item: string('Name'),
          before: amount('So many now; not there if unknown').optional(),
          after: amount('So many afterwards; not there if unknown').optional(),
          price: amount('Of one in a month; not there if unknown').optional(),
          difference: amount('What it adds; not there if unknown').optional(),
          source: string('Where the price was read, and when').optional(),
        }),
        'Items that differ',
      ),
      difference: amount('Sum of the known differences: no sum of all while something is unknown'),
      unknown: number('Items without a known price or quantity'),
    }),
    stacks: array(
      part('StackChanges', 'What becomes of a stack', {
        stack,
        region: string('AWS Region').optional(),
        account: string('AWS account').optional(),
        incomplete: boolean('Whether some changes are missing').optional(),
        errored: boolean('Whether the run failed').optional(),
        failedChecks: texts('Checks that do not hold').optional(),
        resources: array(resource, 'Resources'),
        drift: array(resource, 'What changed outside of Terraform'),
        outputs: array(
          part('OutputChange', 'What becomes of an output', {
            name: string('Name'),
            action: choice(ACTIONS, 'What would be done'),
            before: value('Value before, masked'),
            after: value('Value after, masked'),
          }),
          'Outputs',
        ),
        reads: z
          .record(z.string(), z.record(z.string(), z.unknown()))
          .describe('Outputs of other stacks as it read them'),
      }),
      'The plans',
    ),
  })
  .describe('What a reviewer should know of plans; nothing that is marked as sensitive is in it');

/** As `docs/plan-report.schema.json` has it. */
export function reportJsonSchema(): unknown {
  return {
    ...z.toJSONSchema(reportSchema, { target: 'draft-2020-12', unrepresentable: 'any' }),
    title: 'npm run plan-report -- --format json',
  };
}
