export interface RunUserProps {
  /** What the name begins with, `-` for nothing. */
  readonly usernamePrefix: string;
  readonly organization: string;
  /** Project of the workspace. @default - the organization's default project */
  readonly project?: string;
  readonly workspace: string;
  readonly phase: 'plan' | 'apply';
}

/** Project that an organization has from the beginning. */
const DEFAULT_PROJECT = 'Default Project';

/**
 * The user that one phase of a workspace's runs is to the cluster.
 *
 * @example
 * runUser({ usernamePrefix: 'hcp-terraform:', organization: 'example', workspace: 'shop-dev-addons', phase: 'plan' });
 * // 'hcp-terraform:organization:example:project:Default Project:workspace:shop-dev-addons:run_phase:plan'
 */
export function runUser(props: RunUserProps): string {
  const { usernamePrefix, organization, project = DEFAULT_PROJECT, workspace, phase } = props;
  const prefix = usernamePrefix === '-' ? '' : usernamePrefix;
  return `${prefix}organization:${organization}:project:${project}:workspace:${workspace}:run_phase:${phase}`;
}
