export { terraformAlbProblems } from './alb-check';
export { terraformAlbSettings, type TerraformAlbSettings } from './alb-settings';
export { targetGroupBindingProblems, type BindingSurroundings, type BoundPort } from './check';
export { targetGroupBindingSettings, type TargetGroupBindingSettings } from './settings';
export { TargetGroupBinding, type TargetGroupBindingProps } from './target-group-binding';
export { TerraformAlb, type TerraformAlbProps } from './terraform-alb';
