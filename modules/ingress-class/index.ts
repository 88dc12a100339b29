export { readinessGateLabels, type IngressController } from './flavor';
export { AlbIngressClass, type AlbIngressClassProps } from './ingress-class';
