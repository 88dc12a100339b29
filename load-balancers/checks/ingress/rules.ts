import { isUnknown, type Ingress } from '../../model';
import { atField, type ObjectFinding } from '../finding';
import { patternsOf, routesOf } from './routes';
import { read } from './read';
import { type MemberView, type View } from './view';

/** What a host or path pattern of a rule may have. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html */
export const PATTERN_LENGTH = 128;
const OTHER_LETTERS = /[^A-Za-z0-9_\-.$/~"'@:+&*?]/g;

/** Hosts and paths. */
export function checkRules({ members }: View): ObjectFinding[] {
  return members.flatMap((member) => [...checkHosts(member), ...checkPaths(member)]);
}

function checkHosts({ ingress }: MemberView): ObjectFinding[] {
  const { rules = [], tls = [] } = ingress.spec;
  const written = [
    ...rules.map(({ host }, index) => ({ host, field: `spec.rules[${index}].host` })),
    ...tls.flatMap(({ hosts = [] }, index) =>
      hosts.map((host, at) => ({ host, field: `spec.tls[${index}].hosts[${at}]` })),
    ),
  ];
  return written.flatMap(({ host, field }) => {
    if (!host || isUnknown(host)) return [];
    const found = hostReason(host) ?? (field.startsWith('spec.rules') ? albHostReason(host) : undefined);
    return found === undefined ? [] : [atField(ingress, field, { value: host, ...found })];
  });
}

interface Reason {
  readonly reason: string;
  readonly remedy: string;
}

/** @see https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards */
function hostReason(host: string): Reason | undefined {
  const name = host.replace(/^\*\./, '');
  if (name.includes('*')) {
    return {
      reason: 'a wildcard stands for the first label only',
      remedy: `write such as '*.${name.replaceAll(/[^.]*\*[^.]*\.?/g, '') || 'example.com'}'`,
    };
  }
  if (/^[\d.]+$/.test(name))
    return { reason: 'a host is a DNS name, no address', remedy: 'write a DNS name' };
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)) return undefined;
  const url = /^[a-z]+:\/\/([^/:]+)/.exec(host)?.[1] ?? /^([^/:]+)[/:]/.exec(host)?.[1];
  return {
    reason: 'this is no DNS name: labels of lower case letters, digits and hyphens, with dots between them',
    remedy: `write such as '${(url ?? host).toLowerCase().replaceAll(/[^-a-z0-9.*]/g, '-')}'`,
  };
}

/** What AWS asks of a host beside that it is a DNS name. */
export function albHostReason(host: string): Reason | undefined {
  if (host.length > PATTERN_LENGTH) {
    return {
      reason: `it has ${host.length} characters, a load balancer's rule takes ${PATTERN_LENGTH}`,
      remedy: 'write a shorter host',
    };
  }
  if (!host.includes('.')) {
    return {
      reason: 'a load balancer takes hosts with a dot only',
      remedy: `write such as '${host}.example.com'`,
    };
  }
  return /\.(xn--[^.]+|[A-Za-z*?]+)$/.test(host)
    ? undefined
    : {
        reason: 'a load balancer takes letters only after the last dot',
        remedy: "write a host that ends such as 'example.com'",
      };
}

function checkPaths(member: MemberView): ObjectFinding[] {
  const { ingress } = member;
  return routesOf(member).flatMap(({ rule, path, pathType, field }) => {
    if (rule === undefined || (path !== undefined && isUnknown(path))) return [];
    const value = path ?? '';
    const found = pathReason(ingress, value, pathType);
    return found === undefined ? [] : [atField(ingress, `${field}.path`, { value, ...found })];
  });
}

function pathReason(ingress: Ingress, path: string, pathType: string | undefined): Reason | undefined {
  const strict = pathType === 'Exact' || pathType === 'Prefix';
  if (!path.startsWith('/') && (strict || path !== '')) {
    return { reason: 'a path begins with /', remedy: `write '/${path}'` };
  }
  if (strict && /[*?]/.test(path)) {
    return {
      reason: `a path of type ${pathType} has no wildcards: it is taken as it is`,
      remedy: `write pathType ImplementationSpecific, or '${path.replaceAll(/\/?[*?].*$/g, '') || '/'}'`,
    };
  }
  const sequence = /\/\/|\/\.\.?(\/|$)|%2f/i.exec(path)?.[0];
  if (strict && sequence !== undefined) {
    return {
      reason: `Kubernetes takes no '${sequence}' in a path of type ${pathType}`,
      remedy: `write the path without '${sequence}'`,
    };
  }
  if (isUnknown(pathType)) return undefined;
  return regexUnknown(ingress) && !strict ? undefined : patternReason(ingress, path, pathType);
}

/** Whether paths are regular expressions, and so what they may be, may not be known. */
function regexUnknown(ingress: Ingress): boolean {
  return (
    read.has(ingress, 'use-regex-path-match') && read.boolean(ingress, 'use-regex-path-match') === undefined
  );
}

function patternReason(ingress: Ingress, path: string, pathType: string | undefined): Reason | undefined {
  const { paths, regexes } = patternsOf(ingress, path, pathType);
  const [regex] = regexes;
  if (regex === '') {
    return {
      reason: 'without its first / no regular expression is left, and AWS takes no empty one',
      remedy: "write such as '/^/.*$'",
    };
  }
  const long = [...paths, ...regexes].find(({ length }) => length > PATTERN_LENGTH);
  if (long !== undefined) {
    return {
      reason: `its pattern has ${long.length} characters, a load balancer's rule takes ${PATTERN_LENGTH}`,
      remedy: 'write a shorter path, or one with a wildcard',
    };
  }
  return regex === undefined ? letterReason(path, pathType) : undefined;
}

function letterReason(path: string, pathType: string | undefined): Reason | undefined {
  const letters = [...new Set(path.match(OTHER_LETTERS))].join('');
  if (letters === '') return undefined;
  const regex = pathType !== 'Exact' && pathType !== 'Prefix' && /[\\()[\]|^{}]/.test(letters);
  return {
    reason: `a load balancer can't match '${letters}' in a path: its patterns have letters, digits, _-.$/~"'@:+& and the wildcards * and ?`,
    remedy: regex
      ? "for a regular expression set alb.ingress.kubernetes.io/use-regex-path-match to 'true'"
      : "write the wildcard '?' in its place, of a path of type ImplementationSpecific",
  };
}

/** What in a path pattern a load balancer can't match. */
export function pathPatternReason(pattern: string): Reason | undefined {
  return letterReason(pattern, 'ImplementationSpecific');
}
