import { type Stack } from '../../kit/stack-id';
import { type StackChanges } from '../changes/changes';
import { asList, asTexts, blockOf, isHidden, jsonIn, stringOf, type Values } from '../changes/values';
import { includes } from './admitted';
import { withoutIndex, type WrittenResources } from './iam-change';
import { statementsOf, type Condition, type Statement } from './statement';

/** One way to the role that applies: `repo:acme/shop:environment:dev -> eks-ingress-dev-apply`. */
export interface ApplyPath {
  readonly sign: 'gained' | 'lost' | 'kept';
  /** Who begins, over which roles and by which right, the role that applies last. */
  readonly text: string;
  /** Whether it leads over other roles, or over rights to change the role: more than its own trust says. */
  readonly isIndirect: boolean;
}

/** Who can become the role of pipelines that applies. */
export interface ApplyPaths {
  readonly role: string;
  readonly address: string;
  readonly paths: readonly ApplyPath[];
  /** Stacks of which no plan is given: their roles aren't in it. */
  readonly notGiven: readonly Stack[];
  /** Whether bootstrap is as it is synthesized here, whatever is applied. */
  readonly asWritten: boolean;
}

/** A role or a user, with what it may and who may be it. */
interface Identity {
  readonly kind: 'role' | 'user';
  readonly stack: Stack;
  readonly address: string;
  readonly name: string;
  /** What policies may call it: its ARN, the one that its name makes, a reference. */
  readonly names: readonly string[];
  readonly trust: readonly Statement[];
  readonly policies: readonly Statement[];
}

type Side = 'before' | 'after';
interface Found {
  readonly stack: Stack;
  readonly address: string;
  readonly values: Values;
}

/**
 * Who can become the role that applies, before and after: by its trust, over roles and users of all given stacks, by rights to
 * change its trust, to hand it to a service that it trusts, or to give oneself what it may.
 *
 * @param written the synthesized stacks: what is known after apply only, and bootstrap where its plan isn't given
 */
export function applyPaths(
  stacks: readonly StackChanges[],
  expected: readonly Stack[],
  written: WrittenResources = () => new Map(),
): ApplyPaths[] {
  const asWritten = !stacks.some(({ stack }) => stack === 'bootstrap');
  const sides = (['before', 'after'] as const).map((side) => identities(found(stacks, side, written)));
  const [before = [], after = []] = sides;
  const targets = new Map(
    sides
      .flat()
      .filter(({ kind, stack, name }) => kind === 'role' && stack === 'bootstrap' && name.endsWith('-apply'))
      .map((role) => [role.name, role]),
  );
  return [...targets.values()].map(({ name, address }) => {
    const [old, fresh] = [before, after].map((side) => pathsTo(name, side)) as [Paths, Paths];
    return {
      role: name,
      address,
      paths: [...new Set([...fresh.keys(), ...old.keys()])].map((text) => ({
        sign: old.has(text) ? (fresh.has(text) ? 'kept' : 'lost') : 'gained',
        text,
        isIndirect: (fresh.get(text) ?? old.get(text) ?? 0) > 1,
      })),
      notGiven: expected.filter((each) => !stacks.some(({ stack }) => stack === each)),
      asWritten,
    };
  });
}

function found(stacks: readonly StackChanges[], side: Side, written: WrittenResources): Found[] {
  const isGiven = stacks.some(({ stack }) => stack === 'bootstrap');
  const bootstrap = isGiven ? [] : [...written('bootstrap')];
  return [
    ...bootstrap.map(([address, values]): Found => ({ stack: 'bootstrap', address, values })),
    ...stacks.flatMap(({ stack, resources }) =>
      resources.flatMap(({ type, address, action, ...sides }): Found[] => {
        const values = sides[side] ?? (action === 'forget' ? sides.before : undefined);
        if (values === undefined || !type.startsWith('aws_iam_')) return [];
        const late = written(stack).get(withoutIndex(address)) ?? {};
        const known = Object.entries(values).map(([key, value]) => [
          key,
          isHidden(value) ? (late[key] ?? value) : value,
        ]);
        return [{ stack, address, values: Object.fromEntries(known) as Values }];
      }),
    ),
  ];
}

/** What policies of AWS allow that are ways to other identities. */
const OF_AWS: Readonly<Record<string, Values>> = {
  AdministratorAccess: { Action: '*' },
  IAMFullAccess: { Action: 'iam:*' },
  PowerUserAccess: { NotAction: ['iam:*', 'organizations:*', 'account:*'] },
};

function identities(resources: readonly Found[]): Identity[] {
  const documents = new Map(
    resources.flatMap(({ address, values }) =>
      address.startsWith('aws_iam_policy.')
        ? [values.arn, `\${${address}.arn}`].map((arn) => [String(arn), documentIn(values.policy)] as const)
        : [],
    ),
  );
  const attached = (arn: unknown) =>
    documents.get(String(arn)) ??
    documentOf(
      Object.entries(OF_AWS).flatMap(([name, allows]) =>
        String(arn).endsWith(`:aws:policy/${name}`) ? [{ Effect: 'Allow', Resource: '*', ...allows }] : [],
      ),
    );
  return resources.flatMap(({ stack, address, values }): Identity[] => {
    const [, kind] = /^aws_iam_(role|user)\./.exec(address) ?? [];
    if (kind !== 'role' && kind !== 'user') return [];
    const name = stringOf(values.name) ?? address;
    const arn = stringOf(values.arn);
    const isOwn = (owner: unknown) =>
      owner === name || ['name', 'id', 'arn'].some((each) => owner === `\${${address}.${each}}`);
    return [
      {
        kind,
        stack,
        address,
        name,
        names: [
          ...(arn !== undefined && !isHidden(arn) ? [arn] : [`arn:aws:iam::*:${kind}/${name}`]),
          `\${${address}.arn}`,
        ],
        trust: documentIn(values.assume_role_policy),
        policies: [
          ...asList(values.inline_policy).flatMap((inline) => documentIn(blockOf(inline).policy)),
          ...asTexts(values.managed_policy_arns).flatMap(attached),
          ...resources.flatMap((each) => {
            const { values: other } = each;
            if (each.stack !== stack || !isOwn(other[kind])) return [];
            if (each.address.startsWith(`aws_iam_${kind}_policy.`)) return documentIn(other.policy);
            return each.address.startsWith(`aws_iam_${kind}_policy_attachment.`)
              ? attached(other.policy_arn)
              : [];
          }),
        ],
      },
    ];
  });
}

