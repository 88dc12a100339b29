export { LoadBalancerController, type LoadBalancerControllerProps } from './controller';
export { controllerValues, deepMerge, type ChartValues, type ControllerValuesProps } from './chart-values';
export { featurePolicies, type FeaturePolicy } from './feature-policies';
export { controllerStatements, type ControllerFeatures, type ControllerStatementsProps } from './policy';
export {
  CONTROLLER_RELEASES,
  controllerRelease,
  type ControllerRelease,
  type OwnControllerRelease,
} from '../../load-balancers/releases';
