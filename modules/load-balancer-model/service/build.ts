import { type Cluster } from '../context';
import { type LoadBalancer } from '../model';
import { type Service } from '../objects';
import { type ControllerSettings } from '../settings';

/** The load balancer of a Service; undefined if the Service isn't this controller's. @throws {Refused} */
export function buildServiceLoadBalancer(
  cluster: Cluster,
  settings: ControllerSettings,
  service: Service,
): LoadBalancer | undefined {
  void cluster;
  void settings;
  void service;
  return undefined;
}
