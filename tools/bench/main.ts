import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, runCommand } from '../kit/command';

const RUNS = 5;
const ROOT = join(__dirname, '..', '..');

interface Measurement {
  readonly seconds: number;
  readonly mebibytes: number;
}

/** Where a run of the bench works. */
interface Bench {
  readonly folder: string;
  readonly outdir: string;
  /** Each run reports its own peak, which works wherever node does. */
  readonly reporter: string;
}

function measure(bench: Bench, args: string[], environment: Record<string, string> = {}): Measurement {
  const runs = Array.from({ length: RUNS }, () => once(bench, args, environment));
  return {
    seconds: median(runs.map((run) => run.seconds)),
    mebibytes: median(runs.map((run) => run.mebibytes)),
  };
}

function once({ outdir, reporter }: Bench, args: string[], environment: Record<string, string>): Measurement {
  rmSync(outdir, { recursive: true, force: true });
  const start = process.hrtime.bigint();
  const { status, stderr, output } = spawnSync(
    process.execPath,
    ['--require', reporter, '--require', join(ROOT, 'register.cjs'), ...args],
    {
      cwd: ROOT,
      env: { ...process.env, CHECKPOINT_DISABLE: '1', CDKTF_OUTDIR: outdir, ...environment },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return { seconds, mebibytes: Number(output[3]) / 1024 };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** An Ingress with so many rules, to fifty Services. */
function ingressOf(rules: number): string {
  const rule = (index: number) => `  - host: host-${index}.example.com
    http:
      paths:
      - path: /api/${index}
        pathType: Prefix
        backend:
          service:
            name: service-${index % 50}
            port:
              number: 80
`;
  const service = (index: number) => `---
apiVersion: v1
kind: Service
metadata:
  name: service-${index}
spec:
  type: NodePort
  ports:
  - port: 80
`;
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: bench
spec:
  ingressClassName: alb
  rules:
${Array.from({ length: rules }, (_, index) => rule(index)).join('')}${Array.from({ length: 50 }, (_, index) => service(index)).join('')}`;
}

/** A plan of so many resources, all of which change, with a secret in each tenth. */
function planOf(count: number): unknown {
  const policy = (index: number, action: string) =>
    JSON.stringify({
      Statement: [{ Effect: 'Allow', Action: [action, 's3:GetObject'], Resource: `arn:${index}` }],
    });
  const values = (index: number, text: string) => ({
    id: `id-${index}`,
    policy: policy(index, `s3:${text}Object`),
    password: index % 10 === 0 ? `secret-${index}-${text}` : null,
    tags: Object.fromEntries(
      Array.from({ length: 20 }, (_, tag) => [`tag-${tag}`, `${text} ${index} ${tag}`]),
    ),
    values: [Array.from({ length: 40 }, (_, line) => `line-${line}: ${text} ${index}`).join('\n')],
  });
  const actions = [['update'], ['delete', 'create'], ['create'], ['delete'], ['no-op']];
  return {
    format_version: '1.2',
    planned_values: {},
    resource_changes: Array.from({ length: count }, (_, index) => ({
      address: `aws_iam_role_policy.policy-${index}`,
      mode: 'managed',
      type: index % 3 === 0 ? 'aws_iam_role' : 'aws_iam_role_policy',
      name: `policy-${index}`,
      change: {
        actions: actions[index % actions.length],
        before: index % 5 === 2 ? null : values(index, 'Old'),
        after: index % 5 === 3 ? null : values(index, index % 5 === 4 ? 'Old' : 'New'),
        after_unknown: {},
        before_sensitive: { password: true },
        after_sensitive: { password: true },
        replace_paths: index % 5 === 1 ? [['policy']] : [],
      },
    })),
  };
}

/** All that is measured, each as soon as it is. */
function* rows(bench: Bench): Generator<{ what: string } & Measurement> {
  const manifests = join(bench.folder, 'manifests.yaml');
  const plan = join(bench.folder, 'plan.json');
  const row = (what: string, args: string[], environment?: Record<string, string>) => ({
    what,
    ...measure(bench, args, environment),
  });
  yield row('one environment (dev)', ['main.ts'], { ENVIRONMENT: 'dev' });
  yield row('all environments', ['main.ts'], { ENVIRONMENT: '' });
  for (const count of [10, 100, 1000])
    yield row(`${count} services`, [join('tools', 'bench', 'app.ts'), `${count}`, bench.outdir]);
  writeFileSync(manifests, ingressOf(1000));
  yield row('preview of 1000 Ingress rules', [join('tools', 'preview', 'main.ts'), '-f', manifests]);
  writeFileSync(plan, JSON.stringify(planOf(2000)));
  yield row('report on a plan of 2000 resources', [
    join('tools', 'plan-report', 'main.ts'),
    ...['--env', 'dev', '--plan', `cluster=${plan}`],
  ]);
}

const bench = command(
  {
    name: 'bench',
    summary: `Time and peak memory of a synth, of a preview and of a report on a plan. Cold processes, median of ${RUNS}.`,
    target: 'none',
    json: true,
  },
  ({ json }) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const reporter = join(folder, 'reporter.cjs');
    try {
      writeFileSync(
        reporter,
        "process.on('exit', () => require('fs').writeSync(3, String(process.resourceUsage().maxRSS)));",
      );
      if (!json) console.log('| what | seconds | peak MiB |\n|---|---:|---:|');
      const measured = [];
      for (const row of rows({ folder, outdir: join(folder, 'out'), reporter })) {
        measured.push(row);
        if (!json) console.log(`| ${row.what} | ${row.seconds.toFixed(2)} | ${row.mebibytes.toFixed(0)} |`);
      }
      if (json) console.log(JSON.stringify(measured, undefined, 2));
      return Promise.resolve();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

runCommand(bench);
