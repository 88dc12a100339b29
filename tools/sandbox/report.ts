import { mainOutputs } from '../kit/terraform/main-outputs';

/** What became of one stack. */
export interface StackReport {
  readonly stack: string;
  readonly state: 'applied' | 'not applied';
  readonly resources: number;
  readonly seconds: number;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Why it was not applied. */
  readonly reason?: string;
}

/** The report of a stack that was left out. */
export function notApplied(stack: string, reason: string): StackReport {
  return { stack, state: 'not applied', resources: 0, seconds: 0, outputs: {}, reason };
}

export function secondsSince(start: number): number {
  return (Date.now() - start) / 1000;
}

/** What a line of Terraform's says of a resource, if it is one that a person wants to follow. */
export function progressOf(line: string): string | undefined {
  const [, address, news] =
    /(\S+)(?: \([^)]*\))?: ((?:Creation|Destruction|Modifications|Still creating|Still destroying).*)/.exec(
      line,
    ) ?? [];
  if (address === undefined || news === undefined) return undefined;
  return `${address}: ${news.replace(/ \[id=.*/, '')}`;
}

const WIDEST = 90;

/** A table of the stacks with the outputs that a person uses. */
export function reportTable(reports: readonly StackReport[]): string {
  const head = ['stack', 'resources', 'seconds', 'main outputs'];
  const rows = reports.flatMap(({ stack, state, resources, seconds, outputs, reason }) => {
    if (state === 'not applied') return [[stack, '-', '-', `not applied: ${reason ?? 'unknown'}`]];
    const [first = '', ...more] = mainOutputs(outputs);
    return [[stack, String(resources), seconds.toFixed(1), first], ...more.map((line) => ['', '', '', line])];
  });
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        if (column === head.length - 1) return cell;
        return column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
      })
      .join('  ')
      .trimEnd();
  return [head, widths.map((width) => '-'.repeat(Math.min(width, WIDEST))), ...rows].map(line).join('\n');
}
