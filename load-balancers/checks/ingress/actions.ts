import { isUnknown, type Ingress } from '../../model';
import { INGRESS_PREFIX } from '../../language';
import { nearest } from '../../problem';
import { elsewhere, parseArn } from './arn';
import { atAnnotation, atField, type ObjectFinding } from '../finding';
import { fieldOf, itemsOf, numberOf, textOf, wordOf } from './json';
import { named, read } from './read';
import { routesOf, USE_ANNOTATION, writtenAction, type RouteAction } from './routes';
import { type MemberView, type View } from './view';

/** Annotations that name a backend of the Ingress, and what their actions may say. */
export function checkActions(view: View): ObjectFinding[] {
  return view.members.flatMap((member) => [
    ...checkMissing(member),
    ...checkUnused(member),
    ...namesOf(member.ingress, 'actions').flatMap((name) => checkAction(view, member, name)),
    ...namesOf(member.ingress, 'transforms').flatMap((name) => checkTransforms(member, name)),
  ]);
}

type Report = (value: string, reason: string, remedy: string) => ObjectFinding;

/** The names after `actions.`, or its like. */
function namesOf({ metadata }: Ingress, stem: string): readonly string[] {
  const prefix = `${INGRESS_PREFIX}${stem}.`;
  return Object.keys(metadata.annotations ?? {})
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}

/** Without it the load balancer answers 503. */
function checkMissing(member: MemberView): ObjectFinding[] {
  return routesOf(member).flatMap(({ action, backend, field }) => {
    const name = backend.service?.name ?? '';
    if (action.type !== 'missing' || isUnknown(name)) return [];
    const like = nearest(name, namesOf(member.ingress, 'actions'));
    const at = field === 'spec.defaultBackend' ? field : `${field}.backend`;
    return [
      atField(member.ingress, `${at}.service.name`, {
        value: name,
        reason: `it uses an annotation, and there is no ${named(`actions.${name}`)}`,
        remedy: like === undefined ? 'add the annotation' : `write '${like}', or add the annotation`,
        accepted: true,
      }),
    ];
  });
}

function checkUnused(member: MemberView): ObjectFinding[] {
  const { ingress } = member;
  const backends = routesOf(member).flatMap(({ backend }) => backend.service ?? []);
  if (backends.some(({ name }) => isUnknown(name))) return [];
  const services = backends.map(({ name }) => name);
  const used = backends.filter(({ port }) => port?.name === USE_ANNOTATION).map(({ name }) => name);
  const stems = ['actions', 'conditions', 'transforms'] as const;
  const found = stems.flatMap((stem) =>
    namesOf(ingress, stem).flatMap((name) => {
      if ((stem === 'actions' ? used : services).includes(name)) return [];
      const like = nearest(name, stem === 'actions' ? used : services);
      const ported = stem === 'actions' && services.includes(name);
      return [
        atAnnotation(ingress, named(`${stem}.${name}`), {
          value: name,
          reason: ported
            ? `the backend ${name} has a port of its own, so that the action is left out`
            : `no backend of the Ingress has this name, so that nothing reads the annotation`,
          remedy: ported
            ? `write the port name ${USE_ANNOTATION} there, or leave the annotation out`
            : like === undefined
              ? `name one of its backends${services.length === 0 ? '' : ` (${[...new Set(services)].join(', ')})`}`
              : `write '${like}'`,
          accepted: true,
        }),
      ];
    }),
  );
  return [...found, ...checkControlPorts(ingress, member)];
}

