import { type AwsEnvironment } from '../environment';
import { oneOf } from '../nearest';
import { type Region, regions } from '../tables';
import { type Finding, repeated, type EnvironmentRule } from './rule';

const ZONE_NAME = /^([a-z]{2,}(?:-[a-z]+)+-\d+)([a-z])$/;
const ZONE_ID = /^[a-z0-9]+-az\d+$/;

/** The Region exists and has EKS, and the zones are ones of it that EKS accepts. */
export const regionRule: EnvironmentRule = (environment) => {
  const known = regions()[environment.region];
  if (!known) {
    return [
      {
        path: 'region',
        value: environment.region,
        reason: 'no Region of that name is known',
        remedy: oneOf(environment.region, Object.keys(regions())),
      },
    ];
  }
  return [...withoutEks(environment.region, known), ...zones(environment, known)];
};

function* withoutEks(name: string, { eks }: Region): Iterable<Finding> {
  if (eks === 'yes') return;
  yield {
    path: 'region',
    value: name,
    reason: 'no source says that this Region has EKS',
    remedy: 'write another Region, or make sure that `aws eks list-clusters` answers there',
    warning: true,
  };
}

function* zones(environment: AwsEnvironment, known: Region): Iterable<Finding> {
  const { network, region: name } = environment;
  if (network.kind !== 'new') return;
  if (typeof network.zones === 'number') {
    yield* count(network.zones, known);
    return;
  }
  const list = network.zones;
  if (list.length < 2) yield tooFew(list);
  yield* mixed(list);
  for (const { index, entry, first } of repeated(list, (zone) => zone)) {
    yield {
      path: `network.zones.${index}`,
      value: entry,
      reason: `network.zones.${first.index} is the same zone`,
      remedy: 'write each zone once',
    };
  }
  for (const [index, zone] of list.entries()) {
    yield* zoneOf(zone, `network.zones.${index}`, name, known);
  }
}

function* count(value: number, known: Region): Iterable<Finding> {
  if (value < 2) {
    yield tooFew(value);
    return;
  }
  const most = Math.max(known.zoneLetters.length, known.zoneIds.length) - known.refusedZoneIds.length;
  if (most < 1 || value <= most) return;
  yield {
    path: 'network.zones',
    value,
    reason: `EKS can use ${most} zones of ${known.name}`,
    remedy: `write at most ${most}`,
  };
}

function tooFew(value: unknown): Finding {
  return {
    path: 'network.zones',
    value,
    reason: 'EKS and Application Load Balancers need subnets in two zones',
    remedy: 'write two zones or more',
  };
}

function* mixed(list: readonly string[]): Iterable<Finding> {
  const ids = list.filter((zone) => ZONE_ID.test(zone)).length;
  if (ids === 0 || ids === list.length) return;
  yield {
    path: 'network.zones',
    value: list,
    reason: 'a name and an id may be the same zone, which no one can see here',
    remedy: 'write names only or zone ids only',
  };
}

function* zoneOf(zone: string, path: string, region: string, known: Region): Iterable<Finding> {
  if (ZONE_ID.test(zone)) {
    yield* zoneId(zone, path, region, known);
    return;
  }
  const [, owner, letter = ''] = ZONE_NAME.exec(zone) ?? [];
  const example = `${region}${known.zoneLetters.charAt(0) || 'a'}`;
  if (owner !== region) {
    yield {
      path,
      value: zone,
      reason: `not a zone of ${region}`,
      remedy: `write a zone of the Region such as ${example}`,
    };
    return;
  }
  if (known.zoneLetters === '' || known.zoneLetters.includes(letter)) return;
  const letters = known.zoneLetters.split('');
  yield {
    path,
    value: zone,
    reason: `${region} has the zones ${letters.join(', ')}`,
    remedy: `write one of ${letters.map((each) => region + each).join(', ')}`,
  };
}

function* zoneId(zone: string, path: string, region: string, known: Region): Iterable<Finding> {
  const accepted = known.zoneIds.filter((id) => !known.refusedZoneIds.includes(id));
  if (known.refusedZoneIds.includes(zone)) {
    yield {
      path,
      value: zone,
      reason: 'EKS makes no control plane in this zone',
      remedy: `write one of ${accepted.join(', ')}`,
    };
    return;
  }
  const prefixes = known.zoneIds.map((id) => id.replace(/\d+$/, ''));
  if (prefixes.length === 0 || prefixes.some((prefix) => zone.startsWith(prefix))) return;
  yield {
    path,
    value: zone,
    reason: `not a zone of ${region}`,
    remedy: `write one of ${accepted.join(', ')}`,
  };
}
