import {
  TerraformOutput,
  type TerraformRemoteState,
  type TerraformResource,
  type TerraformStack,
} from 'cdktf';

/** How an output crosses Terraform state. */
type OutputType = 'string' | 'list' | 'map';

interface OutputDeclaration {
  readonly type: OutputType;
  /** What a person reads in `terraform output` and in the documents. */
  readonly description: string;
  /** What stands for a text that is not there, where a provider checks its form. @default '' */
  readonly absent?: string;
}

/** What a stack publishes: stable snake_case names, each with a type and a meaning. */
export type Contract = Readonly<Record<string, OutputDeclaration>>;

/** A value for each output of a contract, in the terms of TypeScript. */
export type ContractValues<C extends Contract> = {
  readonly [Name in keyof C]: C[Name]['type'] extends 'string'
    ? string
    : C[Name]['type'] extends 'list'
      ? string[]
      : Record<string, string>;
};

/** Publishes every output of `contract` from `stack`, under exactly its name, once `dependsOn` exists. */
export function publish<C extends Contract>(
  stack: TerraformStack,
  contract: C,
  values: ContractValues<C>,
  dependsOn: readonly TerraformResource[] = [],
): void {
  for (const [name, { description }] of Object.entries(contract)) {
    const output = new TerraformOutput(stack, name, { value: values[name], description, staticId: true });
    output.overrideLogicalId(name);
    if (dependsOn.length > 0) {
      // cdktf writes an output's dependencies as expressions, which Terraform refuses there.
      const addresses = dependsOn.map((each) => `${each.terraformResourceType}.${each.friendlyUniqueId}`);
      output.addOverride('depends_on', addresses);
    }
  }
}

/** What stands for an output that is not there: functions that are given it still work. */
const ABSENT = { string: '', list: [''], map: {} } as const satisfies Record<OutputType, unknown>;

/**
 * Reads every output of `contract` from the state of the stack that publishes it.
 *
 * A producer that was destroyed publishes nothing. A plan says so, and names it; only a destroy goes on without its values, so
 * that what was built on it can go too. (Terraform makes a failed condition a warning there.)
 *
 * @param producer id of the stack that publishes
 */
export function consume<C extends Contract>(
  state: TerraformRemoteState,
  contract: C,
  producer: string,
): ContractValues<C> {
  const outputs = Object.entries(contract);
  const [always] = outputs.find(([, { type }]) => type === 'string') ?? [];
  state.addOverride(
    'defaults',
    Object.fromEntries(outputs.map(([name, { type, absent }]) => [name, absent ?? ABSENT[type]])),
  );
  state.addOverride('lifecycle', {
    postcondition: [
      {
        condition: `\${self.outputs.${always ?? ''} != ""}`,
        error_message: `${producer} publishes nothing: it is not applied, or it was destroyed. First: npm run deploy -- ${producer}`,
      },
    ],
  });
  return Object.fromEntries(
    Object.entries(contract).map(([name, { type }]) => [name, read(state, name, type)]),
  ) as ContractValues<C>;
}

function read(state: TerraformRemoteState, name: string, type: OutputType): unknown {
  switch (type) {
    case 'string':
      return state.getString(name);
    case 'list':
      return state.getList(name);
    case 'map':
      return state.get(name);
  }
}
