import { type CheckResult } from '../doctor/diagnosis';
import { previewTable } from '../preview/table';
import { type UpgradePlan } from './plan';
import { type FileEdit } from './edit';

/** What came of looking at one thing. */
export function lookText({ id, title, state, findings, reason = '' }: CheckResult): string {
  if (state === 'not judged') return `? ${title} (${id})\n    not looked at: ${reason}`;
  const sign = state === 'broken' ? '✗' : findings.length > 0 ? '!' : '✓';
  return [
    `${sign} ${title} (${id})`,
    ...findings.map(
      ({ what, seen, cause, remedy }) =>
        `    ${what}\n      seen:   ${seen}\n      cause:  ${cause ?? ''}\n      remedy: ${remedy}`,
    ),
  ].join('\n');
}

/** A plan, without what was looked at. */
export function planText({ notes, order, preview }: UpgradePlan, width: number): string {
  const { Differences = [], Release, NotJudged = [], Refusals = [] } = preview ?? {};
  const changes =
    Release &&
    previewTable(
      { LoadBalancers: [], Findings: [], Notes: [], NotJudged, Refusals, Differences, Release },
      width,
    );
  return [
    ...(changes === undefined ? [] : ['', changes.trimEnd()]),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
    'Deploy in this order:',
    ...order.map(({ command, does }, index) => `  ${index + 1}. ${command}\n     ${does}`),
  ].join('\n');
}

/** Lines that change, as a diff has them. */
export function diffText(name: string, source: string, { text }: FileEdit): string {
  const [before, after] = [source, text].map((each) => each.split('\n')) as [string[], string[]];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end))
    end += 1;
  return [
    `${name}:${start + 1}`,
    ...before.slice(start, before.length - end).map((line) => `- ${line}`),
    ...after.slice(start, after.length - end).map((line) => `+ ${line}`),
  ].join('\n');
}
