import {
  type Annotated,
  type Ingress,
  keyOf,
  type Listener,
  type LoadBalancer,
  type Model,
  type Rule,
} from '../../model';
import { atAnnotation, distinctFindings, type ObjectFinding } from '../finding';
import { named, ownerOf, read, withService } from '../read';
import { ingressesOf, redirectUnknown, saysUnknown, type View } from '../view';

/** On a plain listener the controller leaves authentication out: anybody gets in. */
export function checkAuthentication(view: View, { LoadBalancers }: Model): ObjectFinding[] {
  const known = LoadBalancers.filter((each) => !redirectUnknown(view, each));
  return distinctFindings([
    ...known.flatMap((loadBalancer) =>
      saysUnknown(view, loadBalancer, 'listen-ports') ? [] : checkUnserved(view, loadBalancer),
    ),
    ...known.flatMap((loadBalancer) =>
      loadBalancer.Listeners.filter(({ Protocol }) => Protocol === 'HTTP').flatMap((listener) =>
        [
          ...listener.Rules.map(({ Actions, Origin }) => ({ Actions, sources: Origin.Conditions })),
          { Actions: listener.DefaultActions, sources: listener.Origin.DefaultActions },
        ].flatMap(({ Actions, sources: [source] = [] }) => {
          const ingress = view.ingresses.get(source?.Name ?? '');
          return ingress ? checkOpen(view, ingress, loadBalancer, listener, Actions) : [];
        }),
      ),
    ),
  ]);
}

/** In a group that redirects to HTTPS, an Ingress that listens with plain HTTP has no rules at all. */
function checkUnserved(view: View, loadBalancer: LoadBalancer): ObjectFinding[] {
  const { Type, Listeners } = loadBalancer;
  // A frontend NLB has the same members, and no rules.
  if (Type !== 'application') return [];
  const served = new Set(
    Listeners.flatMap(({ Rules }) => Rules.map(({ Origin }) => Origin.Conditions?.[0]?.Name)),
  );
  return ingressesOf(view, loadBalancer).flatMap((ingress) => {
    if (served.has(keyOf(ingress)) || !ingress.spec.rules?.length) return [];
    return askedOf(ingress, ingress).map((suffix) =>
      atAnnotation(ingress, named(suffix), {
        reason: 'the Ingress listens with plain HTTP only, where nobody is asked to log in',
        remedy: HTTPS_ONLY,
        accepted: true,
      }),
    );
  });
}

const HTTPS_ONLY = `listen on HTTPS only, or redirect to it (${named('ssl-redirect')})`;

/** The annotations that ask for users or tokens. */
function askedOf(ingress: Ingress, annotations: Annotated): string[] {
  const type = read.text(annotations, 'auth-type');
  return [
    ...(type === 'oidc' || type === 'cognito' ? ['auth-type'] : []),
    ...(read.has(ingress, 'jwt-validation') ? ['jwt-validation'] : []),
  ];
}

/** A Service's annotations count where a rule forwards to it alone. */
function checkOpen(
  { cluster }: View,
  ingress: Ingress,
  { TargetGroups }: LoadBalancer,
  { Port }: Listener,
  actions: Rule['Actions'],
): ObjectFinding[] {
  const action = actions.find(({ Type }) => Type === 'forward');
  if (action?.Type !== 'forward') return [];
  const [target, ...others] = action.ForwardConfig.TargetGroups;
  const name = TargetGroups.find(({ Id }) => Id === target?.TargetGroup)?.Service?.Name ?? '';
  const service = others.length === 0 ? cluster.services.get(name) : undefined;
  return askedOf(ingress, withService(ingress, service)).map((suffix) =>
    atAnnotation(ownerOf(ingress, service, suffix), named(suffix), {
      reason: `the listener on port ${Port} is plain HTTP, where nobody is asked to log in`,
      remedy: HTTPS_ONLY,
      accepted: true,
    }),
  );
}
