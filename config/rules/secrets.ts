import { type Finding } from './rule';

/** Words in the name of a variable that holds a secret, or says where one is. */
const SECRET_NAME =
  /(^|_)(PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|AUTH|LICENSE)_?KEY|DSN|CONNECTION_?STRING)($|_)/i;
/** Names that say where it is, or something about it. */
const ABOUT_SECRET =
  /_(FILE|PATH|DIR|ARN|NAME|REF|ID|URL|URI|HOST|TTL|EXPIRY|EXPIRATION|SECONDS|MINUTES|LENGTH|TYPE|HEADER|ENABLED|ISSUER|REGION|VERSION|ALGORITHM|POLICY)$/i;
/** Values that are secrets whatever their name. @see https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns */
const SECRET_VALUE: readonly RegExp[] = [
  /^(AKIA|ASIA)[A-Z0-9]{16}$/,
  /^(gh[pousr]_|github_pat_)\w{20,}/,
  /^xox[abeprs]-/,
  /^glpat-/,
  /^(sk|rk)_live_/,
  /^AIza[\w-]{35}$/,
  /^SG\.[\w-]+\.[\w-]+$/,
  /^npm_\w{30,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^eyJ[\w-]+\.eyJ[\w-]+\./,
  /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:[^\s/@]+@/i,
];
/** Values that can't be one: nothing, switches, numbers, where something is. */
const HARMLESS = /^(|true|false|yes|no|none|null|\d+|arn:.*|\/.*|\$\(.*\))$/i;
/** `--db-password=…` and the like, in one argument. */
const ASSIGNED = /^--?([\w-]+)[= ](.+)$/s;

/** Whether a variable holds a secret in clear, by its name or by the shape of its value. */
function isSecret(name: string, value: string): boolean {
  if (SECRET_VALUE.some((shape) => shape.test(value))) return true;
  const snake = name.replaceAll('-', '_').replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  return SECRET_NAME.test(snake) && !ABOUT_SECRET.test(snake) && !HARMLESS.test(value);
}

interface PlainText {
  readonly environment: Readonly<Record<string, string | object>>;
  readonly command: readonly string[];
  readonly args: readonly string[];
}

/** Secrets that a service has in clear; the value isn't repeated, for logs would have it then. */
export function* secretsInClear({ environment, command, args }: PlainText, path: string): Iterable<Finding> {
  const assigned = [...command, ...args].map((argument) => ASSIGNED.exec(argument) ?? ['', '', argument]);
  for (const [name] of Object.entries(environment).filter(
    ([name, value]) => typeof value === 'string' && isSecret(name, value),
  )) {
    yield inClear(`${path}.environment.${name}`);
  }
  for (const [index, [, name = '', value = '']] of assigned.entries()) {
    if (isSecret(name, value))
      yield inClear(
        index < command.length ? `${path}.command.${index}` : `${path}.args.${index - command.length}`,
      );
  }
}

function inClear(path: string): Finding {
  return {
    path,
    value: '(not shown)',
    reason:
      'by its name or its shape it is a secret, and it would stand in clear in the repository, in plans, in the state and in the Deployment',
    remedy:
      "write a Kubernetes Secret into envFrom or files, or let the pods read AWS Secrets Manager with permissions: ['secretsmanager:GetSecretValue']",
    warning: true,
  };
}
