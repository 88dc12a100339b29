import { INGRESS_PREFIX, SERVICE_PREFIX } from '../language';
import { keyOf, type KubernetesObject, type Refusal } from '../model';
import { nearest } from '../problem';
import rows from './data/remedies.json';

/** What a refusal is called, and what to write instead. */
export interface Explanation {
  readonly code: string;
  readonly remedy: string;
}

/** The words of the API server and of the controller, with what they ask for; the first row that fits counts. */
const ROWS = rows.map(({ words, ...row }) => ({ words: new RegExp(words), ...row }));

/**
 * What a refusal is called, and what to write instead.
 * @param value that is written there
 * @param objects in which the other things are that it speaks of
 */
export function explain(
  refusal: Refusal,
  value = '',
  objects: readonly KubernetesObject[] = [],
): Explanation {
  for (const { words, code, remedy } of ROWS) {
    const found = words.exec(refusal.Message);
    if (found === null) continue;
    const filled = remedy
      .replaceAll(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '')
      .replaceAll(
        /\{([a-zA-Z]+)\}/g,
        (whole, name: string) => WORDS[name]?.({ refusal, found, value, objects }) ?? whole,
      );
    return { code, remedy: filled.replace(/^write ([A-Z])(?=\w+Config)/, (all) => all.toLowerCase()) };
  }
  return { code: 'refused', remedy: 'write what its message asks for' };
}

interface Written {
  readonly refusal: Refusal;
  readonly found: readonly (string | undefined)[];
  readonly value: string;
  readonly objects: readonly KubernetesObject[];
}

/** What stands for itself in a remedy, in braces. */
const WORDS: Readonly<Record<string, (written: Written) => string>> = {
  type: ({ found }) => typeWords(found[2]),
  word: ({ found: [, value = '', all = ''] }) => {
    const words = all.replaceAll('"', '').split(', ');
    return `write ${nearest(value.replaceAll('"', ''), words) ?? words.join(' or ')}`;
  },
  host: ({ refusal: { Message } }) => {
    const [, host = ''] = /Invalid value: "(.*?)"/.exec(Message) ?? [];
    const name = /^[a-z]+:\/\/([^/:]+)/i.exec(host)?.[1] ?? /^([^/:]+)[/:]/.exec(host)?.[1] ?? host;
    return nameOf(name) || 'shop.example.com';
  },
  value: ({ value }) => value,
  stem: ({ value }) => value.replace(/\/?[*?].*$/s, '') || '/',
  wildcard: ({ value }) => {
    const name = value.replace(/^\*\./, '').replaceAll(/[^.]*\*[^.]*\.?/g, '');
    return `*.${name || 'example.com'}`;
  },
  ports: ({ found: [, , key], objects }) => {
    const service = objects.find((each) => each.kind === 'Service' && keyOf(each) === key);
    const ports = service?.kind === 'Service' ? (service.spec.ports ?? []) : [];
    const written = ports.map(({ name, port }) => (name === undefined ? `${port}` : `${port} (${name})`));
    return written.length === 0 ? '' : `: ${written.join(', ')}`;
  },
  name: ({ value }) => nameOf(value).slice(0, 63) || 'web',
  other: ({ refusal: { Other } }) => (Other === undefined ? '' : `: ${Other.Kind} ${Other.Name} says it too`),
  dualstack: ({ refusal: { Source: at, Blocks } }) => {
    const type = Blocks.startsWith('Service')
      ? `${SERVICE_PREFIX}aws-load-balancer-ip-address-type`
      : `${INGRESS_PREFIX}ip-address-type`;
    const subnets = `${type}: dualstack, with subnets that have IPv6`;
    return at?.Field === 'spec.ipFamilies'
      ? `write ipFamilies: [IPv4] on the Service, or ${subnets}`
      : `write ${subnets}, or leave it out`;
  },
  targetType: ({ refusal: { Blocks } }) =>
    Blocks.startsWith('Service')
      ? `${SERVICE_PREFIX}aws-load-balancer-nlb-target-type`
      : `${INGRESS_PREFIX}target-type`,
};

function typeWords(type = ''): string {
  if (type === 'bool') return 'true or false, without quotes';
  if (type === 'int32') return 'a whole number, without quotes';
  if (type === 'string' || /(?:Type|Protocol|Policy|Family|Field|Format)$/.test(type))
    return 'a text, in quotes';
  return type.startsWith('[]') ? 'a list' : 'an object with its fields';
}

/** Of what is written, what Kubernetes takes for a name. */
function nameOf(written: string): string {
  return written
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.*]/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}
