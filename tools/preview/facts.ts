import { z } from 'zod';
import { type Facts } from '../../load-balancers/model';
import { formatProblem, problemsOf, type Immutable } from '../../load-balancers/problem';
import { InputError } from '../kit/input-error';
import { documentsOf } from './documents';

const text = z.string().min(1);

/** What `--facts` takes: what only AWS knows. A test holds its type equal to {@link Facts}. */
export const factsSchema = z
  .strictObject({
    clusterName: text.describe('Name of the cluster').optional(),
    subnets: z
      .array(
        z.strictObject({
          id: text.describe('Such as subnet-0123456789abcdef0'),
          zone: text.describe('Name or id of its zone'),
          zoneType: z.enum(['availability-zone', 'local-zone', 'wavelength-zone', 'outpost']).optional(),
          public: z.boolean().describe('Whether it is routed to an internet gateway').optional(),
          ipv4Network: text.optional(),
          ipv6Networks: z.array(text).describe('Empty if it has none').optional(),
          freeAddresses: z.int().min(0).optional(),
          tags: z.record(z.string(), z.string()).describe('All of them').optional(),
        }),
      )
      .describe("Those of the cluster's VPC")
      .optional(),
    certificates: z
      .array(
        z.strictObject({
          arn: text,
          domains: z.array(text).describe('Its names, with wildcards'),
          certificateAuthorityArn: text.optional(),
        }),
      )
      .describe('All that ACM has')
      .optional(),
    securityGroups: z.array(z.strictObject({ id: text, name: text })).optional(),
    webAcls: z
      .array(z.strictObject({ arn: text, name: text }))
      .describe('Of WAFv2, regional')
      .optional(),
  })
  .describe('What only AWS knows of the account and Region; what is not given is not judged');

/** @throws {InputError} for what is no facts */
export function readFacts(name: string, written: string): Facts {
  const [facts = {}] = documentsOf({ name, text: written }).places.map(({ value }) => value);
  const problems = problemsOf(factsSchema, facts, name);
  if (problems.length > 0) throw new InputError(problems.map(formatProblem).join('\n'));
  return facts as Immutable<z.infer<typeof factsSchema>>;
}
