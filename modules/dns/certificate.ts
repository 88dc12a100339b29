import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';

export interface DnsCertificateProps {
  /** Hosts that it is for, at least one and at most ten unless AWS has raised the quota; `*.` stands for one label. */
  readonly hosts: readonly string[];
  /** Hosted zone that the hosts are in. */
  readonly zoneId: string;
}

/** Seconds for which resolvers keep a record of validation. */
const TTL = 300;

/**
 * A certificate of ACM that its hosts' zone proves. Load balancers find it by their hosts as soon as it is issued, so an
 * Ingress with HTTPS comes after `validation`.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class DnsCertificate extends Construct {
  readonly arn: string;
  /** There once the certificate is issued. */
  readonly validation: TerraformResource;

  /** @throws if there is no host */
  constructor(scope: Construct, id: string, { hosts, zoneId }: DnsCertificateProps) {
    super(scope, id);
    const [domainName, ...others] = hosts;
    if (domainName === undefined) throw new Error('a certificate is for hosts: write at least one');
    const certificate = new AcmCertificate(this, 'certificate', {
      domainName,
      ...(others.length > 0 && { subjectAlternativeNames: others }),
      validationMethod: 'DNS',
      // Load balancers use the old one until they have the new one.
      lifecycle: { createBeforeDestroy: true },
    });
    // A wildcard is proved by the record of its parent, so one of the two makes it.
    const proofs = hosts.filter((host) => !host.startsWith('*.') || !hosts.includes(host.slice(2)));
    const records = proofs.map((host) => this.record(certificate, host, zoneId));
    this.validation = new AcmCertificateValidation(this, 'validation', {
      certificateArn: certificate.arn,
      validationRecordFqdns: records.map(({ fqdn }) => fqdn),
    });
    this.arn = certificate.arn;
  }

  /** What ACM asks for is known after apply, for which hosts it asks is known now. */
  private record(certificate: AcmCertificate, host: string, zoneId: string): Route53Record {
    const option = (field: string) =>
      `\${one([for each in ${certificate.terraformResourceType}.${certificate.friendlyUniqueId}.domain_validation_options : each.${field} if each.domain_name == "${host}"])}`;
    return new Route53Record(this, `proof-${host.replace('*', 'any')}`, {
      zoneId,
      name: option('resource_record_name'),
      type: option('resource_record_type'),
      ttl: TTL,
      records: [option('resource_record_value')],
      // Another certificate for the host asks for the same record.
      allowOverwrite: true,
    });
  }
}
