import { describe, expect, it } from '@jest/globals';
import {
  annotationOf,
  DNS,
  HTTP,
  listenerOf,
  loadBalancerOf,
  refusalOf,
  serviceOf,
  UNKNOWN,
  type Given,
} from './given';

const CERT = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/green/1';
const blue = serviceOf({}, { ports: [HTTP] }, 'blue');
const green = serviceOf({}, { ports: [{ name: 'web', port: 8000, nodePort: 30800 }] }, 'green');
const OTHERS: Given = { others: [blue, green] };

const actions = (forwardConfig: unknown, type = 'forward', suffix = 'TCP-80') => ({
  [`/actions.${suffix}`]: JSON.stringify({ type, forwardConfig }),
});

describe('weighted actions', () => {
  it('share between the Service and others, with its annotations', () => {
    const targetGroups = [
      { serviceName: 'blue', servicePort: 80, weight: 20 },
      { serviceName: 'green', servicePort: 'web', weight: 10 },
      { targetGroupARN: ARN, weight: 0 },
    ];
    const annotations = { ...actions({ baseServiceWeight: 70, targetGroups }), 'nlb-target-type': 'ip' };
    const { Listeners, TargetGroups } = loadBalancerOf(annotations, OTHERS);
    expect(Listeners[0]?.DefaultActions).toEqual([
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: UNKNOWN, TargetGroup: 'shop/web:80', Weight: 70 },
            { TargetGroupArn: UNKNOWN, TargetGroup: 'shop/blue:80', Weight: 20 },
            { TargetGroupArn: UNKNOWN, TargetGroup: 'shop/green:8000', Weight: 10 },
            { TargetGroupArn: ARN, Weight: 0 },
          ],
        },
      },
    ]);
    expect(Listeners[0]?.Origin.DefaultActions).toEqual([
      { Kind: 'Service', Name: 'shop/web', Annotation: annotationOf('/actions.TCP-80') },
    ]);
    expect(TargetGroups.map(({ Id, TargetType, Service }) => [Id, TargetType, Service])).toEqual([
      ['shop/web:80', 'ip', { Name: 'shop/web', Port: 80 }],
      ['shop/blue:80', 'ip', { Name: 'shop/blue', Port: 80 }],
      ['shop/green:8000', 'ip', { Name: 'shop/green', Port: 8000 }],
    ]);
  });

  it('may stick', () => {
    const stickinessOf = (targetGroupStickinessConfig: unknown) => {
      const [action] = listenerOf(actions({ targetGroups: [], targetGroupStickinessConfig })).DefaultActions;
      return action?.Type === 'forward' ? action.ForwardConfig.TargetGroupStickinessConfig : 'none';
    };
    expect(stickinessOf({ enabled: true })).toEqual({ Enabled: true });
    expect(stickinessOf({})).toEqual({});
    expect(stickinessOf(undefined)).toBeUndefined();
  });

  it('are of one protocol and port', () => {
    const targetGroups = [{ serviceName: 'blue', servicePort: 80 }];
    const { Listeners } = loadBalancerOf(actions({ targetGroups }), {
      ...OTHERS,
      spec: { ports: [HTTP, { port: 81 }] },
    });
    const tuples = Listeners.map(({ DefaultActions: [action] }) =>
      action?.Type === 'forward' ? action.ForwardConfig.TargetGroups.length : 0,
    );
    expect(tuples).toEqual([2, 1]);
    expect(loadBalancerOf(actions({ targetGroups }, 'forward', 'TLS-80'), OTHERS).TargetGroups).toHaveLength(
      1,
    );
  });

  it('have the protocol of the listener, in the clear if they say so', () => {
    const targetGroups = [
      { serviceName: 'blue', servicePort: 80, weight: 1 },
      { serviceName: 'green', servicePort: 8000, weight: 1, decrypt: true },
    ];
    const tls = { ...actions({ targetGroups }, 'forward', 'TLS-80'), 'ssl-cert': CERT };
    expect(loadBalancerOf(tls, OTHERS).TargetGroups.map(({ Protocol }) => Protocol)).toEqual([
      'TCP',
      'TLS',
      'TCP',
    ]);
    const udp = { others: OTHERS.others, spec: { ports: [DNS] } };
    const datagrams = actions({ targetGroups }, 'forward', 'UDP-53');
    expect(loadBalancerOf(datagrams, udp).TargetGroups.map(({ Protocol }) => Protocol)).toEqual([
      'UDP',
      'UDP',
      'UDP',
    ]);
  });

  it('may be unknown, all of them or a name', () => {
    const whole = loadBalancerOf({ '/actions.TCP-80': UNKNOWN });
    expect(whole.Listeners[0]?.DefaultActions).toEqual([{ Type: UNKNOWN }]);
    expect(whole.TargetGroups).toHaveLength(1);
    const unquoted = { '/actions.TCP-80': `{"type": "forward", "forwardConfig": ${UNKNOWN}}` };
    expect(listenerOf(unquoted).DefaultActions).toEqual([{ Type: UNKNOWN }]);
    const targetGroups = [
      { serviceName: UNKNOWN, servicePort: 80, weight: 5 },
      { serviceName: 'blue', servicePort: UNKNOWN, weight: 5 },
      { targetGroupARN: UNKNOWN, weight: 5 },
    ];
    const { Listeners, TargetGroups } = loadBalancerOf(actions({ targetGroups }), OTHERS);
    expect(Listeners[0]?.DefaultActions).toEqual([
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: UNKNOWN, TargetGroup: 'shop/web:80' },
            { TargetGroupArn: UNKNOWN, Weight: 5 },
            { TargetGroupArn: UNKNOWN, Weight: 5 },
            { TargetGroupArn: UNKNOWN, Weight: 5 },
          ],
        },
      },
    ]);
    expect(TargetGroups).toHaveLength(1);
  });
});

