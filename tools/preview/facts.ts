import { z } from 'zod';
import { FACTS_SCHEMA, type Facts } from '../../load-balancers/model';
import { formatProblem, problemsOf } from '../../load-balancers/problem';
import { InputError } from '../kit/input-error';
import { documentsOf } from './documents';

/** @throws {InputError} for what is no facts */
export function readFacts(name: string, written: string): Facts {
  const [facts = {}] = documentsOf({ name, text: written }).places.map(({ value }) => value);
  const problems = problemsOf(
    z.fromJSONSchema(FACTS_SCHEMA as unknown as z.core.JSONSchema.JSONSchema),
    facts,
    name,
  );
  if (problems.length > 0) throw new InputError(problems.map(formatProblem).join('\n'));
  return facts as Facts;
}
