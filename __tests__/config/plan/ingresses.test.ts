import { describe, expect, it } from '@jest/globals';
import { type EnvironmentInput } from '../../../config';
import { environment } from '../../support/environments';
import { one, problems, warnings } from '../../support/problems';

type Workloads = NonNullable<EnvironmentInput['workloads']>;
type Service = NonNullable<Workloads['services']>[number];
type Params = NonNullable<NonNullable<EnvironmentInput['loadBalancing']>['ingressClass']>['params'];

const service = (name: string, more: Partial<Service> = {}): Service => ({
  name,
  image: 'x:1',
  paths: [{ path: `/${name}` }],
  ...more,
});
const params = (given: Params) => ({
  sample: false,
  loadBalancing: { type: 'controller', ingressClass: { params: given } } as const,
});
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const https = (more = {}) => ({
  listeners: [{ port: 443, protocol: 'HTTPS' as const }],
  certificateArns: [CERTIFICATE],
  ...more,
});

function annotations(workloads: Workloads, more: Partial<EnvironmentInput> = {}) {
  return Object.fromEntries(
    environment({ ...more, workloads }).plan.ingresses.map((planned) => [
      planned.name,
      Object.fromEntries(
        Object.entries(planned.manifest.metadata.annotations ?? {}).map(([name, value]) => [
          name.replace('alb.ingress.kubernetes.io/', ''),
          value,
        ]),
      ),
    ]),
  );
}

