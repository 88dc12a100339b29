import { isUnknown, nearest } from '../problem';
import limits from './data/attributes.json';
import { quoted, text, whole, type Judgement, type Kind, type Wrong } from './kind';
import { KINDS } from './values';

/** Attributes of load balancers, target groups and listeners by key. */
export const attributeLimits = limits;

/** What AWS takes as the value of an attribute. */
interface Attribute {
  /** Types of load balancers. */
  readonly for: readonly string[];
  readonly oneOf?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly notBeginning?: readonly string[];
  /** Of its text. */
  readonly kind?: string;
}

type Attributes = Readonly<Record<string, Attribute>>;
type LoadBalancerType = 'application' | 'network';
type Pairs = Readonly<Record<string, string>>;

const NAMES = { application: 'an Application Load Balancer', network: 'a Network Load Balancer' } as const;

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const ANY = text('at most 1024 characters', (value) =>
  value.length > 1024
    ? { reason: `it has ${value.length} characters of at most 1024`, remedy: 'write a shorter one' }
    : undefined,
);

/** Attributes by their keys in AWS's words: of load balancers, target groups or listeners. */
function attributes(
  level: keyof typeof limits,
  type: LoadBalancerType,
  others: Attributes = {},
): Kind<Pairs> {
  const all: Attributes = { ...limits[level], ...others };
  const own = Object.keys(all).filter((key) => all[key]?.for.includes(type));
  return {
    form: { type: 'map' },
    limit: `attributes of ${NAMES[type]}: see its documents`,
    judge: (pairs) =>
      Object.entries(pairs).flatMap(([at, value]): Judgement[] => {
        const attribute = all[at];
        if (isUnknown(at)) return [];
        const wrong =
          attribute === undefined
            ? unknownKey(at, own)
            : attribute.for.includes(type)
              ? valueWrong(value, attribute)
              : { reason: `${NAMES[type]} has no such attribute`, remedy: 'leave it out' };
        return wrong === undefined ? [] : [{ ...wrong, at, value }];
      }),
  };
}

/** AWS may have one that came later. */
function unknownKey(key: string, all: readonly string[]): Wrong {
  const like = nearest(key, all);
  return {
    reason: 'no such attribute is known',
    remedy: like === undefined ? 'see that AWS has it' : `write '${like}'`,
    ...(like === undefined && { warning: true }),
  };
}

function valueWrong(value: string, attribute: Attribute): Wrong | undefined {
  const { oneOf = [], min, max, notBeginning = [], kind } = attribute;
  if (isUnknown(value) || oneOf.includes(value)) return undefined;
  if (min !== undefined) {
    const range = whole(min, max);
    const [wrong] = range.judge(/^\d+$/.test(value) ? Number(value) : NaN);
    return wrong && { ...wrong, remedy: [wrong.remedy, ...oneOf.map((word) => quoted(word))].join(' or ') };
  }
  const beginning = notBeginning.find((each) => value.startsWith(each));
  if (beginning !== undefined)
    return {
      reason: `AWS keeps names that begin with ${beginning} for itself`,
      remedy: 'write another name',
    };
  if (oneOf.length > 0)
    return { reason: `it must be one of ${oneOf.join(', ')}`, remedy: `write ${quoted(oneOf)}` };
  // Empty it says that there is none.
  if (value === '') return undefined;
  const ofText: Kind<string> = kind === 'bucket' || kind === 'logPrefix' ? KINDS[kind] : ANY;
  return ofText.judge(value)[0];
}

/** Units of capacity in the words of the annotation. */
const capacity: Kind<Pairs> = {
  form: { type: 'map' },
  limit: `CapacityUnits=${KINDS.capacityUnits.limit}`,
  judge: (pairs) =>
    Object.entries(pairs).flatMap(([key, value]): Judgement[] => {
      const remedy = "write 'CapacityUnits=3000'";
      if (key !== 'CapacityUnits') {
        const reason = `invalid key to set the capacity: ${key}, Expected key: CapacityUnits`;
        return [{ value: `${key}=${value}`, reason, remedy }];
      }
      if (isUnknown(value)) return [];
      const units = /^[+-]?\d+$/.test(value) ? Number(value) : NaN;
      return KINDS.capacityUnits.judge(units).map((wrong) => ({ ...wrong, value }));
    }),
};

/** Kinds of maps whose keys each have a kind of their own. */
export const ATTRIBUTE_KINDS = {
  loadBalancerAttributes: attributes('loadBalancer', 'application'),
  networkLoadBalancerAttributes: attributes('loadBalancer', 'network'),
  targetGroupAttributes: attributes('targetGroup', 'application'),
  // Of the same name as an Application Load Balancer's, with another value.
  networkTargetGroupAttributes: attributes('targetGroup', 'network', {
    'stickiness.type': { for: ['network'], oneOf: ['source_ip'] },
  }),
  listenerAttributes: attributes('listener', 'application'),
  networkListenerAttributes: attributes('listener', 'network'),
  capacity,
} as const;
