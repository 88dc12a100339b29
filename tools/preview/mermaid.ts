import {
  type Action,
  type Listener,
  type LoadBalancer,
  type Rule,
  type TargetGroup,
} from '../../load-balancers/model';
import { visible } from './layout';
import { type Preview } from './preview';
import { actionWords, conditionWords, targetWords, transformWords } from './words';

/** A preview as a Mermaid flowchart: client, listener, conditions of a rule, target group. */
export function mermaid({ LoadBalancers, Refusals }: Preview): string {
  const lines = [
    'flowchart LR',
    ...(LoadBalancers.length > 0 ? ['  client((client))'] : []),
    ...LoadBalancers.flatMap((loadBalancer, index) => loadBalancerLines(loadBalancer, `lb${index}`)),
    ...Refusals.map(({ Blocks, Message }, index) =>
      node(`refusal${index}`, ['refused', Blocks, Message], ['[/', '/]']),
    ),
    ...(LoadBalancers.length + Refusals.length === 0 ? [node('none', ['no load balancer'])] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function loadBalancerLines(
  { Id, Type, Scheme, Listeners, TargetGroups }: LoadBalancer,
  id: string,
): string[] {
  const groups = new Map(TargetGroups.map((group, index) => [group.Id, `${id}t${index}`]));
  return [
    `  subgraph ${id} [${label([Id, `${Type}, ${Scheme}`])}]`,
    ...TargetGroups.map((group) => `  ${node(groups.get(group.Id) ?? '', groupLabel(group), ['[(', ')]'])}`),
    ...Listeners.flatMap((listener, index) => listenerLines(listener, `${id}l${index}`, groups)).map(
      (line) => `  ${line}`,
    ),
    '  end',
    ...Listeners.map((_, index) => `  client --> ${id}l${index}`),
  ];
}

function groupLabel({ Id, Protocol, Port, TargetType }: TargetGroup): string[] {
  return [Id, `${Protocol} ${Port} ${TargetType}`];
}

type Groups = ReadonlyMap<string, string>;

function listenerLines(listener: Listener, id: string, groups: Groups): string[] {
  const { Protocol, Port, Rules, DefaultActions } = listener;
  return [
    node(id, [`${Protocol} ${Port}`]),
    ...Rules.flatMap((rule, index) => ruleLines(rule, id, `${id}r${index}`, groups)),
    ...actionLines(DefaultActions, id, groups, 'default'),
  ];
}

function ruleLines(rule: Rule, listener: string, id: string, groups: Groups): string[] {
  const { Priority, Conditions, Transforms, Actions } = rule;
  const words = [...Conditions.map(conditionWords), ...Transforms.map(transformWords)];
  return [
    node(id, words.length > 0 ? words : ['any request'], ['{{', '}}']),
    `  ${listener} -->|${label([`${Priority}`])}| ${id}`,
    ...actionLines(Actions, id, groups),
  ];
}

/** The last action of a rule answers or forwards; those before it let a request pass. */
function actionLines(actions: readonly Action[], from: string, groups: Groups, condition?: string): string[] {
  const before = actions.slice(0, -1).map(actionWords);
  const edge = (...words: (string | undefined)[]) => {
    const shown = [condition, ...before, ...words].filter((word) => word !== undefined);
    return shown.length === 0 ? '-->' : `-->|${label(shown)}|`;
  };
  return actions.slice(-1).flatMap((action) => {
    const end = `${from}end`;
    if (action.Type !== 'forward' || !('ForwardConfig' in action)) {
      return [node(end, [actionWords(action)], ['([', '])']), `  ${from} ${edge()} ${end}`];
    }
    const { TargetGroups } = action.ForwardConfig;
    return TargetGroups.flatMap((tuple, index) => {
      const weight = TargetGroups.length > 1 ? `weight ${tuple.Weight ?? 1}` : undefined;
      const own = tuple.TargetGroup === undefined ? undefined : groups.get(tuple.TargetGroup);
      return own === undefined
        ? [
            node(`${end}${index}`, [targetWords(tuple)], ['[(', ')]']),
            `  ${from} ${edge(weight)} ${end}${index}`,
          ]
        : [`  ${from} ${edge(weight)} ${own}`];
    });
  });
}

function node(
  id: string,
  words: readonly string[],
  [open, close]: readonly [string, string] = ['[', ']'],
): string {
  return `  ${id}${open}${label(words)}${close}`;
}

/**
 * A quoted label of several lines in which a person's letters stand for themselves: what Mermaid, HTML or Markdown could
 * read is written as its number.
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function label(lines: readonly string[]): string {
  return `"${lines.map((line) => visible(line).replace(/[^\p{L}\p{N} .,/:=()-]/gu, numbered)).join('<br>')}"`;
}

function numbered(letter: string): string {
  return `#${letter.codePointAt(0) ?? 0};`;
}
