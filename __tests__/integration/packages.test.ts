import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const PROJECT = join(__dirname, '..', '..');
const TSC = join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');
const LIBRARY = '@eks-ingress/load-balancers';
const MANIFEST = join(PROJECT, '__tests__', 'tools', 'preview', 'manifests', 'traefik.yaml');

/** A folder outside of the project, where nothing of it is found by chance. */
const ELSEWHERE = mkdtempSync(join(tmpdir(), 'packages-'));
afterAll(() => {
  rmSync(ELSEWHERE, { recursive: true, force: true });
});

function folder(name: string): string {
  const path = join(ELSEWHERE, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Packs what a folder has to pack; answers the tarball. */
function pack(from: string, ...options: readonly string[]): string {
  const args = ['pack', '--silent', '--pack-destination', folder('tarballs'), ...options];
  return join(ELSEWHERE, 'tarballs', execFileSync('npm', args, { cwd: from, encoding: 'utf8' }).trim());
}

function run(cwd: string, command: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const SUCCESS = { status: 0, stderr: '' };

/** The example of a page that has these words. */
function example(page: string, words: string): string {
  const text = readFileSync(join(PROJECT, page), 'utf8');
  const found = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  return found.find((code) => code.includes(words)) ?? '';
}

function filesOf(tarball: string): string[] {
  return execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
}

describe('the package of load-balancers/', () => {
  const home = folder('library');
  let tarball: string;

  beforeAll(() => {
    tarball = pack(PROJECT, '--workspace', LIBRARY);
    // What it depends on is taken from here, so that no registry is asked.
    const dependencies = ['zod', 'js-yaml', 'argparse'].map((name) =>
      pack(join(PROJECT, 'node_modules', name), '--ignore-scripts'),
    );
    const args = ['install', '--offline', '--silent', '--no-audit', '--no-fund', tarball, ...dependencies];
    execFileSync('npm', args, { cwd: home });
  });

  it('has code, types, data, README and license, and no source', () => {
    const files = filesOf(tarball);
    for (const file of [
      'README.md',
      'dist/LICENSE',
      'dist/load-balancers/language/data/ssl-policies.json',
      'dist/load-balancers/model/index.d.ts',
      'dist/load-balancers/model/index.js',
    ]) {
      expect(files).toContain(`package/${file}`);
    }
    expect(files.filter((file) => /(?<!\.d)\.ts$|cdktf|modules/.test(file))).toEqual([]);
  });

  it('previews a manifest as the project does', () => {
    const own = ['--require', './register.cjs', 'tools/preview/main.ts', '--json', '--file', MANIFEST];
    const expected = run(PROJECT, process.execPath, ...own);
    const result = run(home, 'npx', '--no-install', 'ingress-preview', '--json', MANIFEST);
    expect(result).toEqual(expected);
    expect(JSON.parse(result.stdout)).toMatchObject({ LoadBalancers: [{ Type: 'network' }] });
  });

  it.each([
    [['none.yaml'], 'none.yaml is not there: write the path of a file\n'],
    [[], 'nothing to preview: write --file ingress.yaml\n'],
    [['--env', 'dev'], /^--env is no option of ingress-preview: write [^\n]*\n$/],
  ])('refuses %j with one message', (args, message) => {
    const { status, stdout, stderr } = run(home, 'npx', '--no-install', 'ingress-preview', ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
    if (typeof message === 'string') expect(stderr).toBe(message);
  });

  it('says how it is called', () => {
    const { stdout } = run(home, 'npx', '--no-install', 'ingress-preview', '--help');
    expect(stdout).toMatch(/^npx ingress-preview \[options\]\n/);
    expect(stdout).not.toMatch(/environment|npm run/i);
  });

  it('has the types of what its README imports', () => {
    writeFileSync(join(home, 'readme.ts'), example('load-balancers/README.md', LIBRARY));
    writeFileSync(
      join(home, 'doors.ts'),
      `import { checkObjects } from '${LIBRARY}/checks';
import { renderIngress, type AlbIngressSettings } from '${LIBRARY}/language';
import { buildModel, type LoadBalancer } from '${LIBRARY}/model';
import { formatProblem, type Problem } from '${LIBRARY}/problem';

const scheme: AlbIngressSettings['scheme'] = 'internal';
// @ts-expect-error -- a scheme is one of two words
const none: AlbIngressSettings['scheme'] = 'private';
const problem: Problem = { path: 'scheme', value: none, reason: 'no scheme', remedy: scheme };
const made: readonly LoadBalancer[] = buildModel([]).LoadBalancers;
export const all = [checkObjects([]).length, made.length, formatProblem(problem), typeof renderIngress];
`,
    );
    const compilerOptions = { strict: true, module: 'node16', target: 'es2022', types: [] };
    const config = { compilerOptions, files: ['readme.ts', 'doors.ts'] };
    writeFileSync(join(home, 'tsconfig.json'), JSON.stringify(config));
    expect(run(home, process.execPath, TSC)).toEqual({ ...SUCCESS, stdout: '' });
    const code = "console.log(JSON.stringify([require('./readme'), require('./doors')]))";
    const { stdout } = run(home, process.execPath, '-e', code);
    expect(JSON.parse(stdout)).toEqual([
      { schemes: ['internet-facing'], refused: expect.any(Boolean) },
      { all: [0, 0, expect.stringContaining('private'), 'function'] },
    ]);
  });
});

describe('the package of the constructs', () => {
  const home = folder('app');
  const { exports } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    exports: Readonly<Record<string, object>>;
  };

  beforeAll(() => {
    const unpacked = folder('unpacked');
    execFileSync('tar', ['-xzf', pack(PROJECT), '-C', unpacked]);
    cpSync(join(unpacked, 'package'), join(home, 'node_modules', 'eks-ingress'), { recursive: true });
    // Beside it lies what the other app depends on, in the versions of the project.
    for (const name of ['cdktf', 'constructs', 'zod', '@cdktf', '@types']) {
      symlinkSync(join(PROJECT, 'node_modules', name), join(home, 'node_modules', name));
    }
    for (const page of ['ingress', 'constructs']) {
      const file = join(home, page, 'main.ts');
      mkdirSync(dirname(file));
      writeFileSync(file, example(`docs/${page}.md`, 'app.synth()'));
    }
  });

  it.each([
    ['node16', 'node16'],
    // What `cdktf init` writes.
    ['commonjs', 'node10'],
  ])('has types for modules of kind %s', (module, resolution) => {
    const options = ['--strict', '--skipLibCheck', '--target', 'es2022', '--module', module];
    const files = ['ingress/main.ts', 'constructs/main.ts'];
    expect(run(home, process.execPath, TSC, ...options, '--moduleResolution', resolution, ...files)).toEqual({
      ...SUCCESS,
      stdout: '',
    });
  });

  it.each([
    ['ingress', 'shop', ['kubernetes_ingress_v1']],
    [
      'constructs',
      'platform',
      [
        'aws_iam_openid_connect_provider',
        'aws_iam_policy',
        'aws_iam_role',
        'aws_iam_role_policy_attachment',
        'helm_release',
        'kubernetes_ingress_class_v1',
        'kubernetes_service_account_v1',
        'kubernetes_service_v1',
        'terraform_data',
      ],
    ],
  ])('synthesizes the example of docs/%s.md as it stands', (page, stack, types) => {
    expect(run(join(home, page), process.execPath, 'main.js')).toEqual({ ...SUCCESS, stdout: '' });
    const text = readFileSync(join(home, page, 'cdktf.out', 'stacks', stack, 'cdk.tf.json'), 'utf8');
    const { resource } = JSON.parse(text) as { resource: object };
    expect(Object.keys(resource).sort()).toEqual(types);
  });

  it('has its charts beside it', () => {
    const assets = join(home, 'constructs', 'cdktf.out', 'stacks', 'platform', 'assets');
    const names = readdirSync(assets, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.endsWith('Chart.yaml'))).toHaveLength(2);
  });

  it('exports what its page names, and nothing else', () => {
    const page = readFileSync(join(PROJECT, 'docs', 'constructs.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `eks-ingress(\/[\w-]+)` \| (.+) \|$/gm)];
    expect(rows.map(([, path = '']) => `.${path}`).sort()).toEqual(Object.keys(exports).sort());
    for (const [, path = '', names = ''] of rows) {
      const constructs = [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
      const code = `console.log(JSON.stringify(Object.keys(require('eks-ingress${path}'))))`;
      const { stdout } = run(home, process.execPath, '-e', code);
      expect(JSON.parse(stdout)).toEqual(expect.arrayContaining(constructs));
    }
    const { stderr } = run(home, process.execPath, '-e', "require('eks-ingress/dist/modules/iam')");
    expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});
