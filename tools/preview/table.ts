import {
  isUnknown,
  type BoundTargetGroup,
  type Listener,
  type LoadBalancer,
  type Origin,
  type TargetGroup,
} from '../../load-balancers/model';
import { columns, indent, properties, visible, wrap } from './layout';
import { type RequestAnswer } from './answers';
import { differenceWords, type PreviewDifference } from './differences';
import { type PreviewFinding, type Preview } from './preview';
import { changeWords, releaseStepWords } from './release-steps';
import { type Verification } from './verification';
import {
  actionWords,
  conditionWords,
  healthWords,
  keyValueWords,
  listenerWords,
  permissionWords,
  placeWords,
  sourceWords,
  transformWords,
} from './words';

/** A preview for a terminal of so many columns. */
export function previewTable(preview: Preview, width: number): string {
  if (preview.Answers) return `${answerLines(preview.Answers, width).join('\n')}\n`;
  if (preview.Differences) return differenceLines(preview, preview.Differences, width);
  if (preview.Verified) return verificationLines(preview.Verified, width);
  const shown = new Set<PreviewFinding>();
  const order = new Map(preview.Findings.map((finding, index) => [finding, index]));
  const byObject = new Map<string, PreviewFinding[]>();
  for (const finding of preview.Findings) {
    const name = `${finding.Source.Kind} ${finding.Source.Name}`;
    byObject.set(name, [...(byObject.get(name) ?? []), finding]);
  }
  const blocks = [
    ...preview.LoadBalancers.map((loadBalancer) => {
      const findings = loadBalancer.Members.flatMap((member) => byObject.get(member) ?? [])
        .filter((finding) => !shown.has(finding))
        .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
      for (const finding of findings) shown.add(finding);
      return loadBalancerLines(loadBalancer, findings, width);
    }),
    ...(preview.LoadBalancers.length === 0 ? [['No load balancer.']] : []),
    ...(preview.TargetGroupBindings ?? []).map((bound) => bindingLines(bound, width)),
    titled('Refused by Kubernetes or the controller', refusalLines(preview.Refusals, width)),
    ...findingLines(
      preview.Findings.filter((finding) => !shown.has(finding)),
      width,
    ),
    titled(
      'Not judged',
      preview.NotJudged.flatMap((what) => bullet(what, width)),
    ),
    titled(
      'Notes',
      preview.Notes.flatMap((note) => bullet(note, width)),
    ),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function verificationLines(
  { Deviations, Compared, NotCompared, Unread }: Verification,
  width: number,
): string {
  const summary =
    Deviations.length === 0
      ? `As previewed: ${Compared} values are the same.`
      : `Not as previewed: ${Deviations.length} of ${Compared} values differ.`;
  const open = `${NotCompared} were not compared: known only after apply, or not read (${Unread.join(', ')}).`;
  return `${[
    ...wrap(summary, width),
    ...Deviations.flatMap(({ Path, Previewed, Made }) =>
      bullet(`${Path}: ${Previewed} previewed, ${Made} there`, width),
    ),
    ...wrap(open, width),
  ].join('\n')}\n`;
}

function answerLines(answers: readonly RequestAnswer[], width: number): string[] {
  const urls = [...new Set(answers.map(({ Request }) => Request))];
  return urls.flatMap((url) => [
    visible(url),
    ...answers
      .filter(({ Request }) => Request === url)
      .flatMap(({ LoadBalancer: id, Protocol, Port, Priority, Actions, From, MayBe }) => {
        const rule = Priority === undefined ? 'default action' : `rule ${Priority}`;
        const from = From.length === 0 ? '' : ` (${placesOf({ From })})`;
        const maybe =
          MayBe.length === 0
            ? ''
            : `, unless rule ${MayBe.join(' or ')} before it takes it: that depends on what isn't known`;
        return bullet(
          `${id} ${Protocol} ${Port}, ${rule}${from}: ${Actions.map(actionWords).join(', then ')}${maybe}`,
          width,
        );
      }),
  ]);
}

function differenceLines(
  { Refusals, NotJudged, Release }: Preview,
  differences: readonly PreviewDifference[],
  width: number,
): string {
  const changes = Release?.Changes ?? [];
  const changesOf = (id: string) =>
    changes.filter(({ LoadBalancers }) => LoadBalancers?.includes(id)).map(changeWords);
  const differing = new Set(differences.map(({ Id }) => Id));
  const concerned = new Set(changes.flatMap(({ LoadBalancers = [] }) => LoadBalancers));
  const blocks = [
    ...differences.map((told) => {
      const { title, sentences } = differenceWords(told);
      return block(title, [...sentences, ...changesOf(told.Id)], width);
    }),
    ...[...concerned]
      .filter((id) => !differing.has(id))
      .map((id) => block(`${id} is served otherwise`, changesOf(id), width)),
    ...(differing.size + concerned.size === 0
      ? [[Release ? 'No load balancer differs.' : 'Nothing differs.']]
      : []),
    ...(Release
      ? [block(`Controller ${Release.From} → ${Release.To}`, releaseStepWords(Release), width)]
      : []),
    titled('Refused by Kubernetes or the controller', refusalLines(Refusals, width)),
    ...(Release
      ? [
          titled(
            'Not judged',
            NotJudged.flatMap((what) => bullet(what, width)),
          ),
        ]
      : []),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function block(title: string, sentences: readonly string[], width: number): string[] {
  return [visible(title), ...sentences.flatMap((sentence) => bullet(sentence, width))];
}

function refusalLines(refusals: Preview['Refusals'], width: number): string[] {
  return refusals.flatMap(({ Blocks, Objects, By, Message, Source, Remedy }) =>
    bullet(
      `${Blocks}${Objects.length > 1 || Objects[0] !== Blocks ? ` (${Objects.join(', ')})` : ''}: ${Message}${Source ? `; see ${sourceWords(Source)}` : ''} (${REFUSED_BY[By]}): ${Remedy}`,
      width,
    ),
  );
}

const REFUSED_BY = {
  kubernetes: 'kubectl apply fails',
  controller: 'the controller says so in an event',
};

function loadBalancerLines(
  loadBalancer: LoadBalancer,
  findings: readonly PreviewFinding[],
  width: number,
): string[] {
  const { Id, Type, Scheme, IpAddressType, Listeners, TargetGroups, ManagedSecurityGroup } = loadBalancer;
  const inner = width - 2;
  return [
    visible(`${Id}: ${Type}, ${Scheme}, ${IpAddressType}`),
    '='.repeat(Math.min(width, visible(`${Id}: ${Type}, ${Scheme}, ${IpAddressType}`).length)),
    ...rows(headOf(loadBalancer), width),
    ...Listeners.flatMap((listener) => ['', ...listenerLines(listener, width)]),
    ...(TargetGroups.length > 0 ? ['', 'Target groups'] : []),
    ...TargetGroups.flatMap((group) => indent(targetGroupLines(group, inner))),
    ...(ManagedSecurityGroup
      ? [
          '',
          visible(`Security group: ${ManagedSecurityGroup.Description}`),
          ...ManagedSecurityGroup.IpPermissions.flatMap((permission) =>
            bullet(permissionWords(permission), width),
          ),
        ]
      : []),
    ...findingLines(findings, width).flatMap((block) => ['', ...block]),
  ];
}

function bindingLines(bound: BoundTargetGroup, width: number): string[] {
  const { Id, TargetGroupArn, TargetGroupName, Service, TargetPort } = bound;
  return [
    visible(`TargetGroupBinding ${Id}`),
    ...indent(
      rows(
        [
          ['target group', isUnknown(TargetGroupArn) ? (TargetGroupName ?? TargetGroupArn) : TargetGroupArn],
          [
            'targets',
            `${bound.Protocol} ${TargetPort} ${bound.TargetType} ${bound.IpAddressType} of Service ${Service.Name} port ${Service.Port}`,
          ],
          ['VPC', bound.VpcId],
          ['nodes', bound.NodeSelector ?? ''],
          ['multi-cluster', text(bound.MultiCluster)],
          ['admits', bound.TargetPermissions.map(permissionWords).join(', ')],
          ['from', originWords(bound.Origin)],
        ],
        width - 2,
      ),
    ),
  ];
}

function headOf(loadBalancer: LoadBalancer): [string, string][] {
  const { Members, LoadBalancerName, SubnetMappings, SecurityGroups, Attributes, Tags } = loadBalancer;
  const { CustomerOwnedIpv4Pool, IpamPools, MinimumLoadBalancerCapacity, WebAclArn, WebAclId } = loadBalancer;
  return [
    ['made of', Members.join(', ')],
    ['name', LoadBalancerName],
    ['subnets', SubnetMappings.map((mapping) => Object.values(mapping).join(' ')).join(', ')],
    ['security groups', SecurityGroups.join(', ')],
    ['attributes', keyValueWords(Attributes)],
    ['tags', keyValueWords(Tags)],
    ['web ACL', WebAclArn ?? WebAclId ?? ''],
    ['Shield Advanced', text(loadBalancer.ShieldProtection)],
    ['capacity units', text(MinimumLoadBalancerCapacity?.CapacityUnits)],
    ['IPAM pool', IpamPools?.Ipv4IpamPoolId ?? ''],
    ['CoIP pool', CustomerOwnedIpv4Pool ?? ''],
    ['IPv6 source NAT', loadBalancer.EnablePrefixForIpv6SourceNat ?? ''],
    ['PrivateLink rules', loadBalancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic ?? ''],
    ['from', originWords(loadBalancer.Origin)],
  ];
}

function listenerLines(listener: Listener, width: number): string[] {
  const { Protocol, Port, Rules, DefaultActions, Attributes, Tags, Origin } = listener;
  const rules = Rules.map(({ Priority, Conditions, Actions, Transforms, Origin: origin }) => [
    `${Priority}`,
    Conditions.map(conditionWords).join(', ') || 'any request',
    [...Transforms.map(transformWords), ...Actions.map(actionWords)].join(', then '),
    placesOf(origin),
  ]);
  const all = [
    ['rule', 'if', 'then', 'from'],
    ...rules,
    ['default', '', DefaultActions.map(actionWords).join(', then '), ''],
  ];
  return [
    `Listener ${Protocol} ${Port}`,
    ...indent([
      ...rows(
        [
          ['TLS', listenerWords(listener).join(', ')],
          ['attributes', keyValueWords(Attributes)],
          ['tags', keyValueWords(Tags)],
          ['from', originWords(Origin)],
        ],
        width - 2,
      ),
      ...columns(
        all.map((row) => row.map(visible)),
        width - 2,
      ),
    ]),
  ];
}

function targetGroupLines(group: TargetGroup, width: number): string[] {
  const { Id, Protocol, ProtocolVersion, Port, TargetType, IpAddressType, Service } = group;
  const kind = [Protocol, ProtocolVersion, Port, TargetType, IpAddressType].filter(Boolean).join(' ');
  return [
    visible(Id),
    ...indent(
      rows(
        [
          [
            'targets',
            `${kind}${Service ? ` of Service ${Service.Name} port ${Service.Port}${isOwnPort(group) ? ' (its pods have ports of their own: targetPort is a name)' : ''}` : ''}`,
          ],
          ['behind it', (group.Targets ?? []).map((target) => `${target.Id} port ${target.Port}`).join(', ')],
          ['name', group.TargetGroupName],
          ['health check', healthWords(group)],
          ['attributes', keyValueWords(group.Attributes)],
          ['tags', keyValueWords(group.Tags)],
          ['nodes', group.NodeSelector ?? ''],
          ['control port', text(group.TargetControlPort)],
          ['multi-cluster', text(group.MultiCluster)],
          ['admits', group.TargetPermissions.map(permissionWords).join(', ')],
          ['from', originWords(group.Origin)],
        ],
        width - 2,
      ),
    ),
  ];
}

/** The controller writes 1 where each pod has its own port, which it registers with. */
function isOwnPort({ Port, TargetType, Service }: TargetGroup): boolean {
  return Port === 1 && TargetType === 'ip' && Service?.Port !== 1;
}

function findingLines(findings: readonly PreviewFinding[], width: number): string[][] {
  const of = (severity: PreviewFinding['Severity']) =>
    findings
      .filter(({ Severity }) => Severity === severity)
      .flatMap(({ Source, Value, Reason, Remedy }) =>
        bullet(`${sourceWords(Source)} '${Value}': ${Reason}: ${Remedy}`, width),
      );
  return [titled('To correct', of('error')), titled('Worth knowing', of('warning'))].filter(
    (block) => block.length > 0,
  );
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function rows(pairs: readonly [string, string][], width: number): string[] {
  return properties(
    pairs.map(([name, value]) => [name, visible(value)]),
    width,
  );
}

function bullet(sentence: string, width: number): string[] {
  return wrap(visible(sentence), width - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);
}

function text(value: number | boolean | string | undefined): string {
  return value === undefined ? '' : String(value);
}

/** Where a rule comes from: each object with its fields and annotations. */
function placesOf(origin: Origin): string {
  const byObject = new Map<string, Set<string>>();
  for (const source of Object.values(origin).flat()) {
    const object = source.Kind === 'Ingress' ? source.Name : `${source.Kind} ${source.Name}`;
    const place = placeWords(source);
    byObject.set(object, new Set([...(byObject.get(object) ?? []), ...(place ? [place] : [])]));
  }
  return [...byObject].map(([object, places]) => [object, ...places].join(' ')).join(', ');
}

/** Fields of an item that don't have their default, by the annotations and fields that say so. */
function originWords(origin: Origin): string {
  const byPlace = new Map<string, string[]>();
  for (const [field, sources] of Object.entries(origin)) {
    const place = [...new Set(sources.map(sourceWords))].join(', ');
    byPlace.set(place, [...(byPlace.get(place) ?? []), field]);
  }
  return [...byPlace].map(([place, fields]) => `${fields.join(', ')}: ${place}`).join('; ');
}
