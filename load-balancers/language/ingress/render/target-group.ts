import { type AlbIngressSettings, type AlbServiceSettings } from '../../schema/ingress';
import { targetGroupAttributes } from './attributes';
import { json, map, scalar, type Annotations } from './text';

type TargetGroup = NonNullable<AlbIngressSettings['targetGroup']>;
type Authentication = NonNullable<AlbIngressSettings['authentication']>;
type HealthCheck = NonNullable<TargetGroup['healthCheck']>;

/** Suffixes of annotations that an Ingress and a Service have alike. */
export function targetGroupAnnotations(
  settings: TargetGroup | NonNullable<AlbServiceSettings['targetGroup']> = {},
): Annotations {
  const ports = ('targetControlPorts' in settings && settings.targetControlPorts) || [];
  return {
    'target-type': settings.targetType,
    'backend-protocol': settings.backendProtocol,
    'backend-protocol-version': settings.backendProtocolVersion,
    'target-group-attributes': map(settings.attributes && targetGroupAttributes(settings.attributes)),
    ...healthCheckAnnotations(settings.healthCheck),
    'target-node-labels': map(settings.nodeLabels),
    'multi-cluster-target-group': scalar(settings.multiCluster),
    ...Object.fromEntries(
      ports.map(({ service, servicePort, port }) => [
        `target-control-port.${service}.${servicePort}`,
        scalar(port),
      ]),
    ),
  };
}

export function healthCheckAnnotations(check: HealthCheck = {}): Annotations {
  return {
    'healthcheck-port': scalar(check.port),
    'healthcheck-protocol': check.protocol,
    'healthcheck-path': check.path,
    'healthcheck-interval-seconds': scalar(check.intervalSeconds),
    'healthcheck-timeout-seconds': scalar(check.timeoutSeconds),
    'healthy-threshold-count': scalar(check.healthyThresholdCount),
    'unhealthy-threshold-count': scalar(check.unhealthyThresholdCount),
    'success-codes': check.successCodes,
  };
}

export function authenticationAnnotations(settings?: Authentication): Annotations {
  if (!settings) return {};
  if (settings.type === 'none') return { 'auth-type': 'none' };
  return {
    'auth-type': settings.type,
    ...provider(settings),
    'auth-on-unauthenticated-request': settings.onUnauthenticatedRequest,
    'auth-scope': settings.scope,
    'auth-session-cookie': settings.sessionCookie,
    'auth-session-timeout': scalar(settings.sessionTimeoutSeconds),
  };
}

function provider(settings: Exclude<Authentication, { type: 'none' }>): Annotations {
  const { authenticationRequestExtraParams } = settings;
  if (settings.type === 'cognito') {
    return {
      'auth-idp-cognito': json({
        userPoolARN: settings.userPoolArn,
        userPoolClientID: settings.userPoolClientId,
        userPoolDomain: settings.userPoolDomain,
        authenticationRequestExtraParams,
      }),
    };
  }
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secretName } = settings;
  return {
    'auth-idp-oidc': json({
      issuer,
      authorizationEndpoint,
      tokenEndpoint,
      userInfoEndpoint,
      secretName,
      authenticationRequestExtraParams,
    }),
  };
}