/** `target-control-port.<service>.<port>`. */
function checkControlPorts(ingress: Ingress, member: MemberView): ObjectFinding[] {
  const targets = routesOf(member).flatMap(({ action }) => action.targets);
  const names = targets.map(({ service, port }) => `${service ?? ''}.${port ?? ''}`);
  return namesOf(ingress, 'target-control-port').flatMap((name) =>
    names.includes(name) || names.some((each) => isUnknown(each))
      ? []
      : [
          atAnnotation(ingress, named(`target-control-port.${name}`), {
            value: name,
            reason: 'the Ingress forwards to no such Service and port, so that nothing reads the annotation',
            remedy: `write one of ${names.join(', ')}`,
            accepted: true,
          }),
        ],
  );
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleTransform.html */
function checkTransforms({ ingress }: MemberView, name: string): ObjectFinding[] {
  const suffix = `transforms.${name}`;
  const types = itemsOf(read.json(ingress, suffix)).map((each) => wordOf(each, 'type'));
  const twice = types.find((type, index) => !isUnknown(type) && types.indexOf(type) < index);
  if (twice === undefined) return [];
  return [
    atAnnotation(ingress, named(suffix), {
      value: twice,
      reason: `a rule has one transform of type ${twice} at most`,
      remedy: 'put their rewrites into one transform',
    }),
  ];
}

function checkAction(view: View, member: MemberView, name: string): ObjectFinding[] {
  const { ingress } = member;
  const annotation = named(`actions.${name}`);
  const action = writtenAction(read.json(ingress, `actions.${name}`), annotation);
  const at: Report = (value, reason, remedy) => atAnnotation(ingress, annotation, { value, reason, remedy });
  if (action.type === 'redirect') return checkRedirect(action.config, member, at);
  if (action.type === 'fixed-response') return checkFixedResponse(action.config, at);
  return action.type === 'forward' ? checkForward(view, action, at) : [];
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html */
function checkRedirect(config: unknown, { listenPorts }: MemberView, at: Report): ObjectFinding[] {
  const found: ObjectFinding[] = [];
  const check = (field: string, legal: (value: string) => boolean, reason: string, remedy: string) => {
    const value = textOf(config, field);
    if (value !== undefined && !isUnknown(value) && !legal(value))
      found.push(at(value, `${field}: ${reason}`, remedy));
  };
  const between = (min: number, max: number) => (value: string) => value.length >= min && value.length <= max;
  check(
    'statusCode',
    (value) => ['HTTP_301', 'HTTP_302'].includes(value),
    'a redirect answers 301 or 302',
    'write HTTP_301 or HTTP_302',
  );
  check(
    'protocol',
    (value) => /^(HTTPS?|#\{protocol\})$/.test(value),
    'a redirect goes to HTTP or HTTPS',
    "write HTTPS, HTTP or '#{protocol}'",
  );
  check(
    'port',
    (value) => value === '#{port}' || (/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 65535),
    'there is no such port',
    "write a port from 1 to 65535, or '#{port}'",
  );
  check('host', between(1, 128), 'it has 1 to 128 characters', 'write such a host');
  check('path', between(1, 128), 'it has 1 to 128 characters', 'write such a path');
  check(
    'path',
    (value) => value.startsWith('/'),
    'a path begins with /',
    `write '/${wordOf(config, 'path')}'`,
  );
  check('query', between(0, 128), 'it has at most 128 characters', 'write a shorter query');
  const https = listenPorts?.find(({ protocol }) => protocol === 'HTTPS');
  if (textOf(config, 'protocol') === 'HTTP' && https !== undefined) {
    found.push(
      at(
        'HTTP',
        `protocol: the Ingress listens with HTTPS on port ${https.port}, and AWS redirects no HTTPS to HTTP`,
        "write HTTPS or '#{protocol}'",
      ),
    );
  }
  return found;
}

const CONTENT_TYPES = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'];

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html */
function checkFixedResponse(config: unknown, at: Report): ObjectFinding[] {
  const found: ObjectFinding[] = [];
  const code = textOf(config, 'statusCode');
  const type = textOf(config, 'contentType');
  const body = textOf(config, 'messageBody');
  if (code && !isUnknown(code) && !/^[245]\d\d$/.test(code)) {
    found.push(at(code, 'statusCode: a fixed response has a code 2xx, 4xx or 5xx', "write such as '503'"));
  }
  if (type && !isUnknown(type) && !CONTENT_TYPES.includes(type)) {
    found.push(at(type, 'contentType: AWS takes some only', `write one of ${CONTENT_TYPES.join(', ')}`));
  }
  if (body !== undefined && !isUnknown(body) && body.length > 1024) {
    found.push(
      at(
        `${body.slice(0, 40)}…`,
        `messageBody: it has ${body.length} characters of at most 1024`,
        'write a shorter text',
      ),
    );
  }
  return found;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ForwardActionConfig.html */
function checkForward({ context }: View, { targets, config }: RouteAction, at: Report): ObjectFinding[] {
  const found: ObjectFinding[] = [];
  if (targets.length > 5) {
    found.push(at(`${targets.length} target groups`, 'AWS forwards to 5 at most', 'leave some out'));
  }
  if (targets.length === 0 && Array.isArray(fieldOf(config, 'targetGroups'))) {
    found.push(at('0 target groups', 'it forwards to nothing', 'add a Service or a target group'));
  }
  for (const { weight, service, targetGroupArn } of targets) {
    if (typeof weight === 'number' && (weight < 0 || weight > 999 || !Number.isInteger(weight))) {
      found.push(
        at(
          String(weight),
          `weight of ${service ?? targetGroupArn ?? ''}: it is from 0 to 999`,
          'write such a weight',
        ),
      );
    }
    const reason = targetGroupArn === undefined ? undefined : targetGroupReason(targetGroupArn, context);
    if (reason !== undefined) {
      found.push(
        at(
          targetGroupArn ?? '',
          `targetGroupARN: ${reason}`,
          'write the ARN of a target group that is there',
        ),
      );
    }
  }
  const stickiness = fieldOf(config, 'targetGroupStickinessConfig');
  const seconds = numberOf(stickiness, 'durationSeconds');
  const enabled = fieldOf(stickiness, 'enabled') === true;
  if (seconds !== undefined && (seconds < 1 || seconds > 604800)) {
    found.push(
      at(String(seconds), 'durationSeconds: stickiness lasts 1 to 604800 seconds', 'write such a number'),
    );
  } else if (enabled && fieldOf(stickiness, 'durationSeconds') === undefined) {
    found.push(at('enabled', 'stickiness without durationSeconds', 'write durationSeconds from 1 to 604800'));
  }
  return found;
}

function targetGroupReason(value: string, here: View['context']): string | undefined {
  if (isUnknown(value)) return undefined;
  const arn = parseArn(value);
  return arn?.service === 'elasticloadbalancing' && /^targetgroup\/[^/]+\/[^/]+$/.test(arn.resource)
    ? elsewhere(arn, here)
    : 'this is no ARN of a target group';
}
