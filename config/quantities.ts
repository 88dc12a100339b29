/** CPUs of a quantity such as `250m`. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export function cpuOf(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}

const POWERS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** Bytes of a quantity such as `128Mi`. */
export function bytesOf(quantity: string): number {
  const [, number = '0', unit = '', binary = ''] = /^([\d.]+)([KMGTPE]?)(i?)$/.exec(quantity) ?? [];
  return Number(number) * (binary ? 1024 : 1000) ** POWERS.indexOf(unit);
}
