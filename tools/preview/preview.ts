import {
  AUTO_MODE_CONTROLLER,
  autoModeParamsProblems,
  CLASS_ANNOTATION,
  checkModel,
  classNameOf,
  explained,
  type ExplainedRefusal,
  type ObjectFinding,
  propAt,
} from '../../load-balancers/checks';
import {
  ALB_CONTROLLER,
  buildModel,
  clusterOf,
  isUnknown,
  keyOf,
  passedOver,
  type KubernetesObject,
  type Model,
  type Source,
} from '../../load-balancers/model';
import { type RequestAnswer } from './answers';
import { type PreviewDifference } from './differences';
import { admitInput, type Input } from './input';
import { missingFrom } from './missing';
import { unjudged, unjudgedRelease } from './not-judged';
import { type ReleaseStep } from './release-steps';
import { isMap } from './values';
import { type Verification } from './verification';

/** What `npm run preview` shows, and prints as JSON. */
export interface Preview extends Omit<Model, 'NotJudged' | 'Refusals'> {
  /** What can't be told before apply, or only AWS knows; a sentence each. */
  readonly NotJudged: readonly string[];
  /** What Kubernetes or the controller would refuse, and what to write instead. */
  readonly Refusals: readonly ExplainedRefusal[];
  /** What AWS would refuse, and what is worth knowing. */
  readonly Findings: readonly PreviewFinding[];
  /** What is not in the input and was taken for granted, and what is not shown; a sentence each. */
  readonly Notes: readonly string[];
  /** Who answers the requests that were asked for. @default - none was */
  readonly Answers?: readonly RequestAnswer[];
  /** What differs from another preview; all else is of this one. @default - it wasn't asked for */
  readonly Differences?: readonly PreviewDifference[];
  /** What another release of the controller brings; `Differences` are between the two. @default - it wasn't asked for */
  readonly Release?: ReleaseStep;
  /** How the load balancers that are there compare with it. @default - it wasn't asked for */
  readonly Verified?: Verification;
}

export interface PreviewFinding {
  /** An error is refused, by AWS if not before; with a warning all is built, though maybe not as it is meant. */
  readonly Severity: 'error' | 'warning';
  /** Who refuses it; `kubernetes` means that `kubectl apply` fails. @default - nobody, or a placeholder is to be replaced first */
  readonly By?: ExplainedRefusal['By'] | 'aws';
  readonly Source: Source;
  /** Where the value is in the typed props of an Ingress. @default - it is of a Service with a load balancer of its own */
  readonly Prop?: string;
  readonly Value: string;
  readonly Reason: string;
  readonly Remedy: string;
}

/** What the controller would make of an input, as far as it can be known. */
export function preview(input: Input): Preview {
  const { objects, settings, facts = {}, assumptions, findings = [] } = admitInput(input);
  const { NotJudged, ...model } = buildModel(objects, settings, { facts });
  // A Service that is not in the input may be elsewhere; what the controller makes without it is shown.
  const context = { settings, facts, elsewhere: { services: 'any' } } as const;
  const checked = checkModel(objects, { ...model, NotJudged }, context).map(findingOf);
  const missing = missingFrom(input.objects, model.LoadBalancers);
  return {
    ...model,
    Refusals: explained(objects, model.Refusals),
    Findings: [
      ...findings,
      ...autoModeFindings(input),
      ...checked,
      ...missing.findings,
      ...tooNew(objects, settings.release),
    ],
    NotJudged: [
      ...NotJudged,
      ...unjudged({ ...model, NotJudged }, facts),
      ...unjudgedRelease(settings.release),
    ],
    Notes: [...assumptions, ...missing.notes, ...unserved(input.objects, { ...model, NotJudged })],
  };
}

