export { type Finding } from './ingress/finding';
export { checkIngresses } from './ingress';
export {
  type AlbIngressContext,
  type Judged,
  findings,
  isShared,
  judged,
  toProblem,
} from './ingress/judge';
export { AUTO_MODE_CONTROLLER } from './ingress/auto-mode';
export { CLASS_ANNOTATION, classNameOf } from './ingress/view';
export { explained, type ExplainedRefusal } from './ingress/refusals';
export { answersTo, type Answer, type AskedRequest, requestOf } from './requests/answers';
export { unreachableRules, type UnreachableRule } from './requests/reachability';
export { explain, type Explanation } from './remedies';
export { inSettings } from './ingress/place';
export { type NlbSurroundings } from './service/finding';
export { checkNlbService } from './service';
export { nlbServiceProblems, refuse } from './service/problems';
export { type BindingSurroundings, type BoundPort, targetGroupBindingProblems } from './target-group-binding';
export { terraformAlbProblems } from './terraform-alb';
