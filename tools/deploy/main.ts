import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseRequest, stacksFor } from '../kit/arguments';
import { cdktf, type CdktfCommand } from '../kit/cdktf';
import { runCommand } from '../kit/command';
import { endOnSignals } from '../kit/process';
import { isApplied, PROJECT, synthesize, type Stack } from '../kit/project';
import { checkTerraform, withoutMissingConfig } from '../kit/terraform/terraform';

const COMMANDS = ['deploy', 'diff', 'destroy'] as const;

/** `deploy | diff | destroy` of one stack or of an environment, in order or in reverse. */
async function main([command, ...args]: readonly string[]): Promise<void> {
  if (!isCommand(command))
    throw new Error(`usage: npm run ${COMMANDS.join(' | ')} -- <environment or stack> [flags]`);
  endOnSignals();
  const environments = readdirSync(join(PROJECT, 'environments')).flatMap((file) =>
    file.endsWith('.ts') ? [file.slice(0, -3)] : [],
  );
  const request = parseRequest(args, environments);
  const env = { ...withoutMissingConfig(process.env), ENVIRONMENT: request.environment };
  await checkTerraform(env);
  const stacks = await synthesize(env);
  for (const stack of stacksFor(command, request, stacks)) {
    check(command, stack, stacks);
    if (command === 'destroy' && isApplied(stack) === false) {
      console.log(`${stack.name}: nothing to destroy`);
      continue;
    }
    const code = await cdktf(command, stack.name, request.flags, { env, interactive: true });
    if (code !== 0) throw new Error(`${stack.name}: ${command} failed`);
  }
}

/** Where state is a file, the order is held before Terraform is asked. */
function check(command: CdktfCommand, stack: Stack, stacks: readonly Stack[]): void {
  if (command === 'destroy') {
    const user = stacks.find((other) => other.dependencies.includes(stack.name) && isApplied(other));
    if (user) throw new Error(`${stack.name}: ${user.name} is built on it: destroy ${user.name} first`);
    return;
  }
  const missing = stacks.find(
    (other) => stack.dependencies.includes(other.name) && isApplied(other) === false,
  );
  if (missing) {
    throw new Error(
      `${stack.name}: it reads what ${missing.name} publishes, which is not applied: deploy ${missing.name} first`,
    );
  }
}

function isCommand(text: string | undefined): text is CdktfCommand {
  return COMMANDS.some((command) => command === text);
}

runCommand(main);
