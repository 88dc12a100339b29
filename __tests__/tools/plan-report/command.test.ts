import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { planReport } from '../../../tools/plan-report/command';
import { type Report } from '../../../tools/plan-report/report';
import { reportLine, TODAY } from './support';

const ROOT = join(__dirname, '..', '..', '..');
const plan = (name: string) => join(__dirname, 'plans', `${name}.json`);
const run = async (...args: string[]) => planReport(reportLine(args), TODAY);

describe('planReport', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plan-report-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes a report into a file, and names the risks that were asked for', async () => {
    const out = join(folder, 'report.md');
    const result = await run(
      '--env',
      'sandbox',
      '--plan',
      `network=${plan('network-replace')}`,
      '--out',
      out,
      '--fail-on',
      'drift,replace:protected,replace:protected',
    );

    expect(result).toEqual({ text: '', failing: ['replace:protected'] });
    expect(readFileSync(out, 'utf8')).toMatch(/^## Plan of `sandbox`\n/);
  });

  it('tells what Terraform warned of, without the values that it quotes', async () => {
    const printed = join(folder, 'plan.txt');
    writeFileSync(
      printed,
      '  # aws_vpc.vpc will be created\n\n╷\n│ Warning: Argument is deprecated\n│ \n│   on cdk.tf.json line 4:\n│ quoted\n╵\n' +
        '\nWarning: Argument is deprecated\n\nWarning: Value for undeclared variable\n',
    );
    const given = ['--env', 'sandbox', '--plan', `network=${plan('network-create')}`];
    const { text } = await run(...given, '--warnings', `network=${printed}`);

    expect(text.split('\n')[2]).toBe(
      '**Terraform warns 2 times:** `network: Argument is deprecated`; `network: Value for undeclared variable`',
    );
    expect(text).not.toContain('quoted');
    expect((await run(...given)).text).not.toContain('Terraform warns');
    await expect(run(...given, '--warnings', 'network=nowhere.txt')).rejects.toThrow(
      'nowhere.txt is not there: write the path of what terraform plan printed',
    );
  });

  it('reads what is synthesized of the environment: its bootstrap, where no plan of it is given', async () => {
    const stack = join(folder, 'sandbox', 'stacks', 'sandbox-bootstrap');
    mkdirSync(stack, { recursive: true });
    const name = 'eks-ingress-sandbox-apply';
    const stacks = {
      bootstrap: {
        name: 'sandbox-bootstrap',
        workingDirectory: 'stacks/sandbox-bootstrap',
        dependencies: [],
      },
    };
    writeFileSync(join(folder, 'sandbox', 'manifest.json'), JSON.stringify({ stacks }));
    writeFileSync(
      join(stack, 'cdk.tf.json'),
      JSON.stringify({
        resource: {
          aws_iam_role: {
            x: {
              name,
              assume_role_policy: '{"Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"}}}',
            },
          },
        },
      }),
    );
    process.env.CDKTF_OUTDIR = folder;
    try {
      const { text } = await run('--env', 'sandbox', '--plan', `network=${plan('network-create')}`);
      expect(text).toContain(`  AWS 111122223333 -> ${name}`);
    } finally {
      delete process.env.CDKTF_OUTDIR;
    }
  });

  it('answers JSON, for the stacks that an environment has', async () => {
    const { text, failing } = await run(
      '--env',
      'local',
      '--plan',
      `workloads=${plan('workloads-create')}`,
      '--format',
      'json',
      '--fail-on',
      'drift',
    );
    const { environment, summary } = JSON.parse(text) as Report;

    expect(failing).toEqual([]);
    expect({ environment, stacks: summary.map(({ stack }) => stack) }).toEqual({
      environment: 'local',
      stacks: ['workloads'],
    });
  });

  it.each([
    ['UTF-16 with its mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 of the other order', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
  ])('reads a plan in %s, as PowerShell writes it', async (_, encoded) => {
    const file = join(folder, 'utf16.json');
    writeFileSync(file, encoded(readFileSync(plan('network-replace'), 'utf8')));
    const { failing } = await run(
      ...['--env', 'sandbox', '--plan', `network=${file}`, '--fail-on', 'any-destroy'],
    );

    expect(failing).toEqual(['any-destroy']);
  });

  it('refuses what it can not read', async () => {
    const state = join(folder, 'state.json');
    writeFileSync(state, '{"format_version": "1.0", "values": {}}');

    await expect(run('--env', 'dev', '--plan', `network=${state}`)).rejects.toThrow(
      `${state} is a state, no plan`,
    );
    await expect(run('--env', 'dev', '--plan', 'network=nowhere.json')).rejects.toThrow(
      'nowhere.json is not there: write the path of a plan as JSON',
    );
    await expect(run('--env', 'dev', '--plan', `network=${folder}`)).rejects.toThrow(
      `${folder} can't be read`,
    );
  });
});

describe('npm run plan-report', () => {
  const spawn = (...args: string[]) => {
    const command = [
      '--require',
      './register.cjs',
      join('tools', 'plan-report', 'main.ts'),
      '--env',
      'sandbox',
      ...args,
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it('exits with 2 for a risk that is asked for', () => {
    expect(spawn('--plan', `network=${plan('network-drift')}`, '--fail-on', 'drift')).toEqual({
      status: 2,
      stdout: expect.stringMatching(/^## Plan of `sandbox`\n/),
      stderr: '--fail-on: there are risks of drift\n',
    });
  });

  it('exits with 1 and one line where there is no report', () => {
    expect(spawn('--plan', 'network=nowhere.json')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'nowhere.json is not there: write the path of a plan as JSON\n',
    });
  });
});
