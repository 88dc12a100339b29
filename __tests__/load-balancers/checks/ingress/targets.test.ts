import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { action, classOf, errors, ingress, only, path, rule, service } from './objects';

const clusterIp = service('web', { type: 'ClusterIP' });
const BOTH = '[{"HTTP":80},{"HTTPS":443}]';
const onHost = { rules: [{ host: 'shop.example.com', http: { paths: [path()] } }] };

describe('targets of type instance', () => {
  it('need node ports', () => {
    expect(only([ingress(), clusterIp])).toMatchObject({
      ...{ kind: 'Service', ingress: 'shop/web', field: 'spec.ports[0]', by: 'controller' },
      remedy: 'write alb.ingress.kubernetes.io/target-type: ip, or make the Service one of type NodePort',
    });
    expect(errors([ingress({ 'target-type': 'instance' }), service('web', { type: undefined })])).toEqual([
      'target-type=instance',
    ]);
    expect(errors([ingress(), service('web', { type: 'LoadBalancer', loadBalancerClass: 'other' })])).toEqual(
      [],
    );
    expect(errors([ingress({ 'target-type': 'ip' }), clusterIp])).toEqual([]);
    expect(errors([ingress({ 'target-type': KNOWN_AFTER_APPLY }), clusterIp])).toEqual([]);
  });

  it('need them allotted', () => {
    const ports = [{ port: 80 }];
    const unallotted = service('web', {
      type: 'LoadBalancer',
      loadBalancerClass: 'other',
      allocateLoadBalancerNodePorts: false,
      ports,
    });
    expect(errors([ingress(), unallotted])).toEqual(['Service spec.ports[0]=80']);
    expect(
      errors([
        ingress(),
        { ...unallotted, spec: { ...unallotted.spec, ports: [{ port: 80, nodePort: 30080 }] } },
      ]),
    ).toEqual([]);
  });

  it('are looked for where they are decided', () => {
    const own = service('web', { type: 'ClusterIP', annotations: { 'target-type': 'instance' } });
    expect(errors([ingress({ 'target-type': 'ip' }), own])).toEqual(['Service target-type=instance']);
    expect(errors([ingress(), clusterIp, ...classOf({ targetType: 'instance' })])).toEqual([
      'IngressClassParams spec.targetType=instance',
    ]);
    expect(errors([ingress(), clusterIp, ...classOf({ targetType: 'ip' })])).toEqual([]);
    expect(errors([ingress(), clusterIp], { settings: { defaultTargetType: 'ip' } })).toEqual([]);
  });

  it('need nodes', () => {
    const onFargate = { fargate: ['shop'] };
    expect(errors([ingress()], onFargate)).toEqual(['target-type=instance']);
    expect(errors([ingress({ 'target-type': 'ip' })], onFargate)).toEqual([]);
    expect(errors([ingress()], { fargate: ['other'] })).toEqual([]);
    const byLabel = {
      fargate: (namespace: string, labels: Readonly<Record<string, string>>) =>
        namespace === 'shop' && labels.app === 'web',
    };
    expect(errors([ingress(), service('web', { selector: { app: 'web' } })], byLabel)).toEqual([
      'target-type=instance',
    ]);
    expect(errors([ingress(), service('web', { selector: { app: 'db' } })], byLabel)).toEqual([]);
  });

  it('have no target control port', () => {
    const annotations = { 'target-control-port.web.80': '3000' };
    expect(errors([ingress(annotations)])).toEqual(['target-control-port.web.80=3000']);
    expect(errors([ingress({ ...annotations, 'target-type': 'ip' })])).toEqual([]);
    expect(errors([ingress({ 'target-type': 'ip', 'target-control-port.web.80': '70000' })])).toEqual([
      'target-control-port.web.80=70000',
    ]);
    expect(errors([ingress({ 'target-type': 'ip', 'target-control-port.web.81': '3000' })])).toEqual([
      'target-control-port.web.81=web.81',
    ]);
  });
});

describe.each(['GRPC', 'HTTP2'])('targets of %s', (version) => {
  const annotations = { 'backend-protocol-version': version };

  it('are for HTTPS', () => {
    expect(errors([ingress(annotations)])).toEqual([`backend-protocol-version=${version}`]);
    expect(errors([ingress({ ...annotations, 'listen-ports': '[{"HTTPS":443}]' }, onHost)])).toEqual([]);
  });

  it('are not for plain HTTP beside it', () => {
    expect(errors([ingress({ ...annotations, 'listen-ports': BOTH }, onHost)])).toEqual([
      `backend-protocol-version=${version}`,
    ]);
  });

  it('may be behind a redirect to HTTPS', () => {
    expect(
      errors([ingress({ ...annotations, 'listen-ports': BOTH, 'ssl-redirect': '443' }, onHost)]),
    ).toEqual([]);
    const redirect = JSON.stringify({
      type: 'redirect',
      redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' },
    });
    const older = ingress(
      { ...annotations, 'listen-ports': BOTH, 'actions.ssl-redirect': redirect },
      {
        tls: [{ hosts: ['shop.example.com'] }],
        rules: [rule(action('ssl-redirect', { path: '/*', pathType: 'ImplementationSpecific' }), path())],
      },
    );
    // The path / of type Prefix is before it, and takes all its requests.
    expect(errors([{ ...older, spec: { ...older.spec } }])).toEqual([
      `backend-protocol-version=${version}`,
      'spec.rules[0].http.paths[0].path=/*',
    ]);
    const firstOfAll = ingress(
      { ...annotations, 'listen-ports': BOTH, 'actions.ssl-redirect': redirect },
      {
        tls: [{ hosts: ['shop.example.com'] }],
        rules: [rule(action('ssl-redirect')), rule(path())],
      },
    );
    expect(errors([firstOfAll])).toEqual([]);
  });

  it('may be said by a Service, or a default backend', () => {
    const own = service('web', { annotations });
    expect(errors([ingress(), own])).toEqual([`Service backend-protocol-version=${version}`]);
    const { backend } = path();
    expect(errors([ingress(annotations, { rules: [], defaultBackend: backend })])).toEqual([
      `backend-protocol-version=${version}`,
    ]);
  });
});

it('targets of HTTP1 are for plain HTTP too', () => {
  expect(errors([ingress({ 'backend-protocol-version': 'HTTP1' })])).toEqual([]);
});
