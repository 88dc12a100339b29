import { type DoctorCheck, type DoctorFinding, NotJudged } from './check';
import { ClusterError } from '../kit/cluster-api';
import { type Look } from './look';

/** What came of a check. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly state: 'holds' | 'broken' | 'not judged';
  readonly findings: readonly DoctorFinding[];
  /** Why it isn't judged. */
  readonly reason?: string;
}

/** What is said of an environment. */
export interface Diagnosis {
  readonly environment: string;
  readonly results: readonly CheckResult[];
  /** Ids of the checks after the first broken link, which nobody did. */
  readonly notReached: readonly string[];
}

/** Exit codes: all holds, something is broken, something couldn't be looked at and nothing that could is broken. */
export function exitCode({ results }: Diagnosis): 0 | 1 | 2 {
  if (results.some(({ state }) => state === 'broken')) return 1;
  return results.some(({ state }) => state === 'not judged') ? 2 : 0;
}

/** Does the checks in their order, up to the first that finds something; all of them where that is asked for. */
export async function diagnose(
  look: Look,
  checks: readonly DoctorCheck[],
  { all, done }: { readonly all: boolean; readonly done: (result: CheckResult) => void },
): Promise<Diagnosis> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await resultOf(check, look);
    results.push(result);
    done(result);
    if (result.state === 'broken' && !all) break;
  }
  return {
    environment: look.environment.name,
    results,
    notReached: checks.slice(results.length).map(({ id }) => id),
  };
}

async function resultOf({ id, title, explain, run }: DoctorCheck, look: Look): Promise<CheckResult> {
  try {
    const findings = (await run(look)).map((finding) => ({ cause: explain, ...finding }));
    return { id, title, state: findings.some(({ warning }) => !warning) ? 'broken' : 'holds', findings };
  } catch (error) {
    return { id, title, state: 'not judged', findings: [], reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name } = error;
  const message = error.message.trim().split('\n')[0] ?? '';
  if (error instanceof NotJudged) return message;
  if (/AccessDenied|UnauthorizedOperation|Unauthorized/.test(name))
    return `AWS refuses to answer (${message}); docs/doctor.md has the policy that lets it`;
  if (error instanceof ClusterError && error.status === 403)
    return 'the cluster refuses to answer: the identity of this process may not read that kind (cluster.accessEntries)';
  return message === '' || message === 'Error' ? name : `${name}: ${message}`;
}
