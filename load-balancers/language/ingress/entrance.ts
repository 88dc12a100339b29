import { type IngressClassParamsSpec } from '../../model';
import { type AlbIngressSettings } from '../fields/ingress';

/** Where clients come in. */
export interface Entrance {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
}

/** The listeners of an Ingress, named or by default. */
export function entrancesOf(
  {
    listeners,
    certificateArns,
    certificateManagement,
  }: Pick<AlbIngressSettings, 'listeners' | 'certificateArns' | 'certificateManagement'>,
  params: IngressClassParamsSpec = {},
): readonly Entrance[] {
  if (listeners) return listeners;
  return certificateArns || certificateManagement || params.certificateArn?.length
    ? [{ protocol: 'HTTPS', port: 443 }]
    : [{ protocol: 'HTTP', port: 80 }];
}

/** Where a person comes in: by HTTPS, where there is any. */
export function mainEntrance(...of: Parameters<typeof entrancesOf>): Entrance {
  const entrances = entrancesOf(...of);
  return (
    entrances.find(({ protocol }) => protocol === 'HTTPS') ?? entrances[0] ?? { protocol: 'HTTP', port: 80 }
  );
}

/** `https://shop.example.com:8443`, without a port that the protocol has anyway. */
export function origin(
  hostname: string,
  { protocol, port }: Entrance = { protocol: 'HTTP', port: 80 },
): string {
  const usual = port === (protocol === 'HTTPS' ? 443 : 80);
  return `${protocol.toLowerCase()}://${hostname}${usual ? '' : `:${port}`}`;
}
