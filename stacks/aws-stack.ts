import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Aspects } from 'cdktf';
import { type Construct } from 'constructs';
import { type AwsEnvironment } from '../config';
import { type Contract } from './contract';
import { EnvironmentStack } from './environment-stack';
import { type BOOTSTRAP, type StackName } from './stack-names';

/** A stack of an environment on AWS: it can touch one account, in one Region, and tags what it makes. */
export abstract class AwsStack<C extends Contract> extends EnvironmentStack<C, AwsEnvironment> {
  constructor(
    scope: Construct,
    stackName: StackName | typeof BOOTSTRAP,
    environment: AwsEnvironment,
    contract: C,
  ) {
    super(scope, stackName, environment, contract);
    new AwsProvider(this, 'aws', {
      region: environment.region,
      allowedAccountIds: [environment.account],
      defaultTags: [{ tags: this.tags }],
    });
    this.boundRoles(environment.bootstrap?.apply.permissionsBoundaryArn);
  }

  /** A pipeline that is bounded may make bounded roles only. */
  private boundRoles(permissionsBoundary: string | undefined): void {
    if (permissionsBoundary === undefined) return;
    Aspects.of(this).add({
      visit: (node) => {
        if (node instanceof IamRole) node.permissionsBoundary = permissionsBoundary;
      },
    });
  }

  /** On every AWS resource by the provider; given by hand only to what AWS makes from a template. */
  protected get tags(): Record<string, string> {
    const { tags, plan } = this.environment;
    return { ...tags, ...plan.ownTags };
  }
}
