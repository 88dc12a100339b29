import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import {
  type Listener,
  type LoadBalancer,
  type SecurityGroup,
  type TargetGroup,
} from '../../load-balancers/model';
import { type Emulator } from './emulator';

/** A listener that is there, and the port of loopback where it listens. */
export interface LocalListener extends Listener {
  readonly LocalPort: number | null;
}

export interface MadeTargetGroup extends TargetGroup {
  readonly Targets: readonly { readonly Id: string; readonly Port: number; readonly State: string }[];
}

/** A load balancer that is there, in the form in which the project previews it. */
export interface MadeLoadBalancer extends Omit<
  LoadBalancer,
  'LoadBalancerName' | 'Listeners' | 'TargetGroups'
> {
  readonly LoadBalancerName: string;
  readonly DNSName: string;
  readonly Listeners: readonly LocalListener[];
  readonly TargetGroups: readonly MadeTargetGroup[];
}

/** What is in the emulated AWS beside what Terraform made. */
export interface EmulatorState {
  readonly Clusters: readonly { readonly Name: string; readonly Kubeconfig: string }[];
  readonly LoadBalancers: readonly MadeLoadBalancer[];
  readonly TargetGroups: readonly MadeTargetGroup[];
  /** Those that the controller made. */
  readonly SecurityGroups: readonly (SecurityGroup & {
    readonly GroupId: string;
    readonly GroupName: string;
  })[];
}

/** Asks the emulator what is there. @throws if it doesn't answer */
export function stateOf({
  endpoint,
  certificate,
}: Pick<Emulator, 'endpoint' | 'certificate'>): Promise<EmulatorState> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${endpoint}/_sandbox/state`,
      { ca: readFileSync(certificate), timeout: 10_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(JSON.parse(text) as EmulatorState);
          else reject(new Error(`the emulator answers ${response.statusCode ?? 0}: ${text.slice(0, 200)}`));
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('the emulator does not answer')));
    asked.on('error', reject);
    asked.end();
  });
}

/** `2 load balancers, 3 target groups, 1 security group of the controller`. */
export function countOf({ LoadBalancers, TargetGroups, SecurityGroups }: EmulatorState): string {
  const count = (things: readonly unknown[], name: string) =>
    `${things.length} ${name}${things.length === 1 ? '' : 's'}`;
  return `${count(LoadBalancers, 'load balancer')}, ${count(TargetGroups, 'target group')}, ${count(SecurityGroups, 'security group')} of the controller`;
}

/** Whether nothing of the controller is left. */
export function isEmptyState({ LoadBalancers, TargetGroups, SecurityGroups }: EmulatorState): boolean {
  return LoadBalancers.length + TargetGroups.length + SecurityGroups.length === 0;
}
