import { isUnknown } from '../unknown';

/**
 * What is wrong with names, in the words of Kubernetes; nothing is with one that isn't known yet.
 * @see https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation
 */
type NameCheck = (value: string) => readonly string[];

const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const WILDCARD = `\\*\\.${SUBDOMAIN}`;
const LABEL = '[a-z]([-a-z0-9]*[a-z0-9])?';
const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

export const dnsSubdomain = check(
  253,
  SUBDOMAIN,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  ['example.com'],
);

export const wildcardDnsSubdomain = check(
  253,
  WILDCARD,
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  ['*.example.com'],
);

export const dns1035Label = check(
  63,
  LABEL,
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  ['my-name', 'abc-123'],
);

export const dnsLabel: NameCheck = (value) =>
  problems(value, [
    [value.length > 63, atMost(63)],
    [/\./.test(value) && dnsSubdomain(value).length === 0, 'must not contain dots'],
    [
      !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value) && dnsSubdomain(value).length > 0,
      regexWords(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
        '[a-z0-9]([-a-z0-9]*[a-z0-9])?',
        ['my-name', '123-abc'],
      ),
    ],
  ]);

export const portName: NameCheck = (value) =>
  problems(value, [
    [value.length > 15, atMost(15)],
    [!/^[-a-z0-9]+$/.test(value), 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
    [!/[a-z]/.test(value), 'must contain at least one letter (a-z)'],
    [value.includes('--'), 'must not contain consecutive hyphens'],
    [/^-|-$/.test(value), 'must not begin or end with a hyphen'],
  ]);

/** Of a label or an annotation; case doesn't matter in the latter. */
export const qualifiedName: NameCheck = (value) => {
  const rule = regexWords(
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    KEY,
    ['MyName', 'my.name', '123-abc'],
  );
  const at = value.indexOf('/');
  const [prefix, name] = [value.slice(0, Math.max(at, 0)), value.slice(at + 1)];
  if (name.includes('/')) {
    return [
      `a valid label key ${rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const ofPrefix = prefix === '' ? ['must be non-empty'] : dnsSubdomain(prefix);
  return [
    ...(at < 0 ? [] : ofPrefix.map((words) => `prefix part ${words}`)),
    ...problems(name, [
      [name === '', 'name part must be non-empty'],
      [name.length > 63, 'name part must be no more than 63 bytes'],
      [!new RegExp(`^${KEY}$`).test(name), `name part ${rule}`],
    ]),
  ];
};

function check(length: number, format: string, words: string, examples: readonly string[]): NameCheck {
  const pattern = new RegExp(`^${format}$`);
  return (value) =>
    problems(value, [
      [value.length > length, atMost(length)],
      [!pattern.test(value), regexWords(words, format, examples)],
    ]);
}

function problems(value: string, checks: readonly (readonly [wrong: boolean, words: string])[]) {
  return isUnknown(value) ? [] : checks.flatMap(([wrong, words]) => (wrong ? [words] : []));
}

function atMost(length: number): string {
  return `must be no more than ${length} characters`;
}

function regexWords(words: string, format: string, examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${words} (e.g. ${shown}regex used for validation is '${format}')`;
}
