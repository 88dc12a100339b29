import { type ValueOf } from '../kind';
import { object, type Together } from '../object';
import { words } from '../scalars';
import { atMost, like, text } from '../text';
import { KINDS } from '../values';
import { action, conditions, transforms } from './rules';

type Backend = { readonly service?: unknown; readonly port?: unknown; readonly action?: unknown };

/** Requests go to a port of a Service, or something else becomes of them. */
const oneBackend: Together<Backend> = ({ service, port, action }) => {
  const wrong = (is: boolean, field: string, remedy: string, reason: string) =>
    is ? [{ path: [field], reason, remedy }] : [];
  return [
    ...wrong(
      action !== undefined && (service ?? port) !== undefined,
      'action',
      'write service and port, or action',
      'requests go to a service already',
    ),
    ...wrong(
      action === undefined && service === undefined,
      'service',
      'write service and port, or action',
      'nothing says where requests go',
    ),
    ...wrong(
      service !== undefined && port === undefined,
      'port',
      'write the port of the Service',
      'a Service may have several',
    ),
  ];
};

const path = text(
  'at most 128 characters beginning with /',
  atMost(128, ': a load balancer compares no more'),
  like(/^\//, 'it has no / in front', 'write a path that begins with /'),
  like(
    /^(?!.*\/\/)(?!.*\/\.{1,2}(\/|$))/,
    'a client never asks for such a path',
    'write a path without //, /./ and /../',
  ),
);

const backend = {
  /** Name of a Service in the namespace. */
  service: KINDS.serviceName,
  /** Number or name of a port of the Service. */
  port: KINDS.servicePort,
  /** In the place of a Service: a redirect, a fixed response, or several target groups. */
  action,
};

const eachTypeOnce: Together<{ readonly transforms?: readonly { readonly type: string }[] }> = ({
  transforms: all = [],
}) =>
  all.flatMap(({ type }, index) =>
    all.findIndex((other) => other.type === type) === index
      ? []
      : [
          {
            path: ['transforms', index, 'type'],
            reason: 'a rule takes each type once',
            remedy: 'write all rewrites into one',
          },
        ],
  );

/** Requests for a host and a path, and what becomes of them. */
export const route = object(
  {
    /** @default - any host */
    host: KINDS.hostName,
    /** @default '/' */
    path,
    /** @default 'Prefix' */
    pathType: words('Prefix', 'Exact', 'ImplementationSpecific'),
    ...backend,
    /** What else the request must be like; with host and path 5 values at most. @default [] */
    conditions,
    /** What is rewritten before a target gets the request; each type once. @default [] */
    transforms,
  },
  oneBackend,
  eachTypeOnce,
);

/** What becomes of requests that no route takes. */
export const defaultBackend = object(backend, oneBackend);

type Route = ValueOf<typeof route>;

/** Routes that no request reaches, each with the one before it that takes them all; by position. */
export function hiddenRoutes(routes: readonly Route[]): { readonly index: number; readonly by: number }[] {
  const before = new Map<string, { readonly index: number; readonly conditions: string }[]>();
  return routes.flatMap((each, index) => {
    const conditions = JSON.stringify(each.conditions ?? []);
    const same = before.get(matchOf(each)) ?? [];
    before.set(matchOf(each), [...same, { index, conditions }]);
    const by = same.find((other) => [NO_CONDITIONS, conditions].includes(other.conditions))?.index;
    return by === undefined ? [] : [{ index, by }];
  });
}

const NO_CONDITIONS = '[]';

/** A slash at the end makes no difference to a prefix. */
function matchOf({ host = '', path: value = '/', pathType = 'Prefix' }: Route): string {
  return `${pathType} ${host}${pathType === 'Prefix' ? value.replace(/(.)\/$/, '$1') : value}`;
}
