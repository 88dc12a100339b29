import { CONDITION_CONFIGS, gateOpen, isUnknown, type Ingress, type Member } from '../../model';
import { INGRESS_PREFIX } from '../../language';
import { nearest, oneOf } from '../../problem';
import { accepted, atAnnotation, atField, atParams, type FindingWords, type ObjectFinding } from '../finding';
import { named, read } from '../read';
import { type View } from '../view';
import { forwardsOf, USE_ANNOTATION, writtenBackends } from './backends';

/** What an Ingress says that the controller leaves out, or makes nothing of. */
export function* checkUnused(view: View): Iterable<ObjectFinding> {
  const { members, settings } = view;
  for (const member of members) {
    const { ingress } = member;
    yield* accepted([...missingActions(ingress), ...unusedNames(ingress), ...unusedControlPorts(ingress)]);
    yield* unknownConditions(ingress);
    yield* portsTwice(ingress);
    yield* plainMutualAuthentication(ingress);
    yield* uncreatedCertificate(ingress, gateOpen(settings, 'EnableCertificateManagement'));
    yield* twoWebAcls(member);
    yield* accepted(missingServices(view, ingress));
  }
}

/** The load balancer would answer 503. */
function* missingServices({ cluster, context }: View, ingress: Ingress): Iterable<ObjectFinding> {
  const { namespace = '' } = ingress.metadata;
  const others = context.elsewhere?.services ?? [];
  const names = [...cluster.services.values()]
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(({ metadata }) => metadata.name);
  for (const { field, name, action } of forwardsOf(ingress)) {
    const key = `${namespace}/${name}`;
    const service = cluster.services.get(key);
    const found = (words: FindingWords) =>
      action === undefined
        ? [atField(ingress, `${field}.service.name`, { value: name, ...words })]
        : [atAnnotation(ingress, action, { value: name, ...words })];
    if (service?.spec.type === 'ExternalName') {
      yield* found({
        reason: `Service ${key} is of type ExternalName, which has no pods to send requests to`,
        remedy: 'write a Service that selects pods',
        warning: true,
      });
      continue;
    }
    const isThere = service !== undefined || others === 'any' || others.includes(key);
    if (isThere || isUnknown(key) || cluster.mayBeThere('Service', key)) continue;
    const like = nearest(name, names);
    yield* found({
      reason: `there is no Service ${key}`,
      remedy: like === undefined ? 'add the Service' : `write '${like}', or add the Service`,
    });
  }
}

/** The names after `actions.`, or its like. */
function namesOf({ metadata }: Ingress, stem: string): readonly string[] {
  const prefix = `${INGRESS_PREFIX}${stem}.`;
  return Object.keys(metadata.annotations ?? {})
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}

/** Without it the load balancer answers 503. */
function* missingActions(ingress: Ingress): Iterable<ObjectFinding> {
  const actions = namesOf(ingress, 'actions');
  for (const { field, name, port } of writtenBackends(ingress)) {
    if (port !== USE_ANNOTATION || isUnknown(name) || actions.includes(name)) continue;
    const like = nearest(name, actions);
    yield atField(ingress, `${field}.service.name`, {
      value: name,
      reason: `it uses an annotation, and there is no ${named(`actions.${name}`)}`,
      remedy: like === undefined ? 'add the annotation' : `write '${like}', or add the annotation`,
    });
  }
}

function* unusedNames(ingress: Ingress): Iterable<ObjectFinding> {
  const backends = writtenBackends(ingress);
  if (backends.some(({ name }) => isUnknown(name))) return;
  const services = backends.map(({ name }) => name);
  const used = backends.filter(({ port }) => port === USE_ANNOTATION).map(({ name }) => name);
  for (const stem of ['actions', 'conditions', 'transforms'] as const) {
    for (const name of namesOf(ingress, stem)) {
      if ((stem === 'actions' ? used : services).includes(name)) continue;
      const like = nearest(name, stem === 'actions' ? used : services);
      const ported = stem === 'actions' && services.includes(name);
      const all = services.length === 0 ? '' : ` (${[...new Set(services)].join(', ')})`;
      yield atAnnotation(ingress, named(`${stem}.${name}`), {
        value: name,
        reason: ported
          ? `the backend ${name} has a port of its own, so that the action is left out`
          : `no backend of the Ingress has this name, so that nothing reads the annotation`,
        remedy: ported
          ? `write the port name ${USE_ANNOTATION} there, or leave the annotation out`
          : like === undefined
            ? `name one of its backends${all}`
            : `write '${like}'`,
      });
    }
  }
}