describe('refused', () => {
  const forward = (...targetGroups: readonly unknown[]) => actions({ targetGroups });
  const INVALID = 'invalid ForwardConfig: invalid TargetGroupTuple: ';

  it.each([
    [actions({}, 'redirect'), 'unknown action type: redirect'],
    [
      actions(undefined),
      'panic: runtime error: invalid memory address or nil pointer dereference [recovered]',
    ],
    [forward({}), `${INVALID}precisely one of targetGroupARN and serviceName can be specified`],
    [
      forward({ targetGroupARN: ARN, serviceName: 'blue' }),
      `${INVALID}precisely one of targetGroupARN and serviceName can be specified`,
    ],
    [forward({ serviceName: 'blue' }), `${INVALID}missing servicePort`],
    [
      forward({ targetGroupARN: ARN, weight: 1000 }),
      `${INVALID}target group weight must be between 0 and 999`,
    ],
    [forward({ targetGroupARN: ARN, weight: -1 }), `${INVALID}target group weight must be between 0 and 999`],
    [
      forward({ targetGroupARN: ARN, weight: 1 }, { targetGroupARN: ARN }),
      'invalid ForwardConfig: weight must be set when routing to multiple target groups',
    ],
    [
      forward(
        { serviceName: 'red', servicePort: 80, weight: 1 },
        { serviceName: 'black', servicePort: 80, weight: 1 },
      ),
      'Service "black" not found',
    ],
    [forward({ serviceName: 'blue', servicePort: 81 }), 'unable to find port 81 on service shop/blue'],
    [forward({ serviceName: 'blue', servicePort: '80' }), 'unable to find port 80 on service shop/blue'],
  ])('%j', (annotations, message) => {
    expect(refusalOf(annotations, OTHERS)).toBe(message);
  });

  it.each([
    ['{', 'unexpected end of JSON input'],
    ['"x"', 'json: cannot unmarshal string into Go value of type service.Action'],
    [
      '{"type": 1}',
      'json: cannot unmarshal number into Go struct field Action.type of type service.ActionType',
    ],
    [
      '{"type": "forward", "forwardConfig": {"targetGroups": [{"weight": "1"}]}}',
      'json: cannot unmarshal string into Go struct field TargetGroupTuple.forwardConfig.targetGroups.weight of type int32',
    ],
  ])('what is no action: %s', (raw, reason) => {
    const name = annotationOf('/actions.TCP-80');
    expect(refusalOf({ '/actions.TCP-80': raw })).toBe(
      `failed to parse json annotation, ${name}: ${raw}: ${reason}`,
    );
  });
});
