import { describe, expect, it } from '@jest/globals';
import { Project } from '@cdktf/provider-tfe/lib/project';
import { Variable } from '@cdktf/provider-tfe/lib/variable';
import { Workspaces, type WorkspacesProps } from '../../../modules/bootstrap';
import { Synthesized } from '../../support/synthesized';

const workspace = (stack: string, ...readers: string[]) => ({
  stack,
  name: `shop-dev-${stack}`,
  description: `Stack ${stack}`,
  readers,
});
const PROPS: WorkspacesProps = {
  organization: 'example',
  workspaces: [
    workspace('network', 'cluster', 'addons'),
    workspace('cluster', 'addons'),
    workspace('addons'),
  ],
  executionMode: 'remote',
  terraformVersion: '~> 1.9',
};
const synthesized = (props: Partial<WorkspacesProps> = {}) =>
  Synthesized.of((stack) => new Workspaces(stack, 'workspaces', { ...PROPS, ...props }));

describe('Workspaces', () => {
  const stack = synthesized();
  const id = (name: string) => `\${${stack.one('tfe_workspace', `_${name}_`).address}.id}`;

  it('are one a stack, in which a person confirms what is applied', () => {
    expect(stack.count('tfe_workspace')).toBe(3);
    expect(stack.one('tfe_workspace', '_network_')).toMatchObject({
      name: 'shop-dev-network',
      organization: 'example',
      description: 'Stack network',
      terraform_version: '~> 1.9',
      auto_apply: false,
      auto_apply_run_trigger: false,
      force_delete: false,
    });
    expect(stack.one('tfe_workspace', '_network_')).not.toHaveProperty('lifecycle');
    expect(stack.types()).toEqual(['tfe_run_trigger', 'tfe_workspace', 'tfe_workspace_settings']);
  });

  it('share their state with those who read it, and nobody else', () => {
    const settings = (name: string) => stack.one('tfe_workspace_settings', `_${name}-settings_`);
    expect(settings('network')).toMatchObject({
      workspace_id: id('network'),
      execution_mode: 'remote',
      global_remote_state: false,
      remote_state_consumer_ids: [id('cluster'), id('addons')],
    });
    expect(settings('cluster').remote_state_consumer_ids).toEqual([id('addons')]);
    expect(settings('addons').remote_state_consumer_ids).toEqual([]);
  });

  it('are run in order: each after the one before it', () => {
    expect(
      Object.values(stack.resources('tfe_run_trigger')).map(
        ({ workspace_id: after, sourceable_id: before }) => [after, before],
      ),
    ).toEqual([
      [id('addons'), id('cluster')],
      [id('cluster'), id('network')],
    ]);
  });

  it('have no order of their own where Terraform runs here', () => {
    const local = synthesized({ executionMode: 'local' });
    expect(local.count('tfe_run_trigger')).toBe(0);
    expect(local.one('tfe_workspace_settings', '_addons-settings_').execution_mode).toBe('local');
  });

  it('run on agents', () => {
    const agents = synthesized({ executionMode: 'agent', agentPoolId: 'apool-1' });
    expect(agents.one('tfe_workspace_settings', '_addons-settings_')).toMatchObject({
      execution_mode: 'agent',
      agent_pool_id: 'apool-1',
    });
    expect(agents.count('tfe_run_trigger')).toBe(2);
  });

  it('are in a project that is made, or there', () => {
    const made = synthesized({ project: { name: 'Platform', existing: false } });
    const project = made.one('tfe_project');
    expect(made.json).toHaveResourceWithProperties(Project, { name: 'Platform', organization: 'example' });
    expect(made.one('tfe_workspace', '_network_').project_id).toBe(`\${${project.address}.id}`);

    const there = synthesized({ project: { name: 'Platform', existing: true } });
    expect(there.count('tfe_project')).toBe(0);
    expect(there.one('tfe_workspace', '_network_').project_id).toBe(
      `\${${there.oneData('tfe_project').address}.id}`,
    );
  });

  it('give variables to their runs', () => {
    const variables = { TFC_AWS_PROVIDER_AUTH: 'true' };
    const one = synthesized({ workspaces: [workspace('network'), { ...workspace('cluster'), variables }] });
    expect(one.json).toHaveResourceWithProperties(Variable, {
      workspace_id: `\${${one.one('tfe_workspace', '_cluster_').address}.id}`,
      category: 'env',
      key: 'TFC_AWS_PROVIDER_AUTH',
      value: 'true',
    });
  });

  it('are not removed where that is asked for', () => {
    expect(synthesized({ preventDestroy: true }).one('tfe_workspace', '_network_').lifecycle).toEqual({
      prevent_destroy: true,
    });
  });
});
