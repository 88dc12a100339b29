import { type ResourceChange, type StackChanges } from '../changes/changes';
import { isHidden, stringOf } from '../changes/values';
import { compareVersions } from '../../kit/terraform/version';
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
const CONTROLLER = 'aws-load-balancer-controller';

/** What gets another version. */
export function versionRisks({ stack, resources }: StackChanges): Risk[] {
  return resources.flatMap((change) => {
    const versioned = Object.hasOwn(VERSIONED, change.type) ? VERSIONED[change.type] : undefined;
    if (!versioned || !change.before || !change.after || change.action === 'no-op') return [];
    const { noun, attributes, name } = versioned;
    const named = name === undefined ? undefined : stringOf(change.after[name]);
    return attributes.flatMap((attribute): Risk[] => {
      const [before, after] = [change.before?.[attribute], change.after?.[attribute]].map(stringOf);
      // What AWS chooses when the rest is there.
      if (before === undefined || after === undefined || before === after || isHidden(after)) return [];
      return [
        {
          code: 'version',
          stack,
          address: change.address,
          noun: named === CONTROLLER ? 'load balancer controller' : noun,
          words: wordsOf(change, attribute, before, after),
          values: [...(named === undefined ? [] : [named]), `${attribute}: ${before} -> ${after}`],
        },
      ];
    });
  });
}

const SHAPE = /^v?\d+(?:\.\d+)*/;

function wordsOf({ type }: ResourceChange, attribute: string, before: string, after: string): string {
  const [old, fresh] = [before, after].map((text) => SHAPE.exec(text)?.[0].replace('v', '') ?? '') as [
    string,
    string,
  ];
  if (old === '' || fresh === '' || attribute === 'ami_type') return 'changes its version';
  if (compareVersions(old, fresh) > 0) return 'goes back to an earlier version';
  const minors = Number(fresh.split('.')[1]) - Number(old.split('.')[1]);
  return type === 'aws_eks_cluster' && minors > 1
    ? 'skips a minor version, which EKS refuses'
    : 'gets a later version';
}
