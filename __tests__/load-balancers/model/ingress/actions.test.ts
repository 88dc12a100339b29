import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model/unknown';
import { actionsOf, backendOf, pathsOf, refusalOf, serviceOf, type Given } from './given';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/own/0123456789abcdef';
const services = [serviceOf('blue'), serviceOf('green')];

/** What a path does whose backend is the annotation. */
function actionOf(action: unknown, given: Given = { services }) {
  const annotations = action === undefined ? {} : { 'actions.shift': action };
  const ingress = pathsOf([{ path: '/', backend: backendOf('shift', 'use-annotation') }], annotations);
  return actionsOf(ingress, given)[0];
}

describe('an action of an annotation', () => {
  it('answers', () => {
    const fixedResponseConfig = { contentType: 'text/plain', statusCode: '503', messageBody: 'closed' };
    expect(actionOf({ type: 'fixed-response', fixedResponseConfig })).toEqual({
      Type: 'fixed-response',
      FixedResponseConfig: { ContentType: 'text/plain', MessageBody: 'closed', StatusCode: '503' },
    });
    expect(actionOf({ type: 'fixed-response', fixedResponseConfig: { statusCode: '200' } })).toEqual({
      Type: 'fixed-response',
      FixedResponseConfig: { StatusCode: '200' },
    });
  });

  it('redirects', () => {
    const config = { host: 'example.com', path: '/new', port: '8443', protocol: 'HTTPS', query: '#{query}' };
    expect(actionOf({ Type: 'redirect', RedirectConfig: { ...config, StatusCode: 'HTTP_302' } })).toEqual({
      Type: 'redirect',
      RedirectConfig: {
        Host: 'example.com',
        Path: '/new',
        Port: '8443',
        Protocol: 'HTTPS',
        Query: '#{query}',
        StatusCode: 'HTTP_302',
      },
    });
  });

  it('forwards to a target group of somebody else, by ARN or name', () => {
    const forwards = (tuple: object) => ({ Type: 'forward', ForwardConfig: { TargetGroups: [tuple] } });
    expect(actionOf({ type: 'forward', targetGroupARN: ARN })).toEqual(forwards({ TargetGroupArn: ARN }));
    expect(actionOf({ type: 'forward', targetGroupName: 'own' })).toEqual(
      forwards({ TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroupName: 'own' }),
    );
    expect(actionOf({ type: 'forward', targetGroupARN: ARN, targetGroupName: 'own' })).toEqual(
      forwards({ TargetGroupArn: ARN }),
    );
  });

  it('forwards by weight, with stickiness', () => {
    const targetGroups = [
      { serviceName: 'blue', servicePort: 80, weight: 20 },
      { serviceName: 'green', servicePort: '80', weight: 80 },
      { serviceName: 'green', servicePort: 'http', weight: 0 },
      { targetGroupARN: ARN, weight: 5 },
      { targetGroupName: 'own', weight: 999 },
    ];
    const targetGroupStickinessConfig = { enabled: true, durationSeconds: 200 };
    expect(
      actionOf({ type: 'forward', forwardConfig: { targetGroups, targetGroupStickinessConfig } }),
    ).toEqual({
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: [
          { TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroup: 'shop/app-blue:80', Weight: 20 },
          { TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroup: 'shop/app-green:80', Weight: 80 },
          { TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroup: 'shop/app-green:http', Weight: 0 },
          { TargetGroupArn: ARN, Weight: 5 },
          { TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroupName: 'own', Weight: 999 },
        ],
        TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 200 },
      },
    });
  });

  it('may forward to one Service without a weight, or to nothing', () => {
    const forward = (targetGroups: readonly object[] | undefined) =>
      actionOf({ type: 'forward', forwardConfig: { targetGroups } });
    expect(forward([{ serviceName: 'blue', servicePort: 'http' }])).toMatchObject({
      ForwardConfig: { TargetGroups: [{ TargetGroup: 'shop/app-blue:http' }] },
    });
    expect(forward(undefined)).toEqual({ Type: 'forward', ForwardConfig: { TargetGroups: [] } });
  });

  it('is unknown where the annotation is', () => {
    expect(actionOf(KNOWN_AFTER_APPLY)).toEqual({ Type: KNOWN_AFTER_APPLY });
    expect(actionOf({ type: KNOWN_AFTER_APPLY })).toEqual({ Type: KNOWN_AFTER_APPLY });
  });

  it('forwards to a Service that is not known yet', () => {
    const targetGroups = [
      { serviceName: KNOWN_AFTER_APPLY, servicePort: 80, weight: 1 },
      { serviceName: 'blue', servicePort: KNOWN_AFTER_APPLY, weight: 2 },
      { serviceName: 'blue', servicePort: 80, weight: 1 },
    ];
    expect(actionOf({ type: 'forward', forwardConfig: { targetGroups } })).toMatchObject({
      ForwardConfig: {
        TargetGroups: [
          { TargetGroupArn: KNOWN_AFTER_APPLY, Weight: 1 },
          { TargetGroupArn: KNOWN_AFTER_APPLY, Weight: 2 },
          { TargetGroup: 'shop/app-blue:80', Weight: 1 },
        ],
      },
    });
  });

  it.each([
    ['no type', {}, 'unknown action type: '],
    ['null', 'null', 'unknown action type: '],
    ['another type', { type: 'authenticate-oidc' }, 'unknown action type: authenticate-oidc'],
    ['no response', { type: 'fixed-response' }, 'missing FixedResponseConfig'],
    [
      'a response without status',
      { type: 'fixed-response', fixedResponseConfig: {} },
      'invalid FixedResponseConfig: statusCode is required',
    ],
    ['no redirect', { type: 'redirect' }, 'missing RedirectConfig'],
    [
      'a redirect without status',
      { type: 'redirect', redirectConfig: { port: '443' } },
      'invalid RedirectConfig: statusCode is required',
    ],
    ['no target', { type: 'forward' }, 'missing ForwardConfig or TargetGroupARN/TargetGroupName'],
    [
      'two kinds of target',
      { type: 'forward', targetGroupName: 'own', forwardConfig: {} },
      'either ForwardConfig or TargetGroupARN/TargetGroupName can be specified',
    ],
    [
      'an empty tuple',
      { type: 'forward', forwardConfig: { targetGroups: [{ servicePort: 80 }] } },
      'invalid ForwardConfig: invalid TargetGroupTuple: missing serviceName or targetGroupARN/targetGroupName',
    ],
    [
      'a tuple of two kinds',
      { type: 'forward', forwardConfig: { targetGroups: [{ targetGroupARN: ARN, serviceName: 'blue' }] } },
      'invalid ForwardConfig: invalid TargetGroupTuple: either serviceName or targetGroupARN/targetGroupName can be specified',
    ],
    [
      'a tuple without port',
      { type: 'forward', forwardConfig: { targetGroups: [{ serviceName: 'blue' }] } },
      'invalid ForwardConfig: invalid TargetGroupTuple: missing servicePort',
    ],
    [
      'several targets without weights',
      {
        type: 'forward',
        forwardConfig: {
          targetGroups: [
            { serviceName: 'blue', servicePort: 80, weight: 1 },
            { serviceName: 'green', servicePort: 80 },
          ],
        },
      },
      'invalid ForwardConfig: weight must be set when route to multiple target groups',
    ],
  ])('with %s is refused', (_, action, message) => {
    const refusal = refusalOf(() => actionOf(action));
    expect(refusal.message).toBe(`ingress: shop/app: ${message}`);
    expect(refusal.source?.Annotation).toBe('alb.ingress.kubernetes.io/actions.shift');
  });
});

describe('an annotation that is not there', () => {
  it('answers 503', () => {
    expect(actionOf(undefined)).toEqual({
      Type: 'fixed-response',
      FixedResponseConfig: {
        ContentType: 'text/plain',
        MessageBody: 'Backend action does not exist',
        StatusCode: '503',
      },
    });
  });

  it('is refused where the controller does not tolerate it', () => {
    const settings = { tolerateNonExistentBackendAction: false };
    expect(refusalOf(() => actionOf(undefined, { settings })).message).toBe(
      'ingress: shop/app: missing actions.shift configuration',
    );
  });
});
