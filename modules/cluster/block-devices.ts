import { type AmiFamily } from './ami-types';
import { type LaunchTemplateBlockDeviceMappings } from '@cdktf/provider-aws/lib/launch-template';

/**
 * Encrypted gp3 volumes of a node. Bottlerocket keeps its system apart (`/dev/xvda`, as large as its image) from
 * container images and ephemeral storage (`/dev/xvdb`), which are what `diskSizeGib` is for.
 */
export function blockDevices(family: AmiFamily, diskSizeGib: number): LaunchTemplateBlockDeviceMappings[] {
  return family.startsWith('BOTTLEROCKET')
    ? [volume('/dev/xvda'), volume('/dev/xvdb', diskSizeGib)]
    : [volume('/dev/xvda', diskSizeGib)];
}

function volume(deviceName: string, volumeSize?: number): LaunchTemplateBlockDeviceMappings {
  return {
    deviceName,
    ebs: { encrypted: 'true', volumeType: 'gp3', volumeSize, deleteOnTermination: 'true' },
  };
}