describe('Ingresses of an environment', () => {
  it('are one for the services, and one for each that has its own', () => {
    const planned = environment({
      workloads: {
        ingress: { routes: [{ path: '/x', action: { type: 'fixed-response', statusCode: 200 } }] },
        services: [
          service('a', { ingress: { scheme: 'internal' } }),
          service('b'),
          service('c', { paths: [] }),
        ],
      },
    }).plan.ingresses;
    expect(
      planned.map(({ name, path, services, routePaths }) => ({ name, path, services, routePaths })),
    ).toEqual([
      {
        name: 'services',
        path: 'workloads.ingress',
        services: ['b'],
        routePaths: ['workloads.services.1.paths.0', 'workloads.ingress.routes.0'],
      },
      {
        name: 'a',
        path: 'workloads.services.0.ingress',
        services: ['a'],
        routePaths: ['workloads.services.0.paths.0'],
      },
    ]);
  });

  it('are none without routes', () => {
    expect(environment({ workloads: { services: [service('a', { paths: [] })] } }).plan.ingresses).toEqual(
      [],
    );
  });

  it('are internet-facing and send to pods, which serve until they are let go', () => {
    expect(annotations({ services: [service('a')] }).services).toEqual({
      scheme: 'internet-facing',
      'target-type': 'ip',
      'target-group-attributes': 'deregistration_delay.timeout_seconds=30',
    });
  });

  it('have addresses of both families in a network of both', () => {
    const network = { kind: 'new', ipFamily: 'dual-stack' } as const;
    expect(annotations({ services: [service('a')] }, { network }).services).toMatchObject({
      'ip-address-type': 'dualstack',
    });
  });

  it('leave to the class what it decides', () => {
    const decided = params({ scheme: 'internal', targetType: 'ip' });
    expect(annotations({ services: [service('a')] }, decided).services).toEqual({
      'target-group-attributes': 'deregistration_delay.timeout_seconds=30',
    });
  });

  it('leave to an annotation by hand what it says', () => {
    const byHand = {
      'alb.ingress.kubernetes.io/scheme': 'internal',
      'alb.ingress.kubernetes.io/target-type': 'ip',
      'alb.ingress.kubernetes.io/target-group-attributes': 'slow_start.duration_seconds=30',
    };
    expect(annotations({ ingress: { annotations: byHand }, services: [service('a')] }).services).toEqual({
      scheme: 'internal',
      'target-type': 'ip',
      'target-group-attributes': 'slow_start.duration_seconds=30',
    });
  });

  it('of one group need not repeat what one of them says', () => {
    const group = { name: 'g' };
    const made = annotations({
      services: [
        service('a', {
          ingress: https({ group, scheme: 'internal', sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }),
        }),
        service('b', { ingress: https({ group: { ...group, order: 1 } }) }),
        service('c', { ingress: https() }),
      ],
    });
    expect(made.b).not.toHaveProperty('scheme');
    expect(made.b).toMatchObject({ 'ssl-policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06' });
    expect(made.c).toMatchObject({
      scheme: 'internet-facing',
      'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    });
  });

  it('of one group has a policy of its own where it shares no HTTPS port with another', () => {
    const group = { name: 'g' };
    const made = annotations({
      services: [
        service('a', { ingress: https({ group, sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }) }),
        service('b', {
          ingress: https({ group: { ...group, order: 1 }, listeners: [{ port: 8443, protocol: 'HTTPS' }] }),
        }),
      ],
    });
    expect(made.b).toMatchObject({ 'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' });
  });
});

describe('target type of a service', () => {
  const typeOf = (workloads: Workloads, more: Partial<EnvironmentInput> = {}) =>
    environment({ ...more, workloads }).plan.services.map(({ type }) =>
      type === 'NodePort' ? 'instance' : 'ip',
    );
  const instance = { targetGroup: { targetType: 'instance' } } as const;

  it('is what the class says, else the service, else its Ingress, else ip', () => {
    expect(typeOf({ services: [service('a'), service('b', { alb: instance })] })).toEqual(['ip', 'instance']);
    expect(typeOf({ ingress: instance, services: [service('a')] })).toEqual(['instance']);
    expect(typeOf({ ingress: instance, services: [service('a', { ingress: {} }), service('b')] })).toEqual([
      'ip',
      'instance',
    ]);
    expect(typeOf({ services: [service('a')] }, params({ targetType: 'instance' }))).toEqual(['instance']);
  });
});

describe('what the load balancer reads from a Service', () => {
  it('is its health path, and what is so for it alone', () => {
    const [plain, special] = environment({
      workloads: {
        services: [
          service('a', { healthPath: '/healthz' }),
          service('b', {
            healthPath: '/healthz',
            alb: { targetGroup: { healthCheck: { path: '/ready' } }, authentication: { type: 'none' } },
          }),
        ],
      },
    }).plan.services.map((each) => each.annotations);
    expect(plain).toEqual({ 'alb.ingress.kubernetes.io/healthcheck-path': '/healthz' });
    expect(special).toEqual({
      'alb.ingress.kubernetes.io/healthcheck-path': '/ready',
      'alb.ingress.kubernetes.io/auth-type': 'none',
    });
  });
});

describe('a problem of an Ingress', () => {
  it('is where it is written: in the Ingress, a path, a route, a service, an annotation, the class', () => {
    const at = (workloads: Workloads, more: Partial<EnvironmentInput> = {}) =>
      problems({ ...more, workloads }).map(({ path }) => path);
    expect(at({ ingress: { sslRedirect: 443 }, services: [service('a')] })).toEqual([
      'workloads.ingress.sslRedirect',
    ]);
    expect(
      at({
        services: [
          service('a'),
          service('b', { paths: [{ path: '/b' }, { path: '/a*', pathType: 'Exact' }] }),
        ],
      }),
    ).toEqual(['workloads.services.1.paths.1.path']);
    const to = (name: string) => ({
      path: `/to-${name}`,
      action: { type: 'forward' as const, targetGroups: [{ service: name, port: 80 }] },
    });
    expect(at({ ingress: { routes: [to('a'), to('nope')] }, services: [service('a')] })).toEqual([
      'workloads.ingress.routes.1.action.targetGroups.0.service',
    ]);
    expect(
      at({
        ingress: https(),
        services: [service('a', { alb: { targetGroup: { healthCheck: { port: 'nope' } } } })],
      }),
    ).toEqual(['workloads.services.0.alb.targetGroup.healthCheck.port']);
    const name = 'alb.ingress.kubernetes.io/schema';
    expect(at({ ingress: { annotations: { [name]: 'x' } }, services: [service('a')] })).toEqual([
      `workloads.ingress.annotations.${name}`,
    ]);
    expect(
      at({ services: [service('a')] }, params({ namespaceSelector: { matchLabels: { team: 'x' } } })),
    ).toEqual(['loadBalancing.ingressClass.params.namespaceSelector']);
  });

  it('is a name that the Ingress of all services has', () => {
    const own = service('services', { host: 'own.example.com', ingress: { scheme: 'internal' } });
    expect(problems({ workloads: { services: [own] } })).toEqual([]);
    expect(problems({ workloads: { services: [service('a'), own] } })).toEqual(
      one('workloads.services.1.name', 'services', /another name/),
    );
  });

  it('is one where the class says it too: refused if it differs, a warning if not', () => {
    const internal = params({ scheme: 'internal' });
    const with_ = (scheme: 'internal' | 'internet-facing') => ({
      ...internal,
      workloads: { ingress: { scheme }, services: [service('a')] },
    });
    expect(problems(with_('internet-facing'))).toEqual(
      one('workloads.ingress.scheme', 'internet-facing', /leave it out/),
    );
    expect(warnings(with_('internal'))).toMatchObject([{ path: 'workloads.ingress.scheme' }]);
  });

  it('is one where the controller lacks the feature', () => {
    const at = (ingress: Workloads['ingress'], more: Partial<EnvironmentInput> = {}) =>
      problems({ ...more, workloads: { ingress, services: [service('a')] } }).map(({ path }) => path);
    const features = (given: object) => ({ loadBalancing: { type: 'controller', ...given } as const });
    const webAcl = { webAcl: { name: 'x' } };
    expect(at(webAcl)).toEqual(['workloads.ingress.webAcl.name']);
    expect(at(webAcl, features({ features: { wafv2AclName: true } }))).toEqual([]);
    const made = { certificateManagement: {}, tlsHosts: ['a.example.com'] };
    expect(at(made)).toEqual(['workloads.ingress.certificateManagement']);
    expect(at(made, features({ features: { certificateManagement: true } }))).toEqual([]);
    const agents = { targetGroup: { targetControlPorts: [{ service: 'a', servicePort: 80, port: 3000 }] } };
    expect(at(agents)).toEqual(['workloads.ingress.targetGroup.targetControlPorts']);
    expect(at(agents, features({ featureGates: { ALBTargetControlAgent: true } }))).toEqual([]);
  });
});
