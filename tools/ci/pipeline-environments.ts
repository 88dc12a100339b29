import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AwsEnvironment, type Environment } from '../../config';
import { boundedName } from '../../modules/iam/bounded-name';

/** What a workflow has to know of an environment; a row of its matrix. */
export interface PipelineEnvironment {
  readonly name: string;
  readonly region: string;
  readonly backend: 's3' | 'hcp';
  /** Of HCP Terraform; empty elsewhere. */
  readonly hostname: string;
  /** Whether Terraform runs in the workflow's job, which then needs credentials of AWS. */
  readonly runsHere: boolean;
  readonly planRole: string;
  readonly applyRole: string;
}

/** The environments that pipelines can run: those whose state is where every run finds it. */
export function pipelineEnvironments(environments: readonly Environment[]): PipelineEnvironment[] {
  return environments.flatMap((environment) => {
    if (environment.kind === 'local' || environment.backend.type === 'local') return [];
    const { name, region, backend } = environment;
    return [
      {
        name,
        region,
        backend: backend.type,
        hostname: backend.type === 'hcp' ? backend.hostname : '',
        runsHere: backend.type === 's3' || backend.execution === 'local',
        planRole: roleArn(environment, 'plan'),
        applyRole: roleArn(environment, 'apply'),
      },
    ];
  });
}

/** Roles are named by stack bootstrap. */
function roleArn({ project, name, account, partition }: AwsEnvironment, kind: 'plan' | 'apply'): string {
  return `arn:${partition}:iam::${account}:role/${boundedName(`${project}-${name}-${kind}`)}`;
}

/** Text that is equal for folders with the same files; what Terraform leaves in them doesn't count. */
export function folderDigest(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !/(^|[\\/])(\.terraform|\.terraform\.lock\.hcl|.*\.tfstate.*)([\\/]|$)/.test(name))
    .sort();
  for (const name of files)
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(folder, name)))
      .update('\0');
  return hash.digest('hex');
}
