import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { ManagedAddon } from './managed-addon';

/** Add-ons by their AWS name; `undefined` is EKS's default version. */
export type InstalledAddons = Readonly<
  Record<
    string,
    {
      readonly version: string | undefined;
      /** What the add-on's schema takes. @default - its defaults */
      readonly configuration?: Readonly<Record<string, unknown>>;
      /** Whether a role is made for it, and so the add-on by `AddonWithRole`. */
      readonly role?: object;
    }
  >
>;

/** DaemonSets that a node needs to become ready, or its pods to start with credentials. */
const BEFORE_NODES: readonly string[] = ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent'];

/** The add-ons that must be there before the first node. They are healthy without any. */
export function addonsBeforeNodes(addons: InstalledAddons): InstalledAddons {
  return pick(addons, (name) => BEFORE_NODES.includes(name));
}

/** The add-ons whose pods need a node: EKS calls them degraded, and Terraform fails, until one is there. */
export function addonsAfterNodes(addons: InstalledAddons): InstalledAddons {
  return pick(addons, (name) => !BEFORE_NODES.includes(name) && addons[name]?.role === undefined);
}

function pick(addons: InstalledAddons, wanted: (name: string) => boolean): InstalledAddons {
  return Object.fromEntries(Object.entries(addons).filter(([name]) => wanted(name)));
}

export interface ClusterAddonsProps {
  readonly clusterName: string;
  readonly addons: InstalledAddons;
  /** CoreDNS asks for Fargate, for want of nodes. @default false */
  readonly fargateOnly?: boolean;
  /** @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Managed add-ons that belong at the same place in the order. */
export class ClusterAddons extends Construct {
  readonly dependencies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ClusterAddonsProps) {
    super(scope, id);
    const { clusterName, addons, fargateOnly = false, dependsOn } = props;
    this.dependencies = Object.entries(addons).map(([addonName, { version, configuration }]) => {
      const addon = new ManagedAddon(this, addonName, {
        clusterName,
        addonName,
        version,
        configurationValues:
          addonName === 'coredns' && fargateOnly
            ? { computeType: 'Fargate', ...configuration }
            : configuration,
        dependsOn,
      });
      return addon.dependable;
    });
  }
}
