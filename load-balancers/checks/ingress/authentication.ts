import { isUnknown, type Service, type Cluster } from '../../model';
import { backendsOf, serviceOf } from './backends';
import { atAnnotation, distinctFindings, type ObjectFinding } from '../finding';
import { fieldOf, itemsOf, textOf, wordOf } from './json';
import { defaultOn, rulesOn } from './listener-rules';
import { named, ownerOf, read, withService } from './read';
import { type IngressRoute } from './routes';
import { type GroupView, type MemberView, type View } from './view';

/** Users and tokens that a load balancer checks, over HTTPS only. */
export function checkAuthentication(view: View): ObjectFinding[] {
  return view.groups.flatMap((group) =>
    group.members.flatMap((member) => {
      const backends = backendsOf(member, view.cluster);
      // Annotations of a Service count where a route forwards to it alone.
      const services = [undefined, ...new Set(backends.flatMap(({ service }) => service ?? []))];
      const found = services.flatMap((service) => [
        ...checkPlain(view, group, member, service),
        ...checkSettings(member, service),
      ]);
      return distinctFindings([...found, ...checkJwt(member)]);
    }),
  );
}

const ALL = ['auth-type', 'jwt-validation'] as const;

/** On a plain listener the controller leaves authentication out: anybody gets in. */
function checkPlain(
  { cluster }: View,
  group: GroupView,
  member: MemberView,
  service: Service | undefined,
): ObjectFinding[] {
  if (group.sslRedirect === 'unknown') return [];
  const annotations = withService(member.ingress, service);
  return ALL.flatMap((suffix) => {
    // Of a Service, only what is on it is judged here; the rest is judged once, for the Ingress.
    if (service !== undefined && (suffix === 'jwt-validation' || !read.has(service, suffix))) return [];
    const value = suffix === 'auth-type' ? read.text(annotations, suffix) : 'jwt';
    const asked =
      suffix === 'auth-type' ? value === 'oidc' || value === 'cognito' : read.has(member.ingress, suffix);
    if (!asked) return [];
    const isOpen = (route: IngressRoute) =>
      route.action.type === 'forward' && service === judgedFor(route, suffix, cluster);
    const plain = group.listeners.find(
      (listener) =>
        listener.protocol === 'HTTP' &&
        [...rulesOn(group, listener), defaultOn(group, listener)].some(
          (route) => route?.member === member && isOpen(route),
        ),
    );
    const secured = member.listenPorts?.some(({ protocol }) => protocol === 'HTTPS') ?? true;
    if (plain === undefined && secured) return [];
    return [
      atAnnotation(ownerOf(member.ingress, service, suffix), named(suffix), {
        reason:
          plain === undefined
            ? 'the Ingress listens with plain HTTP only, where nobody is asked to log in'
            : `the listener on port ${plain.port} is plain HTTP, where nobody is asked to log in`,
        remedy: `listen on HTTPS only, or redirect to it (${named('ssl-redirect')})`,
        accepted: true,
      }),
    ];
  });
}

/** The Service whose annotation decides on a route: that of its only target, if it has one. */
function judgedFor(
  { member, action: { targets } }: IngressRoute,
  suffix: string,
  cluster: Cluster,
): Service | undefined {
  const [target, ...others] = targets;
  if (target?.service === undefined || others.length > 0) return undefined;
  const service = serviceOf(member.ingress, target.service, cluster);
  return service !== undefined && suffix === 'auth-type' && read.has(service, suffix) ? service : undefined;
}

