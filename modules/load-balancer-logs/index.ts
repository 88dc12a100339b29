export { LoadBalancerLogBucket, type LoadBalancerLogBucketProps } from './log-bucket';
