export { ATTRIBUTE_KINDS } from './attributes';
export { ingressClassParams, type IngressClassParamsSettings } from './fields/class-params';
export {
  albIngress,
  albService,
  type AlbIngressSettings,
  type AlbRoute,
  type AlbServiceSettings,
} from './fields/ingress';
export { route } from './fields/routes';
export { nlbService, type NlbListener, type NlbServiceSettings } from './fields/service';
export { targetGroupBinding, type TargetGroupBindingSettings } from './fields/target-group-binding';
export { terraformAlb, type TerraformAlbSettings } from './fields/terraform-alb';
export { type IngressKind, portableServiceAnnotations, renderRoutes } from './ingress/controllers';
export { type Entrance, entrancesOf, mainEntrance, origin } from './ingress/entrance';
export { type RenderedIngress, type RenderProps, renderIngress, serviceAnnotations } from './ingress/render';
export { type HttpRoute, type HttpRoutes, routeUrl } from './ingress/routes';
export { propOfField } from './ingress/rules';
export { type AnyKind, type Fields, type Judgement, type Kind, type ValueOf, nothing } from './kind';
export { type ObjectOf } from './object';
export { type NlbServiceManifestProps, type RenderedService, renderNlbService } from './service';
export { CURRENT_SSL_POLICY, SSL_POLICIES } from './ssl-policies';
export {
  ANNOTATIONS,
  type Annotation,
  INGRESS_PREFIX,
  SERVICE_PREFIX,
  annotationOf,
  isControllers,
  nearestAnnotation,
  onLoadBalancerService,
  propOf,
} from './table';
export { RULE_KINDS } from './values/rules';
export { KINDS } from './values';
export { writtenBy, type Origins, type Written } from './written';
