/** The part of JSON Schema in which facts are described. */
type Described =
  | { readonly type: 'string'; readonly enum?: readonly string[]; readonly minLength?: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'integer'; readonly minimum?: number }
  | { readonly type: 'array'; readonly items: Described }
  | { readonly type: 'object'; readonly additionalProperties: Described }
  | {
      readonly type: 'object';
      readonly additionalProperties: false;
      readonly properties: Readonly<Record<string, Described>>;
      readonly required?: readonly string[];
    };

type Told<D> = D extends { readonly enum: readonly (infer Word)[] }
  ? Word
  : D extends { readonly type: 'string' }
    ? string
    : D extends { readonly type: 'integer' }
      ? number
      : D extends { readonly type: 'boolean' }
        ? boolean
        : D extends { readonly items: infer Item }
          ? readonly Told<Item>[]
          : D extends { readonly properties: infer Fields; readonly required: readonly (infer Needed)[] }
            ? { readonly [F in keyof Fields as F extends Needed ? F : never]: Told<Fields[F]> } & {
                readonly [F in keyof Fields as F extends Needed ? never : F]?: Told<Fields[F]>;
              }
            : D extends { readonly additionalProperties: infer Value }
              ? Readonly<Record<string, Told<Value>>>
              : never;

const TEXT = { type: 'string', minLength: 1 } as const;
const TEXTS = { type: 'array', items: TEXT } as const;
const fields = { type: 'object', additionalProperties: false } as const;

/** What only AWS knows, of the account and Region of the cluster, in JSON Schema. What isn't given isn't judged. */
export const FACTS_SCHEMA = {
  ...fields,
  required: [],
  properties: {
    clusterName: TEXT,
    /** Those of the cluster's VPC. */
    subnets: {
      type: 'array',
      items: {
        ...fields,
        required: ['id', 'zone'],
        properties: {
          id: TEXT,
          /** Name or id of its zone, such as `eu-west-1a`. */
          zone: TEXT,
          /** @default - told from the zone's name */
          zoneType: {
            type: 'string',
            enum: ['availability-zone', 'local-zone', 'wavelength-zone', 'outpost'],
          },
          /** Routed to an internet gateway. */
          public: { type: 'boolean' },
          ipv4Network: TEXT,
          /** Empty if it has none. */
          ipv6Networks: TEXTS,
          freeAddresses: { type: 'integer', minimum: 0 },
          /** All of them; its name is the tag `Name`. */
          tags: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
    },
    /** All that ACM has issued or imported there. */
    certificates: {
      type: 'array',
      items: {
        ...fields,
        required: ['arn', 'domains'],
        properties: {
          arn: TEXT,
          /** Its names, with wildcards. */
          domains: TEXTS,
          /** @default - Amazon, or whoever it was imported from */
          certificateAuthorityArn: TEXT,
        },
      },
    },
    securityGroups: {
      type: 'array',
      items: { ...fields, required: ['id', 'name'], properties: { id: TEXT, name: TEXT } },
    },
    /** Of WAFv2, of regional scope. */
    webAcls: {
      type: 'array',
      items: { ...fields, required: ['arn', 'name'], properties: { arn: TEXT, name: TEXT } },
    },
    /** Those that bindings may name. */
    targetGroups: {
      type: 'array',
      items: {
        ...fields,
        required: ['arn', 'name', 'targetType', 'protocol', 'ipAddressType', 'vpcId'],
        properties: {
          arn: TEXT,
          name: TEXT,
          targetType: { type: 'string', enum: ['instance', 'ip', 'lambda', 'alb'] },
          protocol: TEXT,
          ipAddressType: { type: 'string', enum: ['ipv4', 'ipv6'] },
          vpcId: TEXT,
        },
      },
    },
  },
} as const satisfies Described;

export type Facts = Told<typeof FACTS_SCHEMA>;
export type SubnetFact = NonNullable<Facts['subnets']>[number];
export type CertificateFact = NonNullable<Facts['certificates']>[number];
export type TargetGroupFact = NonNullable<Facts['targetGroups']>[number];
