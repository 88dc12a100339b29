import { TerraformStack, type TerraformResource } from 'cdktf';
import { type Construct } from 'constructs';
import { type Environment } from '../config';
import { backendOf } from './backend';
import { consume, publish, type Contract, type ContractValues } from './contract';
import { foreignReferences } from './own-references';
import { type BOOTSTRAP, type StackName } from './stack-names';

interface SynthesizedStack {
  readonly terraform: { readonly required_providers: Record<string, { version: string } | undefined> };
}

/** What all stacks have in common: id, backend, and the contract by which they pass values on. */
export abstract class EnvironmentStack<
  C extends Contract,
  E extends Environment = Environment,
> extends TerraformStack {
  constructor(
    scope: Construct,
    readonly stackName: StackName | typeof BOOTSTRAP,
    readonly environment: E,
    private readonly contract: C,
  ) {
    super(scope, `${environment.name}-${stackName}`);
    backendOf(environment.backend).attach(this, this.stateKey);
  }

  /** Reads what `producer` publishes, through its backend, and applies after it. */
  protected from<P extends Contract>(producer: EnvironmentStack<P>): ContractValues<P> {
    this.addDependency(producer);
    const state = backendOf(this.environment.backend).read(
      this,
      `${producer.stackName}-state`,
      producer.stateKey,
    );
    return consume(state, producer.contract, producer.node.id);
  }

  /**
   * cdktf resolves every element once more here, to find references to other stacks. There are none: values cross by
   * contract. Leaving it out saves a third of the synth; `toTerraform` refuses one that got in by mistake.
   */
  override prepareStack(): void {
    return;
  }

  /** @throws if something refers to a resource of another stack */
  override toTerraform(): unknown {
    const json = super.toTerraform() as SynthesizedStack;
    for (const [name, version] of Object.entries(this.environment.providers)) {
      const provider = json.terraform.required_providers[name];
      if (provider) provider.version = version;
    }
    const [address] = foreignReferences(json);
    if (address !== undefined) {
      throw new Error(
        `${this.node.id} refers to ${address}, which is of another stack: publish the value in that stack's contract and read it with from()`,
      );
    }
    return json;
  }

  /** Publishes the outputs of this stack's contract. A run that ends before `dependsOn` exists publishes none. */
  protected publish(values: ContractValues<C>, dependsOn?: readonly TerraformResource[]): void {
    publish(this, this.contract, values, dependsOn);
  }

  private get stateKey() {
    return { project: this.environment.project, environment: this.environment.name, stack: this.stackName };
  }
}
