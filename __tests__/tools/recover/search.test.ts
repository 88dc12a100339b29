import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type StackRunner } from '../../../tools/kit/terraform/terraform-stack';
import { type ImportAccount } from '../../../tools/recover/import-ids';
import { searchImports, type Found } from '../../../tools/recover/search';

type Attributes = Readonly<Record<string, unknown>>;

const OWN = { Environment: 'dev' };
const VPC = { tags_all: { ...OWN, Name: 'dev' }, cidr_block: '10.0.0.0/16' };
let folder: string;

/**
 * Terraform with a network of a VPC and a gateway in it: the id of the gateway's VPC is known once the VPC is imported.
 *
 * @param there what the account holds, by id
 */
function runner(there: Readonly<Record<string, Attributes>>): StackRunner {
  const imported = (): Record<string, string> => {
    const file = join(folder, 'recovered.tf.json');
    if (!existsSync(file)) return {};
    const { import: blocks } = JSON.parse(readFileSync(file, 'utf8')) as {
      import: { to: string; id: string }[];
    };
    return Object.fromEntries(blocks.map(({ to, id }) => [to, id]));
  };
  const change = (address: string, type: string, after: Attributes, unknown: Attributes) => {
    const id = imported()[address];
    const before = id === undefined ? null : (there[id] ?? null);
    const isReplaced = before !== null && before.cidr_block !== after.cidr_block;
    const actions = before === null ? ['create'] : isReplaced ? ['delete', 'create'] : ['no-op'];
    return { address, type, mode: 'managed', change: { actions, before, after, after_unknown: unknown } };
  };
  const run = ([command]: readonly string[]) => {
    const ids = imported();
    const absent = Object.entries(ids).find(([, id]) => there[id] === undefined);
    if (command === 'plan' && absent !== undefined) {
      const diagnostic = {
        severity: 'error',
        summary: 'Cannot import non-existent remote object',
        detail: `While attempting to import an existing object to "${absent[0]}", the provider detected that no object exists.`,
      };
      return { code: 1, stdout: JSON.stringify({ type: 'diagnostic', diagnostic }), stderr: '' };
    }
    const vpc = ids['aws_vpc.vpc'];
    const changes = [
      change('aws_vpc.vpc', 'aws_vpc', VPC, {}),
      change(
        'aws_internet_gateway.gateway',
        'aws_internet_gateway',
        { tags_all: OWN, ...(vpc !== undefined && { vpc_id: vpc }) },
        vpc === undefined ? { vpc_id: true } : {},
      ),
      change('aws_cloudwatch_log_group.log', 'aws_cloudwatch_log_group', { name: '/dev', tags_all: OWN }, {}),
    ];
    return { code: 0, stdout: JSON.stringify({ resource_changes: changes }), stderr: '' };
  };
  return {
    stack: 'network',
    folder,
    run: (args: string[]) => Promise.resolve(run(args)),
  } as unknown as StackRunner;
}

const ids = { vpc: 'ec2:vpc', igw: 'ec2:internet-gateway' };
function found(there: Readonly<Record<string, Attributes>>, held: readonly string[] = []): Promise<Found> {
  const tagged = Object.entries(there).flatMap(([id, { tags_all: tags }]) => {
    const kind = ids[id.slice(0, 3) as keyof typeof ids] as string | undefined;
    return kind === undefined ? [] : [{ kind, id, tags: tags as Record<string, string> }];
  });
  return searchImports({
    stack: runner(there),
    account: { tagged } as unknown as ImportAccount,
    tags: OWN,
    held: new Set(held),
    say: () => undefined,
  });
}
const importsOf = ({ imports }: Found) => Object.fromEntries(imports.map(({ to, id }) => [to, id]));

describe('a search for what a killed run has made', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'search-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('finds what is in the VPC once the VPC is found, and leaves the blocks for the deploy', async () => {
    const result = await found({
      'vpc-1': VPC,
      'igw-1': { tags_all: OWN, vpc_id: 'vpc-1' },
    });
    expect(importsOf(result)).toEqual({
      'aws_vpc.vpc': 'vpc-1',
      'aws_internet_gateway.gateway': 'igw-1',
    });
    expect(result.missing).toEqual(['aws_cloudwatch_log_group.log']);
    expect(existsSync(join(folder, 'recovered.tf.json'))).toBe(true);
  });

  it('takes no VPC that would be replaced, and none that a state holds', async () => {
    const there = { 'vpc-1': { ...VPC, cidr_block: '10.9.0.0/16' }, 'vpc-2': VPC, 'vpc-3': VPC };
    expect(importsOf(await found(there, ['vpc-2']))).toEqual({ 'aws_vpc.vpc': 'vpc-3' });
  });

  it('takes no gateway of another VPC', async () => {
    const there = { 'vpc-1': VPC, 'igw-1': { tags_all: OWN, vpc_id: 'vpc-9' } };
    expect(importsOf(await found(there))).toEqual({ 'aws_vpc.vpc': 'vpc-1' });
  });

  it('names what has the name and not the tags, and leaves it alone', async () => {
    const result = await found({ '/dev': { name: '/dev', tags_all: { Environment: 'other' } } });
    expect(result.imports).toEqual([]);
    expect(result.strangers).toEqual([{ to: 'aws_cloudwatch_log_group.log', id: '/dev' }]);
    expect(existsSync(join(folder, 'recovered.tf.json'))).toBe(false);
  });
});