const documentIn = (text: unknown) => statementsOf(jsonIn(text)) ?? [];
const documentOf = (statements: readonly Values[]) => statementsOf({ Statement: statements }) ?? [];

/** How many steps each path has, by its text. */
type Paths = ReadonlyMap<string, number>;

/** The shortest way of each who can become it, found backwards. */
function pathsTo(target: string, all: readonly Identity[]): Paths {
  const paths = new Map<string, number>();
  const reached = new Map<
    string,
    { readonly identity: Identity; readonly text: string; readonly steps: number }
  >();
  const last = all.find(({ name, stack }) => name === target && stack === 'bootstrap');
  if (last) reached.set(last.address, { identity: last, text: last.name, steps: 0 });
  for (const { identity, text, steps } of reached.values()) {
    for (const principal of leaves(identity, all)) paths.set(`${principal} -> ${text}`, steps + 1);
    if (identity.kind === 'user') paths.set(text, steps);
    for (const from of all) {
      if (reached.has(from.address)) continue;
      const right = wayTo(from, identity, identity === last);
      if (right === undefined) continue;
      const arrow = right === '' ? '->' : `-(${right})->`;
      reached.set(from.address, { identity: from, text: `${from.name} ${arrow} ${text}`, steps: steps + 1 });
    }
  }
  return paths;
}

const CHANGES = {
  role: ['iam:UpdateAssumeRolePolicy'],
  user: ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile'],
};
const WIDENS = ['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PutUserPolicy', 'iam:AttachUserPolicy'];

/** The right by which one becomes another; '' where trust is enough. */
function wayTo(from: Identity, to: Identity, isLast: boolean): string | undefined {
  const admitted = to.trust.flatMap(({ Effect, Principal }) => (Effect === 'Allow' ? Principal : []));
  if (admitted.some((principal) => from.names.includes(principal.replace(/^AWS /, '')))) return '';
  const isOfAccount = admitted.some((principal) => /^AWS \d{12}$|^\*$/.test(principal));
  if (isOfAccount && allows(from, 'sts:AssumeRole', to)) return 'sts:AssumeRole';
  const changes = CHANGES[to.kind].find((action) => allows(from, action, to));
  if (changes !== undefined) return changes;
  const services = admitted.flatMap((principal) => /^Service (.*)/.exec(principal)?.[1] ?? []);
  const service = services.find((each) => allows(from, 'iam:PassRole', to, each));
  if (service !== undefined) return `iam:PassRole to ${service}`;
  const widens = isLast ? WIDENS.find((action) => allows(from, action, from)) : undefined;
  return widens && `${widens} on itself`;
}

/** Whether a right is allowed and nothing denies it for certain; what a condition asks for is taken for given. */
function allows({ policies }: Identity, action: string, { names }: Identity, service?: string): boolean {
  const passed: Condition[] =
    service === undefined
      ? []
      : [{ operator: 'StringEquals', key: 'iam:PassedToService', values: [service] }];
  const asked = (name: string): Statement => ({
    Effect: 'Allow',
    Principal: [],
    NotPrincipal: [],
    Action: [action],
    NotAction: [],
    Resource: [name],
    NotResource: [],
    Condition: passed,
  });
  const lasting = ({ Condition: conditions, ...rest }: Statement): Statement => ({
    ...rest,
    Condition: conditions.filter(({ key }) => key === 'iam:PassedToService'),
  });
  const isSaid = (effect: string, of: (statement: Statement) => Statement) =>
    names.some((name) => policies.some((each) => each.Effect === effect && includes(of(each), asked(name))));
  return isSaid('Allow', lasting) && !isSaid('Deny', (statement) => statement);
}

/** Who is admitted and no role or user here: subjects of tokens, accounts, services. */
function leaves({ trust }: Identity, all: readonly Identity[]): string[] {
  return trust
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Principal, NotPrincipal, Condition: conditions }) => {
      const subjects = conditions.flatMap(({ key, values }) =>
        /:sub$|^aws:RequestTag\/kubernetes-(?:namespace|service-account)$/.test(key) ? [values] : [],
      );
      const others = NotPrincipal.length > 0 ? ['anybody'] : Principal;
      return others
        .filter((each) => !all.some(({ names }) => names.includes(each.replace(/^AWS /, ''))))
        .flatMap((each) => {
          if (each.startsWith('Service pods.eks.')) return [`pods of ${subjects.reverse().flat().join('/')}`];
          if (each.startsWith('Federated'))
            return subjects.flat().length > 0 ? subjects.flat() : [`anybody of ${each}`];
          return [each === '*' ? 'anybody' : each];
        });
    });
}
