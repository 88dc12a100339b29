import { describe, expect, it } from '@jest/globals';
import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { Zones, type ZonesProps } from '../../../modules/network/zones';
import { Synthesized } from '../../support/synthesized';

function zonesOf(props: ZonesProps) {
  let zones: Zones | undefined;
  const synthesized = Synthesized.of((stack) => {
    zones = new Zones(stack, 'zones', props);
  });
  return { synthesized, counted: zones?.counted, all: zones?.all };
}

describe('Zones', () => {
  it('are the first of the Region in which EKS may be, if there are as many', () => {
    const { synthesized, counted, all } = zonesOf({ zones: 2 });
    expect(synthesized.json).toHaveDataSourceWithProperties(DataAwsAvailabilityZones, {
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
      lifecycle: {
        postcondition: [
          {
            condition: '${length(self.names) >= 2}',
            error_message: expect.stringContaining('lower the count of zones'),
          },
        ],
      },
    });
    expect(synthesized.oneData('aws_availability_zones')).not.toHaveProperty('exclude_zone_ids');
    expect([counted, all?.length]).toEqual([true, 2]);
  });

  it('leave out those that EKS refuses', () => {
    expect(
      zonesOf({ zones: 3, excludeZoneIds: ['use1-az3'] }).synthesized.json,
    ).toHaveDataSourceWithProperties(DataAwsAvailabilityZones, { exclude_zone_ids: ['use1-az3'] });
  });

  it('are taken by name or by id, without looking anything up', () => {
    const { synthesized, counted, all } = zonesOf({ zones: ['eu-west-1b', 'euw1-az1'] });
    expect(all).toEqual([{ availabilityZone: 'eu-west-1b' }, { availabilityZoneId: 'euw1-az1' }]);
    expect(counted).toBe(false);
    expect(synthesized.data('aws_availability_zones')).toEqual({});
  });
});
