import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { changedEnvironments } from '../../../tools/ci/changed-environments';
import { synthesize } from '../../../tools/kit/project';
import { synthDiff } from '../../../tools/synth-diff/synth-diff';
import { withWorktree } from '../../../tools/synth-diff/worktree';
import { SmallProject } from './small-project';

const vpc = (cidr: string) => ({ resource: { aws_vpc: { vpc: { cidr_block: cidr } } } });

let project: SmallProject;
beforeEach(() => {
  project = new SmallProject();
  project.stacks({ 'dev-network': vpc('10.0.0.0/16'), 'prod-network': vpc('10.9.0.0/16') });
  for (const name of ['dev', 'prod']) project.write(`environments/${name}.ts`, '');
  project.commit();
});
afterEach(() => {
  project.remove();
  jest.restoreAllMocks();
});

const diff = (more: Partial<Parameters<typeof synthDiff>[0]> = {}) =>
  synthDiff({
    project: project.folder,
    base: 'main',
    format: 'markdown',
    env: process.env,
    today: '2026-11-21',
    ...more,
  });

/** The work trees that git knows, besides the project. */
const worktrees = () => project.git('worktree', 'list', '--porcelain').split('\n\n').filter(Boolean).slice(1);

describe('synthDiff', () => {
  it('compares the work tree with a commit', async () => {
    project.stacks({ 'dev-network': vpc('10.1.0.0/16'), 'prod-network': vpc('10.9.0.0/16') });
    const text = await diff();
    expect(text).toContain('## Synthesized stacks of `dev`, compared with `main`');
    expect(text).toContain('"10.0.0.0/16" -> "10.1.0.0/16"');
    expect(text).toContain('No difference from `main`: `prod`.');
    expect(worktrees()).toEqual([]);
  });

  it('says so if nothing differs', async () => {
    expect(await diff()).toBe('No difference from `main`: `dev`, `prod`.\n');
  });

  it('is of one environment if asked', async () => {
    project.stacks({ 'dev-network': vpc('10.1.0.0/16') });
    const reports = JSON.parse(await diff({ environment: 'dev', format: 'json' })) as {
      environment: string;
      base: string;
    }[];
    expect(reports).toMatchObject([
      { environment: 'dev', base: 'main', risks: [{ code: 'replace:protected' }] },
    ]);
  });

  it("knows environments that one side doesn't have", async () => {
    project.write('environments/new.ts', '');
    project.stacks({ 'new-network': vpc('10.1.0.0/16') });
    expect(await diff({ environment: 'new' })).toContain('aws_vpc.vpc will be created');
    await expect(diff({ environment: 'none' })).rejects.toThrow(
      'there is no environment none on either side',
    );
  });

  it('loads balancers from the stacks themselves', async () => {
    const ingress = (path: string) => ({
      resource: {
        kubernetes_ingress_v1: {
          web: {
            metadata: { name: 'web', namespace: 'shop' },
            spec: {
              ingress_class_name: 'alb',
              rule: [
                {
                  http: {
                    path: [
                      {
                        path,
                        path_type: 'Prefix',
                        backend: { service: { name: 'web', port: { number: 80 } } },
                      },
                    ],
                  },
                },
              ],
            },
          },
        },
        kubernetes_ingress_class_v1: {
          alb: { metadata: { name: 'alb' }, spec: { controller: 'ingress.k8s.aws/alb' } },
        },
        kubernetes_service_v1: {
          web: {
            metadata: { name: 'web', namespace: 'shop' },
            spec: { type: 'NodePort', port: [{ port: 80 }] },
          },
        },
      },
    });
    project.stacks({ 'dev-workloads': ingress('/old') });
    project.commit();
    project.stacks({ 'dev-workloads': ingress('/new') });
    const text = await diff({ environment: 'dev' });
    expect(text).toContain('### Load balancers');
    expect(text).toMatch(/^\+ .*\/new/m);
  });

  it('refuses what is no commit', async () => {
    await expect(diff({ base: '--help' })).rejects.toThrow('--base --help is no commit here');
  });

  it('leaves nothing behind where a synth fails', async () => {
    project.write('app.js', 'throw new Error("broken")');
    project.commit();
    await expect(diff()).rejects.toThrow('broken');
    expect(worktrees()).toEqual([]);
  });

  it('leaves nothing behind after an interrupt', async () => {
    project.write('app.js', 'require("node:fs").writeFileSync("started", ""); setTimeout(() => {}, 60000)');
    project.commit();
    const script = join(project.folder, 'diff.cjs');
    const tools = join(__dirname, '..', '..', '..', 'tools');
    writeFileSync(
      script,
      `const { endOnSignals } = require(${JSON.stringify(join(tools, 'kit', 'process'))});
       const { withWorktree } = require(${JSON.stringify(join(tools, 'synth-diff', 'worktree'))});
       const { synthesize } = require(${JSON.stringify(join(tools, 'kit', 'project'))});
       endOnSignals();
       withWorktree(${JSON.stringify(project.folder)}, 'main', async (folder) => {
         console.log(folder);
         await synthesize(process.env, folder + '/out', folder);
       }).catch((error) => { console.log(error.message); });`,
    );
    const child = spawn(process.execPath, ['--require', './register.cjs', script], {
      cwd: join(tools, '..'),
    });
    let printed = '';
    child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
    const ended = new Promise((resolve) => child.on('close', resolve));
    const started = () => existsSync(join(printed.split('\n')[0] ?? '', 'started')) && printed.includes('\n');
    while (!started() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    await ended;
    expect(printed).toContain('interrupted');
    expect(existsSync(printed.split('\n')[0] ?? '')).toBe(false);
    expect(worktrees()).toEqual([]);
  }, 30_000);

  it('leaves the dependencies that it links', async () => {
    await withWorktree(project.folder, 'main', (folder) => {
      expect(existsSync(join(folder, 'node_modules', 'dependency'))).toBe(true);
      return Promise.resolve();
    });
    expect(existsSync(join(project.folder, 'node_modules', 'dependency'))).toBe(true);
  });
});

describe('changedEnvironments', () => {
  it('are those that are synthesized differently', async () => {
    project.stacks({ 'dev-network': vpc('10.1.0.0/16'), 'prod-network': vpc('10.9.0.0/16') });
    const output = join(project.folder, 'cdktf.out');
    await synthesize(process.env, output, project.folder);
    expect(await changedEnvironments(['dev', 'prod'], 'main', process.env, output, project.folder)).toEqual([
      'dev',
    ]);
  });
});
