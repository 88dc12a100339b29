export { type IngressClassParamsSettings } from './schema/class-params';
export { type IngressKind, portableServiceAnnotations, renderRoutes } from './ingress/controllers';
export { type Entrance, entrancesOf, mainEntrance, origin } from './ingress/entrance';
export { type RenderProps, renderIngress, serviceAnnotations } from './ingress/render';
export { type HttpRoute, type HttpRoutes, routeUrl } from './ingress/routes';
export { type AlbIngressSettings, type AlbRoute, type AlbServiceSettings } from './schema/ingress';
export { FIELDS, LOAD_BALANCER, PREFIX, TARGET_GROUP } from './service/annotations';
export { type NlbServiceManifestProps, nlbServiceManifest } from './service/render';
export { type NlbListener, type NlbServiceSettings } from './schema/service';
export { CURRENT_SSL_POLICY, SSL_POLICIES } from './ssl-policies';
export {
  ANNOTATIONS,
  type Annotation,
  INGRESS_PREFIX,
  annotationOf,
  isControllers,
  kindOf,
  nearestAnnotation,
  onLoadBalancerService,
  propOf,
} from './table';
export { type TargetGroupBindingSettings } from './schema/target-group-binding';
export { type TerraformAlbSettings } from './schema/terraform-alb';
export { ATTRIBUTE_KINDS, attributeLimits } from './attribute-kinds';
export { RULE_KINDS } from './rule-kinds';
export { type Judgement, type Kind } from './kind';
export { KINDS } from './values';
