import { PROJECT } from '../kit/project';
import {
  boundVersions,
  chooseProviders,
  cliConfig,
  registryAnswers,
  type ProviderChoice,
} from '../kit/terraform/provider-choice';
import {
  findMirrored,
  mirrorCandidates,
  PROVIDERS,
  registryHost,
  type ProviderName,
} from '../kit/terraform/provider-mirror';

export type ProviderChoices = Readonly<Record<ProviderName, ProviderChoice>>;

/** Where the sandbox's providers come from. */
export interface FoundProviders {
  readonly choices: ProviderChoices;
  /** Text of a CLI configuration that says so. */
  readonly config: string;
  /** What tells a synth the versions that aren't those of the bindings. */
  readonly overrides: NodeJS.ProcessEnv;
}

/** Decides where providers come from, and says so. @throws if the one for AWS is nowhere */
export async function foundProviders(
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
): Promise<FoundProviders> {
  const host = registryHost(env);
  const mirrored = findMirrored(mirrorCandidates(env), host);
  const asked = !env.TF_PLUGIN_MIRROR;
  const registry = !asked ? 'is not asked' : (await registryAnswers(host)) ? 'answers' : "doesn't answer";
  const choices = chooseProviders(boundVersions(PROJECT), mirrored, registry);
  for (const name of PROVIDERS) say(`provider ${name}: ${choices[name].explanation}`);
  if (choices.aws.source === 'none') {
    throw new Error(
      `provider aws: ${choices.aws.explanation}: name a mirror that has it in TF_PLUGIN_MIRROR`,
    );
  }
  const overrides: NodeJS.ProcessEnv = {};
  for (const name of PROVIDERS) {
    const { override } = choices[name];
    if (override !== undefined) overrides[`SANDBOX_${name.toUpperCase()}_PROVIDER`] = override;
  }
  return { choices, config: cliConfig(choices, mirrored, host), overrides };
}
