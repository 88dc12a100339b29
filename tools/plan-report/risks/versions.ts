import { CONTROLLER_RELEASES } from '../../../load-balancers/releases';
import { compareVersions } from '../../kit/terraform/version';
import { type ResourceChange, type StackChanges } from '../changes/changes';
import { isHidden, stringOf, type Values } from '../changes/values';
import { type Risk } from './risk';

interface Versioned {
  readonly noun: string;
  readonly attributes: readonly string[];
  /** Attribute that names what has the version. */
  readonly name?: string;
}

const VERSIONED: Readonly<Record<string, Versioned>> = {
  aws_eks_cluster: { noun: 'Kubernetes', attributes: ['version'] },
  aws_eks_node_group: { noun: 'nodes', attributes: ['version', 'release_version', 'ami_type'] },
  aws_eks_addon: { noun: 'add-on', attributes: ['addon_version'], name: 'addon_name' },
  helm_release: { noun: 'chart', attributes: ['version', 'chart'], name: 'name' },
  aws_launch_template: { noun: 'image of nodes', attributes: ['image_id'] },
};
/** Of databases, caches, brokers. */
const ENGINE: Versioned = { noun: 'engine', attributes: ['engine_version'] };
const CONTROLLER = 'aws-load-balancer-controller';
/** Release of its definitions, which comes before it. */
const DEFINITIONS = `${CONTROLLER}-crds`;
/** Nodes may be so many minor versions behind. @see https://kubernetes.io/releases/version-skew-policy/ */
const OLDEST_NODES = 3;

/** What gets another version. */
export function versionRisks(changes: StackChanges): Risk[] {
  return [...changes.resources.flatMap((change) => versionChanges(change, changes)), ...nodeSkew(changes)];
}

function versionChanges(change: ResourceChange, { stack, resources }: StackChanges): Risk[] {
  const versioned = (Object.hasOwn(VERSIONED, change.type) && VERSIONED[change.type]) || ENGINE;
  if (!change.after || change.action === 'no-op') return [];
  if (!change.before) return unverified(change, stack);
  const { noun, attributes, name } = versioned;
  const named = name === undefined ? undefined : stringOf(change.after[name]);
  const isController = isOfController(change.after);
  const hasDefinitions = resources.some(
    ({ type, after }) => type === 'helm_release' && after?.name === DEFINITIONS,
  );
  return attributes.flatMap((attribute): Risk[] => {
    const [before, after] = [change.before?.[attribute], change.after?.[attribute]].map(stringOf);
    // What AWS chooses when the rest is there.
    if (before === undefined || after === undefined || before === after || isHidden(after)) return [];
    return [
      {
        ...judged(change.type, attribute, before, after, { isController, hasDefinitions }),
        stack,
        address: change.address,
        noun: isController ? 'load balancer controller' : noun,
        values: [...(named === undefined ? [] : [named]), `${attribute}: ${before} -> ${after}`],
      },
    ];
  });
}

/** A controller whose release nobody looked at here. */
function unverified({ type, address, after = {} }: ResourceChange, stack: StackChanges['stack']): Risk[] {
  const version = stringOf(after.version);
  const isKnown = version === undefined || CONTROLLER_RELEASES.some(({ chart }) => chart === version);
  if (type !== 'helm_release' || !isOfController(after) || isKnown || isHidden(version)) return [];
  return [
    {
      code: 'version',
      kind: 'order',
      stack,
      address,
      noun: 'load balancer controller',
      words: NOT_VERIFIED,
      values: [`version: ${version}`],
    },
  ];
}

const NOT_VERIFIED =
  'is of a release that is not verified here: neither its policy nor its CRDs were looked at';

/** Whether a release is of the controller's chart. */
export function isOfController({ name, chart }: Values): boolean {
  return [name, chart].some((value) => typeof value === 'string' && value.split('/').at(-1) === CONTROLLER);
}

