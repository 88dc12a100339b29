import { type App, type TerraformResource } from 'cdktf';
import { type AwsEnvironment } from '../config';
import { ExistingNetwork, Vpc } from '../modules/network';
import { AwsStack } from './aws-stack';
import { networkContract } from './contracts';

export interface NetworkStackProps {
  readonly environment: AwsEnvironment;
}

/** The VPC that everything else stands in, made here or already there. */
export class NetworkStack extends AwsStack<typeof networkContract> {
  constructor(app: App, { environment }: NetworkStackProps) {
    super(app, 'network', environment, networkContract);
    const network = this.addNetwork();
    this.publish(
      {
        vpc_id: network.vpcId,
        vpc_cidr: network.cidr,
        private_subnet_ids: network.privateSubnetIds,
        public_subnet_ids: network.publicSubnetIds,
      },
      network.dependencies,
    );
  }

  private addNetwork(): Network {
    const { project, network, cluster, account, partition, dnsSuffix, region } = this.environment;
    const name = `${project}-${this.environment.name}`;
    const clusterName = cluster.name;
    if (network.kind === 'existing') {
      return new ExistingNetwork(this, 'existing', { ...network, name, clusterName });
    }
    return new Vpc(this, 'vpc', {
      ...network,
      flowLogs: network.flowLogs || undefined,
      restrictEndpoints: this.environment.hardening,
      name,
      clusterName,
      account,
      partition,
      dnsSuffix,
      region,
      excludeZoneIds: this.environment.refusedZoneIds,
      preventDestroy: this.environment.preventDestroy,
    });
  }
}

/** What both kinds of network have to offer. */
interface Network {
  readonly vpcId: string;
  readonly cidr: string;
  readonly privateSubnetIds: string[];
  readonly publicSubnetIds: string[];
  /** What must exist before anything works in it. */
  readonly dependencies?: readonly TerraformResource[];
}
