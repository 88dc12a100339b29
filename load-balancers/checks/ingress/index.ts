import { buildModel, type KubernetesObject, type Model } from '../../model';
import { checkActions } from './actions';
import { checkAnnotations } from './annotations';
import { checkAttributes } from './attributes';
import { checkAuthentication } from './authentication';
import { checkClasses } from './classes';
import { checkConditions } from './conditions';
import { type CheckContext } from '../context';
import { accepted, type ObjectFinding } from '../finding';
import { checkGroups } from './groups';
import { checkHealthChecks } from './health-checks';
import { checkLeftovers } from './leftovers';
import { checkListeners } from './listeners';
import { checkLoops } from './loops';
import { checkValues } from './values';
import { checkParams } from './params';
import { checkQuotas } from './quotas';
import { checkReachability } from './reachability';
import { checkRefusals } from '../refusals';
import { checkRules } from './rules';
import { checkSecurityRules } from './security-rules';
import { checkServices } from './services';
import { checkSubnets } from './subnets';
import { checkTargets } from './targets';
import { viewOf, type View } from './view';
import { checkWebAcls } from './web-acl';

/** What is looked at in the objects; the rest is looked at in the model of them. */
const CHECKS: readonly ((view: View) => ObjectFinding[])[] = [
  checkClasses,
  checkAnnotations,
  checkLeftovers,
  checkParams,
  checkGroups,
  checkValues,
  checkListeners,
  checkWebAcls,
  checkAttributes,
  checkRules,
  checkConditions,
  checkActions,
  checkServices,
  checkTargets,
  checkHealthChecks,
  checkAuthentication,
  checkLoops,
];

/** What these find is built all the same, unless the model says otherwise. */
const ACCEPTED: ReadonlySet<(view: View) => ObjectFinding[]> = new Set([
  checkClasses,
  checkAnnotations,
  checkParams,
  checkGroups,
  checkServices,
  checkLoops,
]);

/**
 * What is wrong with Ingresses and the objects around them: what the controller refuses or leaves out silently, what AWS
 * refuses, and what can't be meant. Values that are known after apply only are not judged.
 *
 * @param objects with `KNOWN_AFTER_APPLY` in the place of tokens
 * @param built the model of the objects, if there is one already; its refusals are not repeated if it has none
 */
export function checkIngresses(
  objects: readonly KubernetesObject[],
  context: CheckContext = {},
  built?: Model,
): ObjectFinding[] {
  const view = viewOf(objects, context);
  const findings = CHECKS.flatMap((check) => (ACCEPTED.has(check) ? accepted(check(view)) : check(view)));
  const model = built ?? modelOf(view);
  return [
    ...findings,
    ...checkRefusals(view, model, findings),
    ...checkSubnets(view, model),
    ...checkSecurityRules(view, model),
    ...accepted(checkReachability(view, model)),
    ...checkQuotas(view, model),
  ];
}

function modelOf({ given, settings, context: { elsewhere, facts } }: View): Model {
  const { services = [] } = elsewhere ?? {};
  return buildModel(given, settings, {
    facts,
    isElsewhere: (service) => services === 'any' || services.includes(service),
  });
}
