import { DataTerraformRemoteStateS3, S3Backend } from 'cdktf';
import { type BackendSettings } from '../../config';
import { type StateBackend, type StateKey } from './backend';

/**
 * State as encrypted objects of an S3 bucket, locked by an object beside each.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export function s3Backend(settings: Extract<BackendSettings, { type: 's3' }>): StateBackend {
  const { bucket, region, kmsKeyArn, roleArn } = settings;
  const config = ({ project, environment, stack }: StateKey) => ({
    bucket,
    region,
    key: `${project}/${environment}/${stack}.tfstate`,
    encrypt: true,
    kmsKeyId: kmsKeyArn,
  });
  return {
    attach: (stack, key) => {
      const backend = new S3Backend(stack, config(key));
      backend.addOverride('use_lockfile', true);
      if (roleArn !== undefined) backend.addOverride('assume_role', { role_arn: roleArn });
    },
    read: (scope, id, key) => {
      const state = new DataTerraformRemoteStateS3(scope, id, config(key));
      if (roleArn !== undefined) state.addOverride('config.assume_role', { role_arn: roleArn });
      return state;
    },
  };
}
