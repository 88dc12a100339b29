export { AlbIngress, type AlbIngressProps } from './alb-ingress';
export { checkIngresses, type CheckContext, type Finding, type KnownSubnet, type Quotas } from './check';
export { ingressClassParams, type IngressClassParams } from './class-params';
export {
  portableServiceAnnotations,
  renderRoutes,
  type IngressKind,
  type RenderedRoutes,
} from './controllers';
export { mainEntrance, origin, type Entrance } from './entrance';
export { HttpIngress, type HttpIngressProps } from './http-ingress';
export { IngressError } from './ingress-error';
export { type AlbIngressContext } from './judge';
export { renderIngress, serviceAnnotations, type RenderProps } from './render';
export {
  httpRules,
  routeUrl,
  type HttpMatch,
  type HttpRoute,
  type HttpRoutes,
  type HttpRule,
  type PathType,
} from './routes';
export {
  albIngressSettings,
  albServiceSettings,
  type AlbAction,
  type AlbBackend,
  type AlbCondition,
  type AlbIngressSettings,
  type AlbListener,
  type AlbRoute,
  type AlbServiceSettings,
  type AlbTransform,
} from './settings';
export { CURRENT_SSL_POLICY, SSL_POLICIES } from './ssl-policies';
export { ANNOTATIONS, annotationOf, nearestAnnotation, propOf, type Annotation } from './table';
export { withoutTokens } from './without-tokens';