/** What a release doesn't know yet, and says nothing of. */
function tooNew(objects: readonly KubernetesObject[], release: string | undefined): PreviewFinding[] {
  if (release === undefined) return [];
  return objects.flatMap((object) =>
    passedOver(release, object).map(({ name, since }): PreviewFinding => {
      const ofClass = object.kind === 'IngressClassParams';
      const value = ofClass ? object.spec[name] : object.metadata.annotations?.[name];
      return {
        Severity: 'warning',
        Source: {
          Kind: object.kind as Source['Kind'],
          Name: keyOf(object),
          ...(ofClass ? { Field: `spec.${name}` } : { Annotation: name }),
        },
        Value: typeof value === 'string' ? value : JSON.stringify(value),
        Reason: `release ${release} of the controller passes it over: ${since} is the first that knows it`,
        Remedy: `upgrade the controller to ${since} or later, or leave it out`,
      };
    }),
  );
}

/** Whether the controller, Kubernetes or AWS would refuse any of it. */
export function isRefused({ Refusals, Findings }: Preview): boolean {
  return Refusals.length > 0 || Findings.some(({ Severity }) => Severity === 'error');
}

/** What parameters of EKS Auto Mode say that it has not. */
function autoModeFindings({ others = [] }: Input): PreviewFinding[] {
  return others.flatMap(({ apiVersion, kind, metadata, spec }) => {
    if (!apiVersion.startsWith('eks.amazonaws.com/') || kind !== 'IngressClassParams' || !isMap(spec))
      return [];
    const Name = isMap(metadata) ? String(metadata.name) : '';
    return autoModeParamsProblems(spec).map(({ path, value, reason, remedy }) =>
      findingOf({
        ...{ path, value, reason, remedy, warning: true },
        source: { Kind: 'IngressClassParams', Name, Field: path },
      }),
    );
  });
}

function findingOf({ source, value, reason, remedy, warning, by }: ObjectFinding): PreviewFinding {
  const isBuilt = warning === true || by === undefined;
  return {
    Severity: isBuilt ? 'warning' : 'error',
    ...(!isBuilt && { By: by }),
    Source: source,
    ...((source.Kind !== 'Service' || source.Annotation?.startsWith('alb.')) && { Prop: propAt(source) }),
    Value: typeof value === 'string' ? value : JSON.stringify(value ?? ''),
    Reason: reason,
    Remedy: remedy,
  };
}

/** Ingresses without load balancer that are not refused either. */
function unserved(
  objects: readonly KubernetesObject[],
  { LoadBalancers, Refusals, NotJudged }: Model,
): string[] {
  const seen = new Set([
    ...LoadBalancers.flatMap(({ Members }) => Members),
    ...Refusals.flatMap(({ Objects }) => Objects),
    ...NotJudged.map((what) => what.slice(0, what.indexOf(':'))),
  ]);
  const { ingressClasses } = clusterOf(objects);
  return objects.flatMap((object) => {
    const what = `${object.kind} ${keyOf(object)}`;
    if (object.kind === 'Service' && object.spec.loadBalancerClass === 'eks.amazonaws.com/nlb')
      return [autoMode(what)];
    if (object.kind !== 'Ingress' || seen.has(what)) return [];
    const name = classNameOf(object, { ingressClasses });
    const { controller } = ingressClasses.get(name ?? '')?.spec ?? {};
    if (controller === AUTO_MODE_CONTROLLER) return [autoMode(what)];
    const annotated = object.metadata.annotations?.[CLASS_ANNOTATION];
    // A class that isn't there either has its own note.
    if (annotated === undefined && name !== undefined && controller === undefined) return [];
    const whose = isUnknown(controller) ? 'a controller that is there already' : (controller ?? '');
    const why =
      annotated !== undefined || controller === undefined || controller === ALB_CONTROLLER
        ? 'the controller does not serve its class'
        : `its class ${name ?? ''} is served by ${whose}`;
    return [`${what} gets no load balancer: ${why}`];
  });
}

function autoMode(what: string): string {
  return `not previewed: EKS Auto Mode makes a load balancer of ${what}`;
}
