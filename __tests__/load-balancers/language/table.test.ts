import { describe, expect, it } from '@jest/globals';
import {
  ANNOTATIONS,
  annotationOf,
  isControllers,
  nearestAnnotation,
  onLoadBalancerService,
  propOf,
} from '../../../load-balancers/language/table';
import { reference } from '../../support/reference';

const ALB = 'alb.ingress.kubernetes.io';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer';

interface Known {
  readonly name: string;
  readonly type: string;
  readonly default: string | null;
  readonly location: readonly string[];
  readonly merge: string | null;
}

describe('the table of annotations', () => {
  it('is that of the controller', () => {
    const known = JSON.parse(reference('controller/annotations.json')) as Known[];
    const byName = (all: readonly { readonly name: string }[]) =>
      all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(byName(ANNOTATIONS.map(({ name, on, type }) => ({ name, on, type })))).toEqual(
      byName(
        known.map(({ name, location, type }) => ({
          name: name.replace(/\$\{.*/, '*'),
          on: location,
          // Words of which it is one are a text, and so is a number or a word; the action of a port is JSON.
          type:
            name === 'service.beta.kubernetes.io/actions.${protocol}-${port}'
              ? 'json'
              : type.includes('|')
                ? 'string'
                : type,
        })),
      ),
    );
  });

  it('has the defaults and the merge rules of the controller', () => {
    const known = JSON.parse(reference('controller/annotations.json')) as Known[];
    const rules = Object.fromEntries(
      ANNOTATIONS.map((each) => [each.name, [each.default ?? null, each.merge ?? null]]),
    );
    expect(rules).toEqual({
      ...Object.fromEntries(
        known.map((each) => [
          each.name.replace(/\$\{.*/, '*'),
          [each.default?.replace(/^(['"])(.*)\1$/, '$2') ?? null, each.merge?.toLowerCase() ?? null],
        ]),
      ),
      // In other words than the document's.
      [`${ALB}/listen-ports`]: ['[{"HTTP":80}], or [{"HTTPS":443}] with certificates', 'merge'],
      // The document has no rule; the controller's mergeHealthCheckField has.
      ...Object.fromEntries(
        known
          .filter(({ name }) => name.includes('frontend-nlb-healthcheck'))
          .map((each) => [each.name, [each.default, 'exclusive']]),
      ),
    });
  });

  it('has a prop for whatever people write', () => {
    const without = ANNOTATIONS.filter(({ prop }) => prop === undefined).map(({ name }) => name);
    expect(without.sort()).toEqual(
      [
        `${ALB}/dry-run-plan`,
        'kubernetes.io/ingress.class',
        `${NLB}-type`,
        `${NLB}-internal`,
        `${NLB}-access-log-enabled`,
        `${NLB}-access-log-s3-bucket-name`,
        `${NLB}-access-log-s3-bucket-prefix`,
        `${NLB}-cross-zone-load-balancing-enabled`,
        `${NLB}-quic-enabled-containers`,
      ].sort(),
    );
  });

  it('points from each deprecated name to one that is there', () => {
    const deprecated = ANNOTATIONS.flatMap((each) => each.deprecated ?? []);
    expect(deprecated).toHaveLength(6);
    for (const name of deprecated) expect(annotationOf(name)).toBeDefined();
  });
});

describe('annotationOf', () => {
  it('finds names as they are, and names that the user completes', () => {
    expect(annotationOf(`${ALB}/scheme`)?.params).toBe('scheme');
    expect(annotationOf(`${ALB}/actions.home`)?.name).toBe(`${ALB}/actions.*`);
    expect(annotationOf(`${ALB}/listener-attributes.HTTP-80`)?.per).toBe('key');
    expect(annotationOf(`${ALB}/target-control-port.a.80`)?.prop).toBe('targetGroup.targetControlPorts');
    expect(annotationOf(`${NLB}-target-group-attributes.80`)?.name).toBe(`${NLB}-target-group-attributes.*`);
    expect(annotationOf(`${ALB}/actions.`)).toBeUndefined();
    expect(annotationOf(`${ALB}/actions`)).toBeUndefined();
  });

  it('knows both prefixes of Services', () => {
    expect(annotationOf('service.kubernetes.io/aws-load-balancer-scheme')?.name).toBe(`${NLB}-scheme`);
  });

  it('has the prop of a name', () => {
    expect(propOf(`${ALB}/healthcheck-path`)).toBe('targetGroup.healthCheck.path');
    expect(propOf(`${ALB}/health-path`)).toBeUndefined();
  });
});

describe('nearestAnnotation', () => {
  it('is the name that was probably meant', () => {
    expect(nearestAnnotation(`${ALB}/sheme`, 'ingress')).toBe(`${ALB}/scheme`);
    expect(nearestAnnotation('alb.ingress.kubernetes.oi/listen-port', 'ingress')).toBe(`${ALB}/listen-ports`);
    expect(nearestAnnotation('service.beta.kubernetes.io/aws-load-balancer-schema', 'service')).toBe(
      `${NLB}-scheme`,
    );
  });

  it('is none that is written by the controller, deprecated or of another kind', () => {
    expect(nearestAnnotation(`${ALB}/web-acl-id`, 'ingress')).toBe(`${ALB}/waf-acl-id`);
    expect(nearestAnnotation(`${ALB}/dry-run-plans`, 'ingress')).toBeUndefined();
    expect(nearestAnnotation(`${ALB}/something-else-entirely`, 'ingress')).toBeUndefined();
  });
});

describe('isControllers', () => {
  it('tells the names that the controller reads from others', () => {
    expect(isControllers(`${ALB}/x`)).toBe(true);
    expect(isControllers('service.kubernetes.io/aws-load-balancer-x')).toBe(true);
    expect(isControllers('example.com/owner')).toBe(false);
  });
});

describe('an annotation of the other place', () => {
  it.each([
    [`${NLB}-scheme`, `${ALB}/scheme`],
    [`${NLB}-schme`, `${ALB}/scheme`],
    [`${NLB}-internal`, `${ALB}/scheme`],
    [`${NLB}-ssl-cert`, `${ALB}/certificate-arn`],
    ['service.kubernetes.io/aws-load-balancer-subnets', `${ALB}/subnets`],
    [`${NLB}-proxy-protocol`, undefined],
  ])('%s is %s on an Ingress', (name, expected) => {
    expect(nearestAnnotation(name, 'ingress')).toBe(expected);
  });

  it('has its name on a Service of type LoadBalancer, where there is one', () => {
    expect(onLoadBalancerService(`${ALB}/scheme`)).toBe(`${NLB}-scheme`);
    expect(onLoadBalancerService(`${ALB}/certificate-arn`)).toBe(`${NLB}-ssl-cert`);
    expect(onLoadBalancerService(`${ALB}/ssl-redirect`)).toBeUndefined();
  });
});

it.each([
  ['healthcheck-interval', 'healthcheck-interval-seconds'],
  ['group', 'group.name'],
  ['action.home', 'actions.home'],
  ['listener-attribute.HTTP-80', 'listener-attributes.HTTP-80'],
])('for %s, %s was meant', (name, meant) => {
  expect(nearestAnnotation(`${ALB}/${name}`, 'ingress')).toBe(`${ALB}/${meant}`);
});