function checkSettings(member: MemberView, service: Service | undefined): ObjectFinding[] {
  const { ingress } = member;
  const annotations = withService(ingress, service);
  const type = read.text(annotations, 'auth-type');
  const at = (suffix: string, reason: string, remedy: string, value?: string) =>
    atAnnotation(ownerOf(ingress, service, suffix), named(suffix), {
      ...(value === undefined ? {} : { value }),
      reason,
      remedy,
    });
  if (type !== 'oidc' && type !== 'cognito') return [];
  const found: ObjectFinding[] = [];
  if (read.has(ingress, 'jwt-validation')) {
    found.push(
      at(
        'auth-type',
        'tokens are validated too (jwt-validation), and a rule does one of the two',
        'leave one of them out',
      ),
    );
  }
  const suffix = type === 'oidc' ? 'auth-idp-oidc' : 'auth-idp-cognito';
  if (!read.has(annotations, suffix)) {
    found.push(at('auth-type', `it needs ${named(suffix)}, which is not there`, 'add it'));
  } else {
    const provider = read.json(annotations, suffix);
    const check = type === 'oidc' ? oidcReasons : cognitoReasons;
    if (provider !== undefined) {
      found.push(
        ...[...check(provider), ...extraReasons(provider)].map(([reason, remedy, value]) =>
          at(suffix, reason, remedy, value),
        ),
      );
    }
  }
  return found;
}

type Reasons = readonly (readonly [reason: string, remedy: string, value: string])[];

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html */
function oidcReasons(provider: unknown): Reasons {
  const urls = ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userInfoEndpoint'];
  const missing = [...urls, 'secretName'].filter((name) => !textOf(provider, name));
  const wrong = urls.filter((name) => {
    const url = textOf(provider, name);
    return url && !isUnknown(url) && !/^https:\/\/[^/]+/.test(url);
  });
  return [
    ...missing.map((name) => [`${name} is missing`, `add ${name}`, ''] as const),
    ...wrong.map(
      (name) =>
        [
          `${name} is no HTTPS address`,
          'write one that begins with https://',
          wordOf(provider, name),
        ] as const,
    ),
  ];
}

function cognitoReasons(provider: unknown): Reasons {
  const names = ['userPoolARN', 'userPoolClientID', 'userPoolDomain'];
  const arn = textOf(provider, 'userPoolARN');
  const legal = !arn || isUnknown(arn) || /^arn:[^:]+:cognito-idp:[^:]+:[^:]*:userpool\/.+/.test(arn);
  return [
    ...names
      .filter((name) => !textOf(provider, name))
      .map((name) => [`${name} is missing`, `add ${name}`, ''] as const),
    ...(legal ? [] : [['userPoolARN is no ARN of a user pool', 'write its ARN', arn] as const]),
  ];
}

function extraReasons(provider: unknown): Reasons {
  const extra = fieldOf(provider, 'authenticationRequestExtraParams');
  const count = typeof extra === 'object' && extra !== null ? Object.keys(extra).length : 0;
  return count <= 10
    ? []
    : [
        [
          `AWS takes 10 of authenticationRequestExtraParams, here are ${count}`,
          'leave some out',
          String(count),
        ],
      ];
}

const CLAIM_FORMATS = ['single-string', 'string-array', 'space-separated-values'];

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionConfig.html */
function checkJwt({ ingress }: MemberView): ObjectFinding[] {
  const json = read.json(ingress, 'jwt-validation');
  if (json === undefined) return [];
  const at = (value: string, reason: string, remedy: string) =>
    atAnnotation(ingress, named('jwt-validation'), { value, reason, remedy });
  const claims = itemsOf(fieldOf(json, 'additionalClaims'));
  const found = ['jwksEndpoint', 'issuer'].flatMap((name) => {
    const value = textOf(json, name);
    if (!value) return [at('', `${name} is missing`, `add ${name}`)];
    return value.length <= 256 || isUnknown(value)
      ? []
      : [at(value, `${name} has ${value.length} characters of at most 256`, 'write a shorter one')];
  });
  if (claims.length > 10) {
    found.push(at(`${claims.length} claims`, 'AWS takes 10 of additionalClaims', 'leave some out'));
  }
  for (const claim of claims) {
    const format = textOf(claim, 'format');
    if (format && !isUnknown(format) && !CLAIM_FORMATS.includes(format)) {
      found.push(
        at(format, 'there is no such format of a claim', `write one of ${CLAIM_FORMATS.join(', ')}`),
      );
    }
  }
  return found;
}
