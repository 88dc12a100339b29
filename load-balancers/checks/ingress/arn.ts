/** The parts of an ARN. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const found =
    /^arn:(?<partition>[^:]+):(?<service>[^:]+):(?<region>[^:]*):(?<account>[^:]*):(?<resource>.+)$/.exec(
      text,
    );
  return found?.groups as Arn | undefined;
}

/** Why a resource can't be used here, if so: what the load balancer uses is in its own account, region and partition. */
export function elsewhere(
  arn: Arn,
  here: { readonly partition?: string; readonly region?: string; readonly account?: string },
): string | undefined {
  const differs = (part: 'partition' | 'region' | 'account') =>
    here[part] !== undefined && arn[part] !== '' && arn[part] !== here[part];
  const part = (['partition', 'region', 'account'] as const).find(differs);
  return part === undefined
    ? undefined
    : `it is in ${part} ${arn[part]}, the load balancer in ${String(here[part])}`;
}
