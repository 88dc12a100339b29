export { CustomResources, type CustomResourcesProps, type KubernetesManifest } from './custom-resources';
