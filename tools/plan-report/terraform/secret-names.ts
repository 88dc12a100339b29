import { isMap } from '../changes/values';

/** Words that a name of a secret ends with. */
const WORDS = new Set([
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'credential',
  'credentials',
  'apikey',
]);
const PAIRS = new Set([
  'private_key',
  'secret_key',
  'access_key',
  'api_key',
  'auth_key',
  'signing_key',
  'encryption_key',
  'account_key',
  'secret_string',
  'secret_binary',
  'user_data',
  'key_material',
  'connection_string',
]);
const TRIPLES = new Set(['user_data_base64', 'private_key_pem', 'private_key_openssh']);
/** Blocks of a Kubernetes Secret. */
const SECRET_DATA = new Set(['data', 'binary_data', 'data_wo', 'binary_data_wo', 'string_data']);

/** Names repeat: a plan has some thousand resources of some tens of types. */
const judged = new Map<string, boolean>();

/** Whether what has this name is a secret: `client_secret`, `dbPassword`, `API_TOKEN`. */
export function isSecretName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const isSecret =
    WORDS.has(words.at(-1) ?? '') ||
    PAIRS.has(words.slice(-2).join('_')) ||
    TRIPLES.has(words.slice(-3).join('_'));
  judged.set(name, isSecret);
  return isSecret;
}

/** Whether a value is a secret by where it is. */
export function isSecretPlace(key: string, parent: unknown, type: string | undefined): boolean {
  if (type?.startsWith('kubernetes_secret') && SECRET_DATA.has(key)) return true;
  const value = isMap(parent) ? parent[key] : undefined;
  if (typeof value !== 'string') return false;
  if (isSecretName(key)) return true;
  // A pair, such as a variable of a container or a value that is set in a chart.
  const name = isMap(parent) ? (parent.name ?? parent.key) : undefined;
  return key === 'value' && typeof name === 'string' && isSecretName(name);
}

/** `name: value` and `name=value`; the name is of bounded length, so that a long text takes no longer than its length. */
const PAIR =
  /(?<![\w.-])([\w.-]{1,100})(["']?\s{0,9}[:=]\s{0,9})("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\$\{[^}\n]*\}|[^\s,;&"'{}[\]]+)/g;
/** `--name value` of a command line. */
const FLAG = /(?<!\S)(--[\w-]{1,60})\s+([^\s-]\S*)/g;
const HARMLESS = /^["']?(?:true|false|null|none|\d{1,5}|\$\{.*)["']?$/i;
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}|glpat-[\w-]{16,})/g,
  /\b\w{10,20}\.atlasv1\.[\w-]{20,}/g,
  /\beyJ[\w-]{8,2000}\.[\w-]{8,}\.[\w-]*/g,
  /(?<=\bBearer\s+)[\w.~+/=-]{8,}/g,
  /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
];

/** Letters of which a text has some that one of these is in. */
const MAY_HOLD = /[:=]|--|PRIVATE KEY|A[KS]IA|gh[pousr]_|github_pat_|xox|glpat-|atlasv1|eyJ|Bearer/;

/** A text without what looks like a secret in it. */
export function withoutSecretShapes(text: string, sensitive: string): string {
  if (!MAY_HOLD.test(text)) return text;
  const shaped = SHAPES.reduce((masked, shape) => masked.replace(shape, sensitive), text);
  return shaped
    .replace(PAIR, (whole, name: string, sign: string, value: string) =>
      isSecretName(name) && !HARMLESS.test(value) && value !== sensitive
        ? `${name}${sign}${sensitive}`
        : whole,
    )
    .replace(FLAG, (whole, name: string, value: string) =>
      isSecretName(name) && !HARMLESS.test(value) ? `${name} ${sensitive}` : whole,
    );
}
