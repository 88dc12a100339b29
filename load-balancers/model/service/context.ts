import { type Cluster } from '../context';
import { type LoadBalancer, type TargetGroup } from '../model';
import { type Service } from '../objects';
import { type ControllerSettings } from '../settings';
import { type Tags } from '../tags';
import { type ServiceSecurityGroups } from './security-groups';
import { type Subnets } from './subnets';

/** What the parts of one Service's load balancer have in common. */
export interface ServiceContext {
  readonly cluster: Cluster;
  readonly settings: ControllerSettings;
  /** The Service that owns the load balancer; its annotations hold for the Services behind it, too. */
  readonly service: Service;
  readonly scheme: LoadBalancer['Scheme'];
  readonly ipAddressType: LoadBalancer['IpAddressType'];
  readonly subnets: Subnets;
  readonly securityGroups: ServiceSecurityGroups;
  readonly tags: Tags;
  /** Filled as listeners name them; by `Id`. */
  readonly targetGroups: Map<string, TargetGroup>;
}
