import { describe, expect, it } from '@jest/globals';
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { AliasRecords, DnsCertificate } from '../../../modules/dns';
import { Synthesized } from '../../support/synthesized';

describe('DnsCertificate', () => {
  const stack = Synthesized.of(
    (scope) =>
      new DnsCertificate(scope, 'certificate', {
        hosts: ['*.example.com', 'api.example.org', 'example.com'],
        zoneId: 'Z1',
      }),
  );

  it('is for its hosts, proved by DNS, and replaced before it goes', () => {
    expect(stack.json).toHaveResourceWithProperties(AcmCertificate, {
      domain_name: '*.example.com',
      subject_alternative_names: ['api.example.org', 'example.com'],
      validation_method: 'DNS',
      lifecycle: { create_before_destroy: true },
    });
  });

  it('is proved once for a wildcard and its parent', () => {
    expect(stack.json).toHaveResourceWithProperties(Route53Record, {
      zone_id: 'Z1',
      allow_overwrite: true,
    });
    expect(Object.values(stack.resources('aws_route53_record')).map(({ type }) => type)).toEqual(
      ['api.example.org', 'example.com'].map(
        (host) =>
          expect.stringContaining(`each.resource_record_type if each.domain_name == "${host}"`) as unknown,
      ),
    );
  });

  it('is there once AWS has seen the proofs', () => {
    expect(stack.json).toHaveResourceWithProperties(AcmCertificateValidation, {
      certificate_arn: `\${${stack.one('aws_acm_certificate').address}.arn}`,
    });
    const { validation_record_fqdns: fqdns } = stack.one('aws_acm_certificate_validation');
    expect(fqdns).toHaveLength(2);
  });

  it('needs a host', () => {
    expect(() =>
      Synthesized.of((scope) => new DnsCertificate(scope, 'none', { hosts: [], zoneId: 'Z1' })),
    ).toThrow('write at least one');
  });
});

describe('AliasRecords', () => {
  const records = (dualStack: boolean) =>
    Synthesized.of(
      (scope) =>
        new AliasRecords(scope, 'names', {
          hosts: ['a.example.com', '*.example.com'],
          zoneId: 'Z1',
          loadBalancer: 'lb.example.net',
          type: 'application',
          dualStack,
        }),
    );

  it('lead to the load balancer in the hosted zone of the Region', () => {
    const stack = records(false);
    expect(stack.json).toHaveResourceWithProperties(Route53Record, {
      name: '*.example.com',
      type: 'A',
      zone_id: 'Z1',
      alias: {
        name: 'lb.example.net',
        zone_id: `\${${stack.oneData('aws_lb_hosted_zone_id').address}.id}`,
        evaluate_target_health: true,
      },
    });
    expect(stack.count('aws_route53_record')).toBe(2);
  });

  it('are of both kinds for a dual-stack one', () => {
    expect(records(true).count('aws_route53_record')).toBe(4);
  });
});
