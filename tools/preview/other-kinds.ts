import { FEATURE_GATES, type ControllerSettings } from '../../load-balancers/model';

/** An object of a kind of which the preview shows nothing, though a load balancer may be made of it. */
export interface OtherObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: unknown;
  readonly spec?: unknown;
}

interface Dialect {
  readonly groups: RegExp;
  /** @default - all kinds of these groups */
  readonly kinds?: RegExp;
  /** Follows the kinds. */
  readonly words: (settings: Partial<ControllerSettings>) => string;
}

const GATEWAY_GATES = ['ALBGatewayAPI', 'NLBGatewayAPI'] as const;

const DIALECTS: readonly Dialect[] = [
  {
    groups: /^gateway\.(?:networking\.)?(?:x-)?k8s\.(?:io|aws)$/,
    words: ({ featureGates }) =>
      GATEWAY_GATES.some((gate) => featureGates?.[gate] ?? FEATURE_GATES[gate])
        ? 'the controller makes load balancers of Gateways whose class is gateway.k8s.aws/alb or gateway.k8s.aws/nlb, and none of that is shown here'
        : `the controller makes nothing of them, as its feature gates ${GATEWAY_GATES.join(' and ')} are closed`,
  },
  {
    groups: /^eks\.amazonaws\.com$/,
    words: () => 'EKS Auto Mode reads them, and makes load balancers that are not shown here',
  },
  {
    groups: /^(?:elbv2|aga)\.k8s\.aws$/,
    words: () => 'the controller reads them, and what it makes of them is not shown here',
  },
  {
    groups:
      /^(?:kustomize\.config\.k8s\.io|(?:kustomize|helm)\.toolkit\.fluxcd\.io|argoproj\.io|helm\.cattle\.io)$/,
    kinds: /^(?:Kustomization|Component|HelmRelease|Application|ApplicationSet|HelmChart)$/,
    words: () =>
      'they stand for other manifests: preview those, such as what kubectl kustomize or helm template prints',
  },
];

function dialectOf({ apiVersion, kind }: Pick<OtherObject, 'apiVersion' | 'kind'>): Dialect | undefined {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')));
  return DIALECTS.find(({ groups, kinds }) => groups.test(group) && (kinds?.test(kind) ?? true));
}

/** Whether a load balancer may be made of it all the same. */
export function isOtherDialect(object: Pick<OtherObject, 'apiVersion' | 'kind'>): boolean {
  return dialectOf(object) !== undefined;
}

/** What is not previewed of an input, and why; a sentence for each dialect. */
export function notPreviewed(
  objects: readonly OtherObject[],
  settings: Partial<ControllerSettings>,
): readonly string[] {
  return DIALECTS.flatMap((dialect) => {
    const counts = new Map<string, number>();
    for (const object of objects) {
      if (dialectOf(object) !== dialect) continue;
      counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1);
    }
    const kinds = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
    return counts.size === 0 ? [] : [`not previewed: ${kinds}: ${dialect.words(settings)}`];
  });
}
