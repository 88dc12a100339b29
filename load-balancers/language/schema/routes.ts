import { z } from 'zod';
import { hostName } from './primitives';
import { action, condition, transform } from './rules';
import { serviceName, servicePort } from './values';

type Backend = { readonly service?: unknown; readonly port?: unknown; readonly action?: unknown };

/** Requests go to a port of a Service, or something else becomes of them. */
function oneBackend({ service, port, action }: Backend, context: z.RefinementCtx) {
  const issue = (field: string, message: string, reason: string) => {
    context.addIssue({ code: 'custom', path: [field], message, params: { reason } });
  };
  if (action !== undefined && (service ?? port) !== undefined)
    issue('action', 'write service and port, or action', 'requests go to a service already');
  if (action === undefined && service === undefined)
    issue('service', 'write service and port, or action', 'nothing says where requests go');
  if (service !== undefined && port === undefined)
    issue('port', 'write the port of the Service', 'a Service may have several');
}

const path = z
  .string()
  .max(128, 'write at most 128 characters: a load balancer compares no more')
  .regex(/^\//, 'write a path that begins with /')
  .regex(/^(?!.*\/\/)(?!.*\/\.{1,2}(\/|$))/, 'write a path without //, /./ and /../');

const backend = {
  /** Name of a Service in the namespace. */
  service: serviceName.optional(),
  /** Number or name of a port of the Service. */
  port: servicePort.optional(),
  /** In the place of a Service: a redirect, a fixed response, or several target groups. */
  action: action.optional(),
};

/** Requests for a host and a path, and what becomes of them. */
export const route = z
  .strictObject({
    /** @default - any host */
    host: hostName.optional(),
    /** @default '/' */
    path: path.optional(),
    /** @default 'Prefix' */
    pathType: z
      .enum(
        ['Prefix', 'Exact', 'ImplementationSpecific'],
        "write 'Prefix', 'Exact' or 'ImplementationSpecific'",
      )
      .optional(),
    ...backend,
    /** What else the request must be like; with host and path 5 values at most. @default [] */
    conditions: z.array(condition).min(1, 'write at least one, or leave it out').optional(),
    /** What is rewritten before a target gets the request; each type once. @default [] */
    transforms: z
      .array(transform)
      .min(1, 'write at least one, or leave it out')
      .superRefine((all, context) => {
        all.forEach(({ type }, index) => {
          if (all.findIndex((other) => other.type === type) === index) return;
          context.addIssue({
            code: 'custom',
            path: [index, 'type'],
            message: 'write all rewrites into one',
            params: { reason: 'a rule takes each type once' },
          });
        });
      })
      .optional(),
  })
  .superRefine(oneBackend);

/** What becomes of requests that no route takes. */
export const defaultBackend = z.strictObject(backend).superRefine(oneBackend);

type Route = z.input<typeof route>;

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
