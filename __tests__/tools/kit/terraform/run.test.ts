import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../../../../tools/kit/terraform/failure';
import { RunView } from '../../../../tools/kit/terraform/run-view';

const failed = (stderr: string, stdout = '') => failureOf({ stdout, stderr }, 'dev');

describe('why Terraform has failed', () => {
  it('is said without frames and colors', () => {
    const text = '\u001b[31m╷\u001b[0m\n│ Error: no such group\n│ \n│   with aws_x.y,\n╵\n';
    expect(failed(text)).toBe('Error: no such group\n\n  with aws_x.y,');
  });

  it('is on standard output where it runs remotely', () => {
    const stdout =
      'Running plan in HCP Terraform.\n\nWaiting…\n╷\n│ Error: no valid credential sources\n╵\nOperation failed';
    expect(failed('', stdout)).toBe('Error: no valid credential sources\nOperation failed');
    expect(failed('', 'Preparing\nOperation failed: failed running terraform plan (exit 1)')).toContain(
      'failed running terraform plan',
    );
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('is one sentence where it was ended by %s', (signal) => {
    expect(failureOf({ stdout: 'aws_vpc.a: Creating...\n', stderr: '', signal })).toMatch(
      new RegExp(`^Terraform was killed \\(${signal}\\): [^\\n]*$`),
    );
  });

  it.each([
    [
      '│ Error: Unable to find remote state\n│ \n│   with data.terraform_remote_state.network-state,',
      'deploy -- dev-network',
    ],
    [
      'Error: Error loading state\n with data.terraform_remote_state.cluster-state,\nNo stored state was found for the given workspace in the given backend.\n with data.terraform_remote_state.cluster-state',
      'deploy -- dev-cluster',
    ],
    [
      'Error: Unsupported attribute\n  on cdk.tf.json: ${data.terraform_remote_state.addons-state.outputs.x}\n does not have an attribute named "x"\n data.terraform_remote_state.addons-state.outputs',
      'deploy -- dev-addons',
    ],
    [
      'Error: Failed to retrieve workspace eks-ingress-dev-network: Forbidden',
      'is not shared with this workspace',
    ],
    ['Error: Error acquiring the state lock', 'docs/state.md#locks'],
  ])('names what to do: %j', (text, remedy) => {
    expect(failed(text)).toContain(remedy);
  });

  it('names nothing it knows nothing of', () => {
    expect(failed('Error: something else')).toBe('Error: something else');
  });
});

describe('the view of a run', () => {
  function view(lines: readonly string[]) {
    const said: string[] = [];
    const shown = new RunView(
      'network',
      (text) => said.push(text),
      (text) => text.replace('aws_vpc.h4sh', 'vpc/vpc'),
    );
    lines.forEach(shown.line);
    return { said, counts: shown.counts };
  }

  it('counts what is done, with the paths of constructs', () => {
    const { said, counts } = view([
      'aws_vpc.h4sh: Refreshing state... [id=vpc-1]',
      'data.aws_x.y: Reading...',
      'data.aws_x.y: Read complete after 0s',
      '  # aws_vpc.h4sh will be created',
      'Plan: 2 to add, 1 to change, 0 to destroy.',
      'aws_vpc.h4sh: Creating...',
      'aws_vpc.h4sh: Still creating... [10s elapsed]',
      'aws_subnet.a: Still creating... [10s elapsed]',
      'aws_vpc.h4sh: Creation complete after 12s [id=vpc-1]',
      'aws_subnet.a (deposed 1234): Destruction complete after 1s',
      'aws_subnet.b: Modifications complete after 0s [id=b]',
      'Apply complete! Resources: 2 added, 1 changed, 0 destroyed.',
      'Outputs:',
      'token = "secret"',
    ]);
    expect(said).toEqual(
      [
        '  # vpc/vpc will be created',
        'Plan: 2 to add, 1 to change, 0 to destroy.',
        'network 0/3  vpc/vpc: still creating [10s elapsed]',
        'network 1/3  vpc/vpc: created after 12s',
        'network 2/3  aws_subnet.a: destroyed after 1s',
        'network 3/3  aws_subnet.b: changed after 0s',
        'Apply complete! Resources: 2 added, 1 changed, 0 destroyed.',
      ].filter((line) => !line.startsWith('Apply complete')),
    );
    expect(counts).toEqual({ added: 2, changed: 1, destroyed: 0 });
  });

  it('counts a destroy', () => {
    expect(view(['Destroy complete! Resources: 7 destroyed.']).counts).toEqual({
      added: 0,
      changed: 0,
      destroyed: 7,
    });
  });
});