const SHAPE = /^v?\d+(?:\.\d+)*/;
const LATER = 'gets a later version';

function judged(
  type: string,
  attribute: string,
  before: string,
  after: string,
  { isController, hasDefinitions }: { readonly isController: boolean; readonly hasDefinitions: boolean },
): Pick<Risk, 'code' | 'kind' | 'words'> {
  const [old, fresh] = [before, after].map((text) => SHAPE.exec(text)?.[0].replace('v', '') ?? '') as [
    string,
    string,
  ];
  const minor = { code: 'version', kind: 'versions' } as const;
  if (attribute === 'chart') return { code: 'version', kind: 'order', words: 'becomes another chart' };
  if (old === '' || fresh === '' || attribute === 'ami_type')
    return { ...minor, words: 'changes its version' };
  const isBack = compareVersions(old, fresh) > 0;
  if (type === 'aws_eks_cluster') {
    const refused = { code: 'refused', kind: 'order' } as const;
    if (isBack) return { ...refused, words: 'goes back to an earlier version, which EKS refuses' };
    const skips = minorOf(fresh) - minorOf(old) > 1 || majorOf(fresh) !== majorOf(old);
    return skips
      ? { ...refused, words: 'skips a minor version, which EKS refuses' }
      : { ...minor, words: LATER };
  }
  if (isController && attribute === 'version') {
    const order = orderOfController(old, fresh, hasDefinitions);
    if (order !== '')
      return {
        code: 'version',
        kind: 'order',
        words: `${isBack ? 'goes back to an earlier version' : LATER}${order}`,
      };
  }
  if (isBack) return { code: 'version', kind: 'order', words: 'goes back to an earlier version' };
  return type === 'helm_release' && majorOf(fresh) !== majorOf(old)
    ? {
        code: 'version',
        kind: 'order',
        words: 'gets a version that its makers call incompatible (another major one)',
      }
    : { ...minor, words: LATER };
}

/** What must come before a release of the controller, by what is known of both. */
function orderOfController(before: string, after: string, hasDefinitions: boolean): string {
  const [old, fresh] = [before, after].map((version) =>
    CONTROLLER_RELEASES.find(({ chart }) => chart === version),
  );
  if (!old || !fresh)
    return ', which is not verified here: whether its CRDs and its IAM policy are others is not known';
  return [
    ...(old.policySha256 === fresh.policySha256 ? [] : ['its IAM policy is another one: apply it first']),
    ...(old.crdsSha256 === fresh.crdsSha256 || hasDefinitions
      ? []
      : ['its CRDs are others, and Helm does not upgrade CRDs: apply them before the chart']),
  ]
    .map((words) => `, and ${words}`)
    .join('');
}

/** Nodes that their control plane doesn't take. */
function nodeSkew({ stack, resources }: StackChanges): Risk[] {
  const clusters = resources.filter(({ type, after }) => type === 'aws_eks_cluster' && after !== undefined);
  const [version] = clusters.length === 1 ? clusters.map(({ after }) => stringOf(after?.version)) : [];
  if (version === undefined || isHidden(version)) return [];
  return resources.flatMap(({ type, address, action, after }): Risk[] => {
    const nodes = stringOf(after?.version);
    if (type !== 'aws_eks_node_group' || action === 'no-op' || nodes === undefined || isHidden(nodes))
      return [];
    const behind = minorOf(version) - minorOf(nodes);
    if (behind >= 0 && behind <= OLDEST_NODES) return [];
    const words =
      behind < 0 ? 'would be newer than their control plane' : 'would be too old for their control plane';
    return [
      {
        code: 'refused',
        kind: 'order',
        stack,
        address,
        noun: 'nodes',
        words: `${words}, which EKS refuses:`,
        values: [`${nodes}, of ${version}`],
      },
    ];
  });
}

const majorOf = (version: string) => Number(version.split('.')[0]);
const minorOf = (version: string) => Number(version.split('.')[1]);
