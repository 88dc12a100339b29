import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes stacks.json as stacks, as a synth would: a stack's name, and its Terraform JSON. */
const APP = `
const { mkdirSync, readFileSync, writeFileSync, existsSync } = require('node:fs');
if (!existsSync('node_modules/dependency')) throw new Error('no dependencies');
const stacks = JSON.parse(readFileSync('stacks.json', 'utf8'));
const out = process.env.CDKTF_OUTDIR;
const manifest = { stacks: {} };
for (const [name, json] of Object.entries(stacks)) {
  if (!name.startsWith(process.env.ENVIRONMENT ?? '')) continue;
  mkdirSync(out + '/stacks/' + name, { recursive: true });
  writeFileSync(out + '/stacks/' + name + '/cdk.tf.json', JSON.stringify(json));
  manifest.stacks[name] = { name, workingDirectory: 'stacks/' + name, dependencies: [] };
}
mkdirSync(out, { recursive: true });
writeFileSync(out + '/manifest.json', JSON.stringify(manifest));
`;

/** A project that synthesizes at once, in a repository of its own. */
export class SmallProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'small-project-')));

  constructor() {
    this.write('cdktf.json', '{"app":"node app.js"}');
    this.write('app.js', APP);
    this.write('node_modules/dependency', '');
    this.write('.gitignore', 'node_modules\n');
    this.git('init', '--quiet', '--initial-branch=main');
  }

  write(name: string, text: string): void {
    const file = join(this.folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }

  stacks(stacks: Readonly<Record<string, object>>): void {
    this.write('stacks.json', JSON.stringify(stacks));
  }

  commit(): string {
    this.git('add', '--all');
    this.git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=a');
    return this.git('rev-parse', 'HEAD').trim();
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.folder, encoding: 'utf8' });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
