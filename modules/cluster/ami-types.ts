/**
 * AMI types of EKS by family and architecture, with an instance type that starts on them.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
 */
export const AMI_TYPES = {
  AL2023: {
    x86_64: { amiType: 'AL2023_x86_64_STANDARD', instanceType: 't3.medium' },
    arm64: { amiType: 'AL2023_ARM_64_STANDARD', instanceType: 't4g.medium' },
  },
  AL2023_NVIDIA: {
    x86_64: { amiType: 'AL2023_x86_64_NVIDIA', instanceType: 'g5.xlarge' },
    arm64: { amiType: 'AL2023_ARM_64_NVIDIA', instanceType: 'g5g.xlarge' },
  },
  AL2023_NEURON: { x86_64: { amiType: 'AL2023_x86_64_NEURON', instanceType: 'inf2.xlarge' } },
  BOTTLEROCKET: {
    x86_64: { amiType: 'BOTTLEROCKET_x86_64', instanceType: 't3.medium' },
    arm64: { amiType: 'BOTTLEROCKET_ARM_64', instanceType: 't4g.medium' },
  },
  BOTTLEROCKET_FIPS: {
    x86_64: { amiType: 'BOTTLEROCKET_x86_64_FIPS', instanceType: 't3.medium' },
    arm64: { amiType: 'BOTTLEROCKET_ARM_64_FIPS', instanceType: 't4g.medium' },
  },
  BOTTLEROCKET_NVIDIA: {
    x86_64: { amiType: 'BOTTLEROCKET_x86_64_NVIDIA', instanceType: 'g5.xlarge' },
    arm64: { amiType: 'BOTTLEROCKET_ARM_64_NVIDIA', instanceType: 'g5g.xlarge' },
  },
} as const;

/** Operating system of managed nodes, with what it brings. */
export type AmiFamily = keyof typeof AMI_TYPES;
export const AMI_FAMILIES = Object.keys(AMI_TYPES) as [AmiFamily, ...AmiFamily[]];
