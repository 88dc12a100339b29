import { describe, expect, it } from '@jest/globals';
import { NotJudged, type DoctorCheck, type DoctorFinding } from '../../../tools/doctor/check';
import { fits } from '../../../tools/doctor/checks/controller-policy';
import { overlaps } from '../../../tools/doctor/checks/before-apply';
import { loggedFailure } from '../../../tools/doctor/checks/reconciled';
import { failureFinding } from '../../../tools/doctor/catalogue';
import { ClusterError } from '../../../tools/kit/cluster-api';
import { diagnose, exitCode } from '../../../tools/doctor/diagnosis';
import { type Look } from '../../../tools/doctor/look';
import { resultText, summaryText } from '../../../tools/doctor/report';

const look = { environment: { name: 'dev' } } as unknown as Look;
const finding: DoctorFinding = { what: 'It is broken', seen: 'seen so', remedy: 'mend it' };
const check = (id: string, run: DoctorCheck['run']): DoctorCheck => ({
  id,
  title: `Title of ${id}`,
  needs: [],
  explain: 'the usual cause',
  run,
});
const holds = check('holds', () => Promise.resolve([]));
const broken = check('broken', () => Promise.resolve([finding]));
const blind = check('blind', () => Promise.reject(new NotJudged('nobody knows')));
const fails = (error: Error) => check('fails', () => Promise.reject(error));
const diagnosed = (checks: readonly DoctorCheck[], all = false) =>
  diagnose(look, checks, { all, done: () => undefined });

describe('a diagnosis', () => {
  it('ends at the first broken link, and says what it did not look at', async () => {
    const { results, notReached } = await diagnosed([holds, broken, blind]);
    expect(results.map(({ state }) => state)).toEqual(['holds', 'broken']);
    expect(notReached).toEqual(['blind']);
  });

  it('goes on where all is asked for', async () => {
    const { results, notReached } = await diagnosed([broken, holds], true);
    expect(results.map(({ state }) => state)).toEqual(['broken', 'holds']);
    expect(notReached).toEqual([]);
  });

  it.each([
    ['all holds', [holds], 0],
    ['something is broken', [blind, broken], 1],
    ['something could not be looked at', [holds, blind], 2],
  ])('ends with its code where %s', async (_, checks, code) => {
    expect(exitCode(await diagnosed(checks))).toBe(code);
  });

  it('gives a finding the usual cause, unless it has its own', async () => {
    const own = check('own', () => Promise.resolve([{ ...finding, cause: 'another' }]));
    const { results } = await diagnosed([broken, own], true);
    expect(results.flatMap(({ findings }) => findings.map(({ cause }) => cause))).toEqual([
      'the usual cause',
      'another',
    ]);
  });

  it.each([
    [new NotJudged('nobody knows'), 'nobody knows'],
    [
      Object.assign(new Error('may not'), { name: 'AccessDeniedException' }),
      /AWS refuses .*may not.*doctor\.md/,
    ],
    [new ClusterError(403, 'forbidden'), /cluster\.accessEntries/],
    [new ClusterError(500, '/api: no'), 'Kubernetes 500: /api: no'],
    [Object.assign(new Error(''), { name: 'TimeoutError' }), 'TimeoutError'],
  ])('says why it could not look: %s', async (error, reason) => {
    const { results } = await diagnosed([fails(error)]);
    expect(results[0]).toMatchObject({ state: 'not judged', reason: expect.stringMatching(reason) });
  });

  it('is told with what is broken, how it was seen, its cause and what mends it', async () => {
    const withIssue = check('issue', () => Promise.resolve([{ ...finding, issue: 'https://an.issue' }]));
    const diagnosis = await diagnosed([holds, blind, withIssue, holds]);
    const text = diagnosis.results.map(resultText).join('\n');
    for (const part of ['✓ Title of holds (holds)', 'not judged: nobody knows', 'It is broken', 'seen so'])
      expect(text).toContain(part);
    for (const part of ['the usual cause', 'mend it', 'https://an.issue']) expect(text).toContain(part);
    expect(summaryText(diagnosis)).toBe(
      'dev: 1 hold, 1 broken, 1 not judged, 1 after it not looked at (--all goes on)',
    );
  });
});

describe('what is wanted of a policy', () => {
  const unknown = '(known after apply)';
  it.each([
    ['the same', { Action: ['a', 'b'] }, { Action: ['b', 'a'] }, true],
    ['an action less', { Action: ['a', 'b'] }, { Action: ['a'] }, false],
    ['another condition', { C: { x: 'true' } }, { C: { x: 'false' } }, false],
    ['a condition less', { A: 'a', C: { x: 'true' } }, { A: 'a' }, false],
    ['what is known after apply', `arn:vpc/${unknown}`, 'arn:vpc/vpc-1', true],
    ['nothing where something has to be', `arn:vpc/${unknown}`, 'arn:vpc/', false],
    ['signs that mean something in patterns', 'a*', 'ab', false],
    ['a list for a text', 'a', ['a'], false],
    ['numbers', 1, 1, true],
  ])('is compared with %s', (_, wanted, there, same) => {
    expect(fits(wanted, there)).toBe(same);
  });
});

describe('a line of the log', () => {
  it.each([
    ['{"level":"error","msg":"Reconciler error","error":"no subnet"}', 'Reconciler error: no subnet'],
    ['{"level":"fatal","msg":"ends"}', 'ends'],
    ['{"level":"info","msg":"all is well"}', undefined],
    ['{"level":"error", cut off', undefined],
    ['panic: nil', 'panic: nil'],
    ['I1128 started', undefined],
  ])('%s', (line, failure) => {
    expect(loggedFailure(line)).toBe(failure);
  });

  it('is looked up in the catalogue', () => {
    expect(failureFinding('It fails', 'log', 'TooManyRules: at most 100').issue).toMatch(/1856$/);
    expect(failureFinding('It fails', 'log', 'the moon is full').issue).toBeUndefined();
  });
});

it.each([
  ['10.0.0.0/16', '10.0.128.0/17', true],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['0.0.0.0/0', '192.168.0.0/24', true],
])('%s and %s overlap: %s', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected);
  expect(overlaps(other, one)).toBe(expected);
});
