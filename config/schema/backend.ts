import { z } from 'zod';
import { kmsKeyArn, roleArn, textLike } from './primitives';

const local = z.strictObject({
  type: z.literal('local'),
  /** Folder of the state files, relative to the project. @default 'terraform-state' */
  path: textLike(/^(?!\/)(?!.*\.\.)[\w./-]*\w$/, 'write a folder inside the project, such as terraform-state')
    .regex(/^(?!(\.\/)*cdktf\.out)/, 'write a folder other than cdktf.out, which every synth writes anew')
    .default('terraform-state'),
});

/** Objects `<project>/<environment>/<stack>.tfstate`, encrypted, locked by an object beside each. */
const s3 = z.strictObject({
  type: z.literal('s3'),
  /** A bucket that is there already: stack `<environment>-bootstrap` makes one. */
  bucket: textLike(
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(?:\.\.|-s3alias$|--ol-s3$|\.mrap$|--x-s3$|--table-s3$))(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'write the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots; S3 keeps some beginnings and ends for itself',
  ),
  /** Region of the bucket. */
  region: z
    .string('write a Region such as eu-west-1')
    .regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, 'write a Region such as eu-west-1'),
  /** Key that encrypts the objects. @default - the key that bootstrap makes with the bucket, else S3's own */
  kmsKeyArn: kmsKeyArn.optional(),
  /** Role that Terraform takes on to reach the bucket. @default - the caller */
  roleArn: roleArn.optional(),
});

/** Workspaces `<project>-<environment>-<stack>` of HCP Terraform or Terraform Enterprise. */
const hcp = z.strictObject({
  type: z.literal('hcp'),
  organization: textLike(
    /^[A-Za-z0-9][\w-]{2,39}$/,
    'write the name of an organization: 3 to 40 letters, digits, hyphens and underscores',
  ),
  /** Project that new workspaces go to. @default - the organization's default project */
  project: textLike(
    /^[\w -]{3,40}$/,
    'write the name of a project: 3 to 40 letters, digits, spaces, hyphens and underscores',
  ).optional(),
  /** @default 'app.terraform.io' */
  hostname: textLike(
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]+(:\d+)?$/,
    'write a host name such as app.terraform.io',
  ).default('app.terraform.io'),
  /** Where Terraform runs: on workers of HCP Terraform, here, or on agents of one's own. @default 'remote' */
  execution: z.enum(['remote', 'local', 'agent']).default('remote'),
});

/** Where the state of the environment's stacks lives. */
export const backend = z.discriminatedUnion('type', [local, s3, hcp], "write type: 'local', 's3' or 'hcp'");

export type BackendSettings = z.output<typeof backend>;
