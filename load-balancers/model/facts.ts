/** What only AWS knows, of the account and Region of the cluster. What isn't given isn't judged. */
export interface Facts {
  readonly clusterName?: string;
  /** Those of the cluster's VPC. */
  readonly subnets?: readonly SubnetFact[];
  /** All that ACM has issued or imported there. */
  readonly certificates?: readonly CertificateFact[];
  readonly securityGroups?: readonly { readonly id: string; readonly name: string }[];
  /** Of WAFv2, of regional scope. */
  readonly webAcls?: readonly { readonly arn: string; readonly name: string }[];
}

export interface SubnetFact {
  readonly id: string;
  /** Name or id of its zone, such as `eu-west-1a`. */
  readonly zone: string;
  /** @default - told from the zone's name */
  readonly zoneType?: 'availability-zone' | 'local-zone' | 'wavelength-zone' | 'outpost';
  /** Routed to an internet gateway. */
  readonly public?: boolean;
  readonly ipv4Network?: string;
  /** Empty if it has none. */
  readonly ipv6Networks?: readonly string[];
  readonly freeAddresses?: number;
  /** All of them; its name is the tag `Name`. */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CertificateFact {
  readonly arn: string;
  /** Its names, with wildcards. */
  readonly domains: readonly string[];
  /** @default - Amazon, or whoever it was imported from */
  readonly certificateAuthorityArn?: string;
}
