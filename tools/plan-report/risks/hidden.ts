import { isChange, type ResourceChange, type StackChanges } from '../changes/changes';
import { pathText, type Path } from '../changes/path';
import { isSame } from '../changes/values';
import { lossOf } from './losses';
import { type Risk } from './risk';

/** Attributes that say who or what may, in words of which a path has one. */
const MATTERS =
  /(?:cidr|polic|principal|protocol|port\b|ports\b|public|internal|endpoint|role|security_group|prefix_list|\bacl\b|scheme|annotations|labels|encrypt|kms|protect|action|effect|subject|verbs|audit|logs?_types|source|destination|replicas|_size\b|version|engine|enabled|manifest|values\b)/;
/** Where nothing of that is, whatever it is called. */
const HARMLESS =
  /^(?:tags|tags_all|description|name)\b|password|token|user_data|secret|credential|private_key|certificate_body/;

/** Attributes that matter and that nobody can review, since their values are marked as sensitive. */
export function hiddenRisks({ stack, resources }: StackChanges): Risk[] {
  return resources.flatMap((change): Risk[] => {
    const hidden = hiddenIn(change).filter(
      (path) => change.action !== 'update' || !isSame(at(change.before, path), at(change.after, path)),
    );
    if (!isChange(change) || change.action === 'delete' || hidden.length === 0) return [];
    return [
      {
        code: 'hidden',
        kind: 'other',
        stack,
        address: change.address,
        noun: lossOf(change)?.noun ?? 'resource',
        words: 'has values that can not be reviewed, hidden:',
        values: [...new Set(hidden.map(pathText))],
      },
    ];
  });
}

/** Risks of resources with hidden attributes that matter say which these are, and nothing of their values. */
export function withoutHidden(risks: readonly Risk[], stacks: readonly StackChanges[]): Risk[] {
  const hidden = new Map(
    stacks.flatMap(({ stack, resources, drift }) =>
      [...resources, ...drift].flatMap((change) => {
        const paths = hiddenIn(change);
        return paths.length > 0 ? [[`${stack} ${change.address}`, paths] as const] : [];
      }),
    ),
  );
  return risks.map((risk) => {
    const paths = hidden.get(`${risk.stack} ${risk.address}`);
    if (!paths || risk.code === 'hidden') return risk;
    return { ...risk, values: [...new Set(paths.map((path) => `hidden: ${pathText(path)}`))] };
  });
}

function hiddenIn({ sensitive = [] }: ResourceChange): Path[] {
  return sensitive.filter((path) => {
    const text = pathText(path);
    return MATTERS.test(text) && !HARMLESS.test(text);
  });
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}
