export { TargetGroupBinding, type TargetGroupBindingProps } from './target-group-binding';
export { TerraformAlb, type TerraformAlbProps } from './terraform-alb';
