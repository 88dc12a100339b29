import {
  albIngress,
  albService,
  ingressClassParams,
  KINDS,
  nlbService,
  route,
  targetGroupBinding,
  terraformAlb,
} from '../language';
import { schemaOf } from './of-kind';

/** What a person may write, as schemas of zod: a folder of its own, for whoever only reads Kubernetes objects needs no zod. */
export { albIngressProblems } from './ingress-problems';
export { distinct } from './distinct';
export const albIngressSettings = schemaOf(albIngress);
export const albServiceSettings = schemaOf(albService);
export const ingressClassParamsSettings = schemaOf(ingressClassParams);
export const nlbServiceSettings = schemaOf(nlbService);
export const routeSettings = schemaOf(route);
export const targetGroupBindingSettings = schemaOf(targetGroupBinding);
export const terraformAlbSettings = schemaOf(terraformAlb);
/** A host name, with a wildcard at most as its first label. */
export const hostName = schemaOf(KINDS.hostName);
export const port = schemaOf(KINDS.port);
/** Tags of AWS resources. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
export const tags = schemaOf(KINDS.tags);
