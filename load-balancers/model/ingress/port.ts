/** A port as Go's intstr.Parse reads it: by number if it is one of 32 bits, otherwise by name. */
export function portOf(written: string): number | string {
  const port = Number(written);
  return /^[+-]?\d+$/.test(written) && port === (port | 0) ? port | 0 : written;
}
