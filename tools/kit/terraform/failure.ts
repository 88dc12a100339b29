import { type RunResult } from '../process';

/** What a person does about messages of Terraform's that don't say so. `$1` is what the pattern has found. */
const REMEDIES: readonly { readonly pattern: RegExp; readonly remedy: string }[] = [
  {
    // The state isn't there, or has no outputs: local file, S3 and HCP Terraform each say it in their way.
    pattern:
      /(?:Unable to find remote state|No stored state was found|currentRemoteState|does not (?:have an attribute|exist)|workspace .* not found)[\s\S]*?data\.terraform_remote_state\.([a-z]+)-state/,
    remedy: 'what stack $1 publishes is not there: npm run deploy -- <environment>-$1',
  },
  {
    pattern: /Failed to retrieve workspace [^:]*: Forbidden/,
    remedy:
      'that state is not shared with this workspace, or the token may not read it: bootstrap shares it, see docs/hcp-terraform.md',
  },
  {
    pattern: /Error acquiring the state lock/,
    remedy:
      'another run holds the state: docs/state.md#locks says how to wait for it, and what to do if it is dead',
  },
];

const MOST_LINES = 25;

/**
 * Why Terraform has failed, in its words, without the frames round them. Where it runs remotely, what went wrong is on standard
 * output, as all of the run is.
 *
 * @param environment whose stacks are named in remedies. @default - `<environment>`
 */
export function failureOf(
  { stdout, stderr, signal }: Pick<RunResult, 'stdout' | 'stderr' | 'signal'>,
  environment?: string,
): string {
  if (signal !== undefined)
    return `Terraform was killed (${signal}): what it was making may be missing from its state, the next plan shows it`;
  const errors = [stderr, fromError(stdout)].map(unframed).filter((text) => text !== '');
  const text = errors.length > 0 ? errors.join('\n') : unframed(lastLines(stdout));
  const remedies = REMEDIES.flatMap(({ pattern, remedy }) => {
    const found = pattern.exec(text);
    return found ? [remedy.replaceAll('$1', found[1] ?? '')] : [];
  });
  const named = remedies.map((words) =>
    environment === undefined ? words : words.replaceAll('<environment>', environment),
  );
  return [lastLines(text), ...named].join('\n');
}

/** What Terraform warns of, each in one line, without the explanation that follows it: that may quote values. */
export function warningsOf(stdout: string): string[] {
  const found = unframed(stdout).matchAll(/^Warning: (.+)$/gm);
  return [...new Set([...found].flatMap(([, summary = '']) => summary.trim()))];
}

/** From the first error on. */
function fromError(text: string): string {
  const at = text.search(/^(?:╷\n)?(?:│ )?Error: /m);
  return at < 0 ? '' : text.slice(at);
}

function unframed(text: string): string {
  return text
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .filter((line) => !/^[╷╵]\s*$/.test(line))
    .map((line) => line.replace(/^│ ?/, ''))
    .join('\n')
    .trim();
}

/** The end of a text; an error begins it where it has one. */
function lastLines(text: string): string {
  return text.trim().split('\n').slice(-MOST_LINES).join('\n');
}
