import { z } from 'zod';
import { hostName, textLike } from './primitives';

/** Names of load balancers: who makes the records, and the certificate for HTTPS. */
export const dns = z.strictObject({
  /** Domain of a public hosted zone of Route 53 that is there already. */
  zone: hostName,
  /** Its id, where the account has several of the domain. @default - looked up by the domain */
  zoneId: textLike(
    /^Z[A-Z0-9]{1,31}$/,
    'write the id of a hosted zone such as Z0123456789ABCDEFGHIJ',
  ).optional(),
  /**
   * Alias records for the hosts of Ingresses: by Terraform in the stack that has the load balancers, by the add-on
   * external-dns, or by nobody. @default 'terraform'
   */
  records: z.enum(['terraform', 'external-dns', 'none']).default('terraform'),
  /** A certificate of ACM for the hosts, proved in the zone; Ingresses that name no listeners get HTTPS, and HTTP leads there. @default true */
  certificate: z.boolean().default(true),
});

export type DnsSettings = z.output<typeof dns>;
