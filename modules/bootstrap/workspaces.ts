import { DataTfeProject } from '@cdktf/provider-tfe/lib/data-tfe-project';
import { Project } from '@cdktf/provider-tfe/lib/project';
import { RunTrigger } from '@cdktf/provider-tfe/lib/run-trigger';
import { Variable } from '@cdktf/provider-tfe/lib/variable';
import { Workspace } from '@cdktf/provider-tfe/lib/workspace';
import { WorkspaceSettings } from '@cdktf/provider-tfe/lib/workspace-settings';
import { Construct } from 'constructs';

export interface WorkspaceProps {
  /** Id of its constructs: the name of the stack. */
  readonly stack: string;
  readonly name: string;
  readonly description: string;
  /** Stacks that read its state. */
  readonly readers: readonly string[];
  /** Environment variables of its runs. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface WorkspacesProps {
  readonly organization: string;
  /** Project of the workspaces. @default - the organization's default project */
  readonly project?: { readonly name: string; readonly existing: boolean };
  /** In the order in which they are applied. */
  readonly workspaces: readonly WorkspaceProps[];
  readonly executionMode: 'remote' | 'local' | 'agent';
  /** Pool of the agents that run Terraform, with execution mode `agent`. */
  readonly agentPoolId?: string;
  readonly terraformVersion: string;
  /** Terraform refuses to plan the removal of a workspace, with its state. @default false */
  readonly preventDestroy?: boolean;
}

/**
 * Workspaces of HCP Terraform, one a stack. An apply of one queues a plan of the next, and only those workspaces that read a
 * state may read it.
 */
export class Workspaces extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkspacesProps,
  ) {
    super(scope, id);
    const projectId = this.projectId();
    const made = props.workspaces.map((each) => ({ ...each, id: this.makeWorkspace(each, projectId) }));
    made.forEach(({ stack, readers, variables = {}, id: workspaceId }, index) => {
      new WorkspaceSettings(this, `${stack}-settings`, {
        workspaceId,
        executionMode: props.executionMode,
        agentPoolId: props.agentPoolId,
        globalRemoteState: false,
        remoteStateConsumerIds: made
          .filter((other) => readers.includes(other.stack))
          .map((other) => other.id),
      });
      for (const [key, value] of Object.entries(variables)) {
        new Variable(this, `${stack}-${key}`, { workspaceId, category: 'env', key, value });
      }
      const before = made[index - 1];
      // Where Terraform runs here, HCP Terraform has no runs to queue.
      if (before !== undefined && props.executionMode !== 'local') {
        new RunTrigger(this, `${stack}-trigger`, { workspaceId, sourceableId: before.id });
      }
    });
  }

  private projectId(): string | undefined {
    const { project, organization } = this.props;
    if (project === undefined) return undefined;
    const { name, existing } = project;
    return existing
      ? new DataTfeProject(this, 'project', { name, organization }).id
      : new Project(this, 'project', { name, organization }).id;
  }

  private makeWorkspace({ stack, name, description }: WorkspaceProps, projectId?: string): string {
    const { organization, terraformVersion, preventDestroy = false } = this.props;
    return new Workspace(this, stack, {
      name,
      organization,
      projectId,
      description,
      terraformVersion,
      // A person looks at the plan first, also at one that another workspace's apply queued.
      autoApply: false,
      autoApplyRunTrigger: false,
      // One that still manages resources is not deleted.
      forceDelete: false,
      lifecycle: preventDestroy ? { preventDestroy } : undefined,
    }).id;
  }
}
