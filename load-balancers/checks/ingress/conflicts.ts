import { isUnknown, keyOf, type Ingress } from '../../model';
import { ANNOTATIONS, INGRESS_PREFIX, type Annotation } from '../../language';
import { atAnnotation, type Finding } from './finding';
import { fieldOf, itemsOf, numberOf } from './json';
import { fieldsOf, paramOf } from './params';
import { named, read } from './read';
import { type GroupView, type MemberView, type View } from './view';

/** Values that the Ingresses of one group must agree on. */
export function checkConflicts({ groups }: View): Finding[] {
  return groups
    .filter(({ members }) => members.length > 1)
    .flatMap((group) =>
      ANNOTATIONS.filter((entry) => isJudged(entry, group)).flatMap((entry) => checkEntry(entry, group)),
    );
}

/** What of an annotation one Ingress says; the scope is a port or a key, if the annotation has one for each. */
interface Statement {
  readonly member: MemberView;
  readonly scope: string;
  readonly value: string;
}

function checkEntry(entry: Annotation, group: GroupView): Finding[] {
  const found: Finding[] = [];
  const first = new Map<string, Statement>();
  for (const statement of group.members.flatMap((member) => statementsOf(entry, member, group))) {
    const { member, scope, value } = statement;
    const before = first.get(scope);
    if (before === undefined) first.set(scope, statement);
    else if (before.value !== value && !isResolved(entry, scope, group)) {
      const what = scopeWords(entry, scope);
      found.push(
        atAnnotation(member.ingress, nameOn(entry, member), {
          reason: `Ingress ${keyOf(before.member.ingress)} of the same group says ${short(before.value)}${what}, and they share one load balancer`,
          remedy: 'write the same in both, or in one of them only',
        }),
      );
    }
  }
  return dedupe(found);
}

/** Annotations whose merge rule the table has, but where the controller looks at nothing, or at something else too. */
function isJudged({ name, on, merge, per, deprecated }: Annotation, { members }: GroupView): boolean {
  const suffix = name.slice(INGRESS_PREFIX.length);
  if (!name.startsWith(INGRESS_PREFIX) || !on.includes('ingress') || deprecated !== undefined) return false;
  if (merge !== 'exclusive' && !(merge === 'merge' && per === 'key')) return false;
  const some = (other: string) => members.some(({ ingress }) => read.has(ingress, other));
  if (suffix === 'manage-backend-security-group-rules') return some('security-groups');
  if (suffix === 'wafv2-acl-arn') {
    return !members.some(
      ({ ingress, params }) => params?.spec.wafv2AclName || read.text(ingress, 'wafv2-acl-name'),
    );
  }
  if (!suffix.startsWith('frontend-nlb-')) return true;
  const enabled = members.some(({ ingress }) => read.boolean(ingress, 'enable-frontend-nlb') === true);
  return enabled && !(per === 'listen-port' && some('frontend-nlb-listener-port-mapping'));
}

function statementsOf(entry: Annotation, member: MemberView, group: GroupView): readonly Statement[] {
  const suffix = entry.name.slice(INGRESS_PREFIX.length);
  if (entry.name.endsWith('.*')) return listenerAttributes(suffix.slice(0, -2), member);
  const at = (scope: string, value: string) => ({ member, scope, value });
  if (suffix === 'mutual-authentication') {
    return itemsOf(read.json(member.ingress, suffix)).flatMap((item) => {
      const port = numberOf(item, 'port');
      const https = member.listenPorts?.some((each) => each.port === port && each.protocol === 'HTTPS');
      return https && !isUnknown(JSON.stringify(item)) ? [at(String(port), canonicalMtls(item))] : [];
    });
  }
  if (entry.per === 'key') {
    return [...mapOf(entry, suffix, member)].map(([key, value]) => at(key, value)).filter(isKnown);
  }
  const value = valueOf(entry, suffix, member);
  if (value === undefined) return [];
  if (entry.per !== 'listen-port') return [at('', value)].filter(isKnown);
  const ports = (member.listenPorts ?? []).filter(
    ({ protocol }) => suffix !== 'ssl-policy' || protocol === 'HTTPS',
  );
  return ports
    .filter(({ port }) => (group.listeners.find((each) => each.port === port)?.members.length ?? 0) > 1)
    .map(({ port }) => at(String(port), value))
    .filter(isKnown);
}

