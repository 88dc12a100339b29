import { type TerraformRemoteState, type TerraformStack } from 'cdktf';
import { type Construct } from 'constructs';

/** Identifies a stack's state: `<project>/<environment>/<stack>`. */
export interface StateKey {
  readonly project: string;
  readonly environment: string;
  readonly stack: string;
}

/** Where state lives: attached to the stack that writes it, read by the stacks that follow. */
export interface StateBackend {
  attach(stack: TerraformStack, key: StateKey): void;
  read(scope: Construct, id: string, key: StateKey): TerraformRemoteState;
}
