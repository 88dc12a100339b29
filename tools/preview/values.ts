/** Values as JSON and YAML have them. */
export type Values = Readonly<Record<string, unknown>>;

/** Where one of them is in another. */
export type Path = readonly (string | number)[];

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