/** Undefined if it isn't set; what the class' parameters say wins. */
function valueOf(
  { type, params: field }: Annotation,
  suffix: string,
  member: MemberView,
): string | undefined {
  const ofParams =
    member.params === undefined || field === undefined ? undefined : paramOf(member.params, field);
  if (ofParams !== undefined) return canonical(ofParams, suffix);
  const { ingress } = member;
  const name = suffixOn(ingress, suffix);
  if (!read.has(ingress, name)) return undefined;
  if (type === 'boolean') return read.boolean(ingress, name)?.toString();
  if (type === 'integer') return read.integer(ingress, name)?.toString();
  if (type === 'stringMap') {
    const map = read.map(ingress, name);
    return (
      map &&
      canonical(
        [...map].map(([key, value]) => `${key}=${value}`),
        name,
      )
    );
  }
  if (type !== 'stringList') return read.text(ingress, name);
  const list = read.list(ingress, name);
  // Without entries, some count as nothing said.
  return list === undefined || (list.length === 0 && MAY_BE_EMPTY.has(name))
    ? undefined
    : canonical(list, name);
}

const MAY_BE_EMPTY = new Set(['inbound-cidrs', 'security-group-prefix-lists']);

/** The order of entries counts for security groups alone. */
function canonical(value: unknown, suffix: string): string {
  if (Array.isArray(value)) {
    const entries = value.map(String);
    return (suffix === 'security-groups' ? entries : [...new Set(entries)].toSorted()).join(', ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function canonicalMtls(item: unknown): string {
  const mode = String(fieldOf(item, 'mode'));
  const expiry = fieldOf(item, 'ignoreClientCertificateExpiry') ?? (mode === 'verify' ? false : undefined);
  const parts = {
    mode,
    trustStore: fieldOf(item, 'trustStore'),
    ignoreClientCertificateExpiry: expiry ?? undefined,
    advertiseTrustStoreCaNames: fieldOf(item, 'advertiseTrustStoreCaNames'),
  };
  return JSON.stringify(parts);
}

/** Keys and values; tags of a class go before those of the annotation. */
function mapOf({ name, params: field }: Annotation, suffix: string, { ingress, params }: MemberView) {
  const written = read.map(ingress, suffix) ?? new Map<string, string>();
  if (name !== `${INGRESS_PREFIX}tags` || params === undefined || field === undefined) return written;
  return new Map([...written, ...Object.entries(fieldsOf(params, field))]);
}

function listenerAttributes(stem: string, member: MemberView): readonly Statement[] {
  return (member.listenPorts ?? []).flatMap(({ port, protocol }) => {
    const map = read.map(member.ingress, `${stem}.${protocol}-${port}`) ?? new Map<string, string>();
    return [...map]
      .map(([key, value]) => ({ member, scope: `${protocol}-${port} ${key}`, value }))
      .filter(isKnown);
  });
}

/** The class of the first Ingress has the last word on some. */
function isResolved({ name, params: field }: Annotation, scope: string, { members }: GroupView): boolean {
  const params = members[0]?.params;
  if (params === undefined || field === undefined) return false;
  const suffix = name.slice(INGRESS_PREFIX.length);
  if (suffix === 'load-balancer-attributes') return fieldsOf(params, field)[scope] !== undefined;
  if (suffix === 'listener-attributes.*') {
    const [listener = '', key = ''] = scope.split(' ', 2);
    return (
      params.spec.listeners?.some(
        (each) =>
          `${each.protocol ?? ''}-${each.port ?? ''}` === listener &&
          each.listenerAttributes?.some((attribute) => attribute.key === key),
      ) ?? false
    );
  }
  return (
    ['minimum-load-balancer-capacity', 'ipam-ipv4-pool-id'].includes(suffix) &&
    paramOf(params, field) !== undefined
  );
}

function scopeWords({ per }: Annotation, scope: string): string {
  if (scope === '') return '';
  return per === 'listen-port' ? ` on port ${scope}` : ` for ${scope}`;
}

function nameOn({ name }: Annotation, { ingress }: MemberView): string {
  const suffix = name.slice(INGRESS_PREFIX.length);
  if (!suffix.endsWith('.*')) return named(suffixOn(ingress, suffix));
  const stem = name.slice(0, -1);
  return Object.keys(ingress.metadata.annotations ?? {}).find((each) => each.startsWith(stem)) ?? name;
}

/** One has an older name too, which is read in its place. */
function suffixOn(ingress: Ingress, suffix: string): string {
  return suffix === 'waf-acl-id' && !read.has(ingress, suffix) ? 'web-acl-id' : suffix;
}

function isKnown({ value }: Statement): boolean {
  return !isUnknown(value);
}

function short(value: string): string {
  return value.length > 80 ? `'${value.slice(0, 80)}…'` : `'${value}'`;
}

/** One finding for an annotation of an Ingress, though several ports or keys differ. */
function dedupe(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((each) => [`${each.ingress} ${each.annotation ?? ''}`, each])).values()];
}
