import { type LocalEnvironmentInput } from '../config';
import { services } from './shared/services';

/** The services of dev on a cluster of one's own: `minikube start && minikube addons enable ingress`. */
export const environment: LocalEnvironmentInput = {
  kind: 'local',
  name: 'local',
  cluster: { context: 'minikube' },
  workloads: { services, ingress: { controller: 'nginx' } },
};
