import { type CommandDescription, type CommandLine } from '../kit/command-line';
import { InputError } from '../kit/input-error';
import { releaseRange, type ReleaseRange } from './release-steps';

const FORMATS = ['table', 'json', 'mermaid'] as const;
export type Format = (typeof FORMATS)[number];

/** What a preview is asked for: an environment, or files; `-` is standard input. */
export interface PreviewRequest {
  readonly format: Format;
  /** @default - files are given */
  readonly environment?: string;
  /** Empty where an environment is given. */
  readonly files: readonly string[];
  /** Values of the controller's chart, for files. @default - the chart's own */
  readonly controllerValues?: string;
  /** What only AWS knows. @default - nothing of it is judged */
  readonly facts?: string;
  /** Releases of the controller of which is told what differs. @default - none */
  readonly release?: ReleaseRange;
  /** URLs of which is told who answers. @default [] */
  readonly requests?: readonly string[];
  /** Whether the load balancers that are there are compared with it. @default false */
  readonly verify?: true;
  /** A file of manifests or a commit of git, from which differences are told. @default - none are */
  readonly against?: string;
}

export const PREVIEW = {
  name: 'preview',
  summary: 'The load balancers that the controller would make of an environment, or of manifests (--file).',
  target: 'environment',
  targetOptional: true,
  json: true,
  options: {
    file: {
      short: 'f',
      value: 'FILE',
      multiple: true,
      takesRest: true,
      description: 'manifests instead of an environment; - is standard input',
    },
    'controller-values': { value: 'FILE', description: "values of the controller's chart, with --file" },
    facts: {
      value: 'FILE',
      description: 'what only AWS knows: subnets, certificates, …; what is not in it is not judged',
    },
    request: { value: 'URL', multiple: true, description: 'say which rule answers, and where to' },
    against: {
      value: 'FILE|COMMIT',
      description: 'say what differs from these manifests, or from --file as it was in a commit',
    },
    release: {
      value: 'A..B',
      description: 'say what another release of the controller changes, such as 2.17.1..3.5.0',
    },
    verify: {
      description:
        'say where the load balancers that are there differ from it; asks AWS, with an environment',
    },
    format: {
      words: FORMATS,
      description: 'table is for people, mermaid for documents; --json is --format json',
    },
    schema: { description: 'print the JSON Schema of --json' },
  },
} as const satisfies CommandDescription;

const { verify: _ofEnvironments, ...OF_MANIFESTS } = PREVIEW.options;

/** The same where there is no project, and so no environment. */
export const INGRESS_PREVIEW = {
  ...PREVIEW,
  name: 'ingress-preview',
  call: 'npx ingress-preview',
  summary: 'The load balancers that the AWS Load Balancer Controller would make of manifests.',
  target: 'none',
  options: {
    ...OF_MANIFESTS,
    file: { ...PREVIEW.options.file, description: 'manifests, without -f too; - is standard input' },
  },
} as const satisfies CommandDescription;

export type PreviewLine = Pick<CommandLine<typeof PREVIEW>, 'environment' | 'json' | 'options'>;

/** @throws {InputError} for a line that asks for nothing, or for two things */
export function previewRequest(
  { environment, json, options }: PreviewLine,
  { target }: CommandDescription = PREVIEW,
): PreviewRequest {
  const {
    file: files = [],
    'controller-values': controllerValues,
    facts,
    request: requests = [],
    against,
    release,
    verify,
    format = json ? 'json' : 'table',
  } = options;
  if (json && format !== 'json')
    throw new InputError(`--json and --format ${format} are two formats: write one of them`);
  if (environment === undefined && files.length === 0)
    throw new InputError(
      `nothing to preview: write ${target === 'none' ? '' : 'an environment, such as dev, or '}--file ingress.yaml`,
    );
  if (environment !== undefined && files.length > 0) {
    throw new InputError(
      `environment ${environment} and --file ${files.join(' ')} are two previews: write one of them`,
    );
  }
  if (environment !== undefined && controllerValues !== undefined) {
    throw new InputError(
      `--controller-values ${controllerValues}: environment ${environment} says itself how its controller runs: leave it out, or give files`,
    );
  }
  if (environment !== undefined && against !== undefined) {
    throw new InputError(
      `--against ${against}: of environment ${environment}, npm run synth-diff says what differs between two commits: leave it out, or give files`,
    );
  }
  if (environment === undefined && verify)
    throw new InputError(
      '--verify asks AWS for the load balancers of a cluster, and files name none: leave it out, or write an environment',
    );
  const questions = [
    ...(requests.length > 0 ? ['--request'] : []),
    ...(against === undefined ? [] : ['--against']),
    ...(release === undefined ? [] : ['--release']),
    ...(verify ? ['--verify'] : []),
  ];
  if (questions.length > 1)
    throw new InputError(`${questions.join(' and ')} are two questions: write one of them`);
  if (files.filter((file) => file === '-').length > 1) {
    throw new InputError('--file - is there twice, and standard input is read once: leave one out');
  }
  return {
    format,
    files,
    ...(environment !== undefined && { environment }),
    ...(controllerValues !== undefined && { controllerValues }),
    ...(facts !== undefined && { facts }),
    ...(against !== undefined && { against }),
    ...(release !== undefined && { release: releaseRange(release) }),
    ...(requests.length > 0 && { requests }),
    ...(verify && { verify }),
  };
}
