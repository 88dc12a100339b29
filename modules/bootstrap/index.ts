export { PipelineRoles, type PipelineRolesProps } from './pipeline-roles';
export { type StateAccessProps } from './state-access';
export { StateBucket, type StateBucketProps } from './state-bucket';
export {
  GITHUB_ISSUER,
  githubTrust,
  HCP_AUDIENCE,
  hcpTrust,
  type GithubRun,
  type GithubTrustProps,
  type HcpTrustProps,
} from './trust';
export { Workspaces, type WorkspaceProps, type WorkspacesProps } from './workspaces';
