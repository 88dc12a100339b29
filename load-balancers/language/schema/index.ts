/** What a person may write, as schemas of zod: a door of its own, for whoever only reads Kubernetes objects needs no zod. */
export { ingressClassParams } from './class-params';
export { albIngressSettings, albServiceSettings } from './ingress';
export { albIngressProblems } from './ingress-problems';
export { distinct, hostName, port, tags } from './primitives';
export { route } from './routes';
export { nlbServiceSettings } from './service';
export { targetGroupBindingSettings } from './target-group-binding';
export { terraformAlbSettings } from './terraform-alb';
