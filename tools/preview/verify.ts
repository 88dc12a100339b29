import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { loadEnvironments } from '../../config';
import { type Model } from '../../load-balancers/model';
import { awsClientSettings } from '../kit/aws';
import { InputError } from '../kit/input-error';
import { compareLoadBalancers } from '../kit/load-balancers/comparison';
import { readMade, UNREAD } from '../kit/load-balancers/made';
import { type Verification } from './verification';

/**
 * Asks AWS for the load balancers of an environment's controller; what it made for others in the cluster is left out.
 *
 * @throws {InputError} where nothing of the kind is there to be asked for
 */
export async function verify(name: string, previewed: Model['LoadBalancers']): Promise<Verification> {
  const [loaded] = await loadEnvironments(name, new Date().toISOString().slice(0, 10));
  const environment = loaded?.environment;
  if (environment?.kind !== 'aws')
    throw new InputError(`--verify: ${name} is not on AWS, and has no load balancers there: leave it out`);
  if (environment.loadBalancing.type === 'auto-mode')
    throw new InputError(
      `--verify: with EKS Auto Mode AWS's own controller makes the load balancers of ${name}, which are not previewed: leave it out`,
    );
  const settings = awsClientSettings(environment.region);
  const cluster = environment.cluster.name;
  const { SecurityGroups = [] } = await new EC2Client(settings).send(
    new DescribeSecurityGroupsCommand({
      Filters: [{ Name: 'tag:elbv2.k8s.aws/cluster', Values: [cluster] }],
    }),
  );
  const { own } = await readMade(new ElasticLoadBalancingV2Client(settings), cluster, SecurityGroups);
  const wanted = new Set(previewed.map(({ Id }) => Id));
  const { deviations, compared, unknown } = compareLoadBalancers(
    previewed,
    own.filter(({ Id }) => wanted.has(Id)),
    UNREAD,
  );
  return {
    Deviations: deviations.map(({ path, previewed: before, made }) => ({
      Path: path,
      Previewed: textOf(before),
      Made: textOf(made),
    })),
    Compared: compared,
    NotCompared: unknown,
    Unread: UNREAD,
  };
}

const textOf = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
