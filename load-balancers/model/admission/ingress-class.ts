import { type IngressClass } from '../objects';
import { isUnknown } from '../unknown';
import { invalid, requiredProblem, tooLong } from './field-problem';
import { dnsSubdomain } from './names';

const PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

/** Why the API server would not take an IngressClass; nothing if it would. */
export function ingressClassProblems({ spec }: IngressClass): readonly string[] {
  const { controller = '', parameters } = spec;
  return [
    ...(controller.length > 250 ? [tooLong('spec.controller', 250)] : []),
    ...(isUnknown(controller) ? [] : controllerProblems(controller)),
    ...(parameters === undefined ? [] : parametersProblems(parameters)),
  ];
}

function parametersProblems(parameters: NonNullable<IngressClass['spec']['parameters']>): readonly string[] {
  const { apiGroup, kind, name } = parameters;
  const field = 'spec.parameters';
  return [
    ...(apiGroup === undefined
      ? []
      : dnsSubdomain(apiGroup).map((why) => invalid(`${field}.apiGroup`, apiGroup, why))),
    ...(kind ? segmentProblems(kind, `${field}.kind`) : [requiredProblem(`${field}.kind`)]),
    ...(name ? segmentProblems(name, `${field}.name`) : [requiredProblem(`${field}.name`)]),
  ];
}

/** Each is a part of a URL's path. */
function segmentProblems(value: string, field: string): readonly string[] {
  if (value === '.' || value === '..') return [invalid(field, value, `may not be '${value}'`)];
  return ['/', '%']
    .filter((letter) => value.includes(letter))
    .map((letter) => invalid(field, value, `may not contain '${letter}'`));
}

function controllerProblems(controller: string): readonly string[] {
  if (controller === '') return [requiredProblem('spec.controller')];
  const at = controller.indexOf('/');
  const [domain, path] = [controller.slice(0, Math.max(at, 0)), controller.slice(at + 1)];
  if (domain === '' || path === '') {
    return [invalid('spec.controller', controller, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  return [
    ...dnsSubdomain(domain).map((why) => invalid('spec.controller', domain, why)),
    ...(new RegExp(`^${PATH}$`).test(path)
      ? []
      : [invalid('spec.controller', path, `Invalid path (regex used for validation is '${PATH}')`)]),
  ];
}
