import { buildModel, isLoadBalancerService, type KubernetesObject, type Model } from '../model';
import { type CheckContext } from './context';
import { accepted, type ObjectFinding } from './finding';
import { checkAnnotations } from './ingress/annotations';
import { checkClasses } from './ingress/classes';
import { checkGroups } from './ingress/groups';
import { checkLeftovers } from './ingress/leftovers';
import { checkParams } from './ingress/params';
import { checkSecurityGroups } from './ingress/security-groups';
import { checkUnused } from './ingress/unused';
import { checkValues } from './ingress/values';
import { checkAuthentication } from './load-balancer/authentication';
import { checkLoadBalancers } from './load-balancer/load-balancers';
import { checkLoops } from './load-balancer/loops';
import { checkQuotas } from './load-balancer/quotas';
import { checkReachability } from './load-balancer/reachability';
import { checkRules } from './load-balancer/rules';
import { checkSecurityRules } from './load-balancer/security-rules';
import { checkSubnets } from './load-balancer/subnets';
import { checkTargetGroups } from './load-balancer/target-groups';
import { refusalFindings } from './refusals';
import { checkService } from './service';
import { checkBindings } from './target-group-binding';
import { viewOf, type View } from './view';

/**
 * What is wrong with Ingresses, Services and the objects around them: what Kubernetes and the controller refuse or leave
 * out silently, what AWS refuses, and what can't be meant. Values that are known after apply only are not judged.
 *
 * @param objects with `KNOWN_AFTER_APPLY` in the place of tokens
 */
export function checkObjects(
  objects: readonly KubernetesObject[],
  context: CheckContext = {},
): ObjectFinding[] {
  const view = viewOf(objects, context);
  const model = modelOf(view);
  const findings = findingsOf(view, model);
  return withBetterWords(refusalFindings(view.given, model.Refusals), findings);
}

/** What judges a value alone says better what is wrong with it, and where, than whoever refuses it. */
function withBetterWords(
  refused: readonly ObjectFinding[],
  findings: readonly ObjectFinding[],
): ObjectFinding[] {
  const wrong = findings.filter(({ warning }) => !warning);
  const places = new Set(wrong.map(placeOf));
  const byPlace = new Map(refused.map((each) => [placeOf(each), each]));
  return [
    ...refused.filter((each) => each.other !== undefined || !places.has(placeOf(each))),
    ...findings.map((each) => {
      const refusal = each.warning ? undefined : byPlace.get(placeOf(each));
      return refusal === undefined ? each : { ...each, by: refusal.by, code: refusal.code };
    }),
  ];
}

/** The same of objects whose model is known, without what is refused there. */
export function checkModel(
  objects: readonly KubernetesObject[],
  model: Model,
  context: CheckContext = {},
): ObjectFinding[] {
  const places = new Set(refusalFindings(objects, model.Refusals).map(placeOf));
  return findingsOf(viewOf(objects, context), model).filter(
    (each) => each.warning || !places.has(placeOf(each)),
  );
}

/** First what takes the objects to see, then what takes the load balancers that are made of them. */
function findingsOf(view: View, model: Model): ObjectFinding[] {
  const { cluster, context, settings } = view;
  const services = [...cluster.services.values()].filter((each) => isLoadBalancerService(each, settings));
  const ofObjects = [
    ...accepted([...checkClasses(view), ...checkAnnotations(view)]),
    ...checkLeftovers(view),
    ...accepted([...checkParams(view), ...checkGroups(view)]),
    ...checkValues(view),
    ...checkUnused(view),
    ...checkSecurityGroups(view),
    ...services.flatMap((service) => checkService(service, context)),
    ...checkBindings(view),
  ];
  const ofLoadBalancers = [
    ...checkRules(view, model),
    ...checkTargetGroups(view, model),
    ...checkLoadBalancers(view, model),
    ...checkAuthentication(view, model),
    ...checkLoops(view, model),
    ...checkSubnets(view, model),
    ...checkSecurityRules(view, model),
    ...accepted(checkReachability(view, model)),
    ...checkQuotas(view, model),
  ];
  // A value that is wrong by itself is told once.
  const told = new Set(
    ofObjects.filter(({ warning }) => !warning).map((each) => `${placeOf(each)} ${String(each.value)}`),
  );
  return [
    ...ofObjects,
    ...ofLoadBalancers.filter((each) => !told.has(`${placeOf(each)} ${String(each.value)}`)),
  ];
}

function placeOf({ source: { Kind, Name }, path }: ObjectFinding): string {
  return `${Kind} ${Name} ${path}`;
}

function modelOf({ given, settings, context: { elsewhere, facts } }: View): Model {
  const { services = [] } = elsewhere ?? {};
  return buildModel(given, settings, {
    facts,
    isElsewhere: (service) => services === 'any' || services.includes(service),
  });
}
