/** JSON of annotations as Go reads it: names of fields match whatever their case. */

export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const folded = name.toLowerCase();
  // The last one wins, as in Go.
  return Object.entries(value).findLast(([key]) => key.toLowerCase() === folded)?.[1] ?? undefined;
}

export function textOf(value: unknown, name: string): string | undefined {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : undefined;
}

/** Empty where there is none. */
export function wordOf(value: unknown, name: string): string {
  return textOf(value, name) ?? '';
}

export function numberOf(value: unknown, name: string): number | undefined {
  const field = fieldOf(value, name);
  return typeof field === 'number' ? field : undefined;
}

export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function textsOf(value: unknown, name: string): readonly string[] {
  return itemsOf(fieldOf(value, name)).filter((item) => typeof item === 'string');
}
