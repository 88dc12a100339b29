import { isChange, type ResourceChange, type StackChanges } from '../changes/changes';
import { blockOf, isHidden, isMap, asList, asTexts, UNKNOWN, type Values } from '../changes/values';
import { leaves } from '../diff/differences';
import { isWorld } from '../changes/networks';
import { withoutExplained } from './explained';
import { lossOf } from './losses';
import { type Risk } from './risk';

/** A door, the same text before and after if it is the same door. */
interface Door {
  readonly noun: string;
  readonly words: string;
  readonly value: string;
}

/** What the world can reach and couldn't before: by the plan, or by hand outside of Terraform. */
export function exposureRisks(changes: StackChanges): Risk[] {
  const { stack, resources, drift } = changes;
  const risk = (address: string, { noun, words, value }: Door, isDrift: boolean): Risk => ({
    code: 'open-to-world',
    kind: 'exposure',
    stack,
    address,
    noun,
    words: isDrift ? `${words}, which was changed outside of Terraform:` : `${words}:`,
    values: [value],
  });
  return [
    ...resources
      .filter(isChange)
      .flatMap((change) => opened(change).map((door) => risk(change.address, door, false))),
    ...drift
      .map((found) => withoutExplained(found, changes))
      .flatMap((change) => opened(change).map((door) => risk(change.address, door, true))),
  ];
}

function opened(change: ResourceChange): Door[] {
  const { type, action, before, after } = change;
  const closed = before && action !== 'create' ? doorsOf(type, before) : [];
  const known = new Set(closed.map(({ noun, value }) => `${noun} ${value}`));
  const doors = after ? doorsOf(type, after) : [];
  return [...doors.filter(({ noun, value }) => !known.has(`${noun} ${value}`)), ...unlocked(change)];
}

function doorsOf(type: string, values: Values): Door[] {
  switch (type) {
    case 'aws_vpc_security_group_ingress_rule':
      return rule(values, [values.cidr_ipv4, values.cidr_ipv6], values.ip_protocol);
    case 'aws_security_group_rule':
      return values.type === 'ingress' ? rule(values, sourcesOf(values), values.protocol) : [];
    case 'aws_security_group':
    case 'aws_default_security_group':
      return asList(values.ingress)
        .filter(isMap)
        .flatMap((each) => rule(each, sourcesOf(each), each.protocol));
    case 'aws_network_acl_rule':
      return values.egress === true || values.rule_action !== 'allow'
        ? []
        : rule(values, [values.cidr_block, values.ipv6_cidr_block], values.protocol, 'network ACL rule');
    case 'aws_eks_cluster':
      return endpoint(blockOf(values.vpc_config));
    case 'aws_eks_node_group':
      return remoteAccess(blockOf(values.remote_access));
    case 'aws_lb':
      return values.internal === false && values.load_balancer_type !== 'gateway'
        ? [door('load balancer', 'is internet-facing', 'internal = false')]
        : [];
    case 'aws_s3_bucket_acl':
    case 'aws_s3_bucket':
      return acl(values);
    case 'aws_lambda_function_url':
      return values.authorization_type === 'NONE'
        ? [door('function', 'is called by anybody', 'authorization_type = NONE')]
        : [];
    case 'aws_route':
      return internetRoute(values);
    case 'kubernetes_ingress_v1':
    case 'kubernetes_service_v1':
    case 'kubernetes_service':
      return schemes(values);
    default:
      return values.publicly_accessible === true
        ? [door(nounOf(type), 'has a public address', 'publicly_accessible = true')]
        : [];
  }
}

const nounOf = (type: string) => lossOf({ type })?.noun ?? 'resource';

/** A canned list, or grants to the groups of everybody. */
function acl({ acl: canned, access_control_policy: policy }: Values): Door[] {
  const words =
    typeof canned === 'string' && /^(?:public|authenticated)/.test(canned) ? [`acl = ${canned}`] : [];
  const groups = leaves(policy).flatMap(([, value]) =>
    /\/(?:AllUsers|AuthenticatedUsers)$/.test(String(value)) ? [String(value)] : [],
  );
  return [...words, ...groups].map((value) => door('S3 bucket', 'is public', value));
}

