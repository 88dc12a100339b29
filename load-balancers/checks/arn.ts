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

type Here = Partial<Pick<Arn, 'partition' | 'region' | 'account'>>;

/** Why a resource can't be used here, if so: what a load balancer uses is in its own account, Region and partition. */
export function reasonElsewhere(text: string, here: Here): string[] {
  const arn = parseArn(text);
  const part = (['partition', 'region', 'account'] as const).find(
    (each) => arn && here[each] !== undefined && arn[each] !== '' && arn[each] !== here[each],
  );
  return arn && part ? [`it is in ${part} ${arn[part]}, the load balancer in ${String(here[part])}`] : [];
}

/** An ARN of a certificate that could be used here, as an example. */
export function certificateExample({
  partition = 'aws',
  region = 'eu-west-1',
  account = '111122223333',
}: Here) {
  return `arn:${partition}:acm:${region}:${account}:certificate/…`;
}