/** `target-control-port.<service>.<port>`. */
function* unusedControlPorts(ingress: Ingress): Iterable<ObjectFinding> {
  const names = forwardsOf(ingress).map(({ name, port }) => `${name}.${port ?? ''}`);
  for (const name of namesOf(ingress, 'target-control-port')) {
    if (!names.includes(name) && !names.some((each) => isUnknown(each)))
      yield atAnnotation(ingress, named(`target-control-port.${name}`), {
        value: name,
        reason: 'the Ingress forwards to no such Service and port, so that nothing reads the annotation',
        remedy: `write one of ${names.join(', ')}`,
      });
  }
}

/** The controller makes nothing of a field that it doesn't know. */
function* unknownConditions(ingress: Ingress): Iterable<ObjectFinding> {
  const known = Object.keys(CONDITION_CONFIGS);
  for (const name of namesOf(ingress, 'conditions')) {
    for (const { field = '' } of entriesOf(read.json(ingress, `conditions.${name}`))) {
      if (typeof field === 'string' && !isUnknown(field) && !known.includes(field))
        yield atAnnotation(ingress, named(`conditions.${name}`), {
          value: field,
          reason: 'there is no condition of this field, and the controller would leave it out',
          remedy: oneOf(field, known),
          accepted: true,
        });
    }
  }
}

type Fields = Readonly<Record<string, unknown>>;

function entriesOf(json: unknown): readonly Fields[] {
  return Array.isArray(json)
    ? json.filter((each): each is Fields => typeof each === 'object' && each !== null)
    : [];
}

/** Of one port that is written twice, the controller takes the last. */
function* portsTwice(ingress: Ingress): Iterable<ObjectFinding> {
  const written = entriesOf(read.json(ingress, 'listen-ports')).flatMap((entry) => Object.entries(entry));
  for (const [index, [protocol, port]] of written.entries()) {
    const before = written.slice(0, index).find((each) => each[1] === port);
    if (typeof port === 'number' && before !== undefined && before[0] !== protocol)
      yield atAnnotation(ingress, named('listen-ports'), {
        reason: `port ${port} is asked for with ${before[0]} and with ${protocol}`,
        remedy: 'give each protocol a port of its own',
      });
  }
}

/** Written for a port without HTTPS, clients would not be asked for a certificate at all. */
function* plainMutualAuthentication(ingress: Ingress): Iterable<ObjectFinding> {
  if (read.has(ingress, 'listen-ports') && read.json(ingress, 'listen-ports') === undefined) return;
  const isTls = read.has(ingress, 'certificate-arn') || read.has(ingress, 'create-acm-cert');
  const https = read.has(ingress, 'listen-ports')
    ? entriesOf(read.json(ingress, 'listen-ports')).flatMap((entry) => entry.HTTPS)
    : [isTls ? 443 : undefined];
  for (const { port, mode } of entriesOf(read.json(ingress, 'mutual-authentication'))) {
    if (typeof port === 'number' && typeof mode === 'string' && mode !== 'off' && !https.includes(port))
      yield atAnnotation(ingress, named('mutual-authentication'), {
        value: JSON.stringify({ port, mode }),
        reason: `the Ingress has no HTTPS listener on port ${port}, so that nobody would be asked for a certificate`,
        remedy: 'write the port of an HTTPS listener of this Ingress',
        warning: true,
      });
  }
}

function* uncreatedCertificate(ingress: Ingress, isOpen: boolean): Iterable<ObjectFinding> {
  if (isOpen || read.boolean(ingress, 'create-acm-cert') !== true) return;
  yield atAnnotation(ingress, named('create-acm-cert'), {
    reason: 'the controller makes certificates only with its feature gate EnableCertificateManagement',
    remedy: 'open the gate, or leave the annotation out',
    warning: true,
  });
}

function* twoWebAcls({ ingress, params }: Member): Iterable<ObjectFinding> {
  const isSet = (value: string | undefined) => value !== undefined && value !== '' && value !== 'none';
  const name = params?.spec.wafv2AclName || read.text(ingress, 'wafv2-acl-name');
  const arn = params?.spec.wafv2AclArn || read.text(ingress, 'wafv2-acl-arn');
  if (!isSet(name) || !isSet(arn)) return;
  const words = {
    value: arn,
    reason: 'a web ACL by name is there too, and wins',
    remedy: 'leave one of the two out',
    warning: true,
  };
  yield params?.spec.wafv2AclArn
    ? atParams(params, 'wafv2AclArn', words)
    : atAnnotation(ingress, named('wafv2-acl-arn'), words);
}