/** Subnets of a table that is there already become public ones. */
function internetRoute({ route_table_id: table, gateway_id: gateway, ...destination }: Values): Door[] {
  const networks = [destination.destination_cidr_block, destination.destination_ipv6_cidr_block];
  return !isHidden(table) && String(gateway).startsWith('igw-') && worlds(networks).length > 0
    ? [door('route', 'leads from the internet into the subnets of', String(table))]
    : [];
}

const sourcesOf = ({ cidr_blocks: v4, ipv6_cidr_blocks: v6 }: Values) => [...asList(v4), ...asList(v6)];

function rule(
  { from_port: from, to_port: to }: Values,
  sources: readonly unknown[],
  protocol: unknown,
  noun = 'security group rule',
): Door[] {
  const isAll = protocol === '-1' || protocol === 'all';
  const numbers = [from, to].filter((port) => typeof port === 'number' && port >= 0);
  const ports =
    isAll || numbers.length === 0 ? 'all ports' : `port ${[...new Set(numbers)].map(String).join('-')}`;
  const name = isAll ? 'all protocols' : String(protocol);
  return worlds(sources).map((source) =>
    door(noun, 'admits the whole internet', `${name}, ${ports}, from ${source}`),
  );
}

/** Networks that are everybody's; if only all together are, all of them. */
function worlds(networks: readonly unknown[]): string[] {
  const single = networks.filter((network) => isWorld(network)).map(String);
  return single.length > 0 || !isWorld(networks) ? single : [networks.map(String).join(', ')];
}

/** EKS takes 0.0.0.0/0 where no network is given. */
function endpoint({ endpoint_public_access: isPublic, public_access_cidrs: networks }: Values): Door[] {
  if (isPublic === false) return [];
  const given = networks === UNKNOWN ? [] : asTexts(networks);
  if (given.length > 0)
    return worlds(given).map((network) =>
      door('API server', 'is reachable by the whole internet', `public_access_cidrs: ${network}`),
    );
  if (isPublic !== true) return [];
  return [
    door(
      'API server',
      'is reachable by the whole internet: without public_access_cidrs EKS takes all',
      'endpoint_public_access = true',
    ),
  ];
}

/** A key without security groups opens SSH to all. */
function remoteAccess({ ec2_ssh_key: key, source_security_group_ids: groups }: Values): Door[] {
  return typeof key === 'string' && key !== '' && asList(groups).length === 0
    ? [
        door(
          'node group',
          'admits SSH from the whole internet',
          'remote_access without source_security_group_ids',
        ),
      ]
    : [];
}

const SCHEMES = ['alb.ingress.kubernetes.io/scheme', 'service.beta.kubernetes.io/aws-load-balancer-scheme'];

function schemes({ metadata }: Values): Door[] {
  const annotations = blockOf(blockOf(metadata).annotations);
  const faced = SCHEMES.filter((name) => annotations[name] === 'internet-facing').map((name) =>
    door('load balancer', 'faces the internet', `${name}: internet-facing`),
  );
  const internal = annotations['service.beta.kubernetes.io/aws-load-balancer-internal'];
  return internal === 'false'
    ? [...faced, door('load balancer', 'faces the internet', 'aws-load-balancer-internal: "false"')]
    : faced;
}

const LOCKS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

/** Public access blocks that go. */
function unlocked({ type, action, before, after }: ResourceChange): Door[] {
  if (type !== 'aws_s3_bucket_public_access_block' && type !== 'aws_s3_account_public_access_block')
    return [];
  const isGone = action === 'delete' || action === 'forget';
  return LOCKS.filter((lock) =>
    before ? before[lock] === true && (isGone || after?.[lock] !== true) : after?.[lock] === false,
  ).map((lock) => door('public access block', 'no longer holds', lock));
}

function door(noun: string, words: string, value: string): Door {
  return { noun, words, value };
}
