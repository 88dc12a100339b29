import {
  isUnknown,
  type KeyValue,
  type Listener,
  type LoadBalancer,
  type Model,
  type Source,
} from '../../model';
import { certificateExample, reasonElsewhere } from '../arn';
import { atSource, distinctFindings, type FindingWords, type ObjectFinding } from '../finding';
import { named } from '../read';
import { valueAt } from '../refusals';
import { type View } from '../view';
import { sourceOf } from './parts';
import { valuesOf } from './target-groups';

/** What AWS would refuse of load balancers and listeners. */
export function checkLoadBalancers({ context, given }: View, { LoadBalancers }: Model): ObjectFinding[] {
  return distinctFindings(
    LoadBalancers.flatMap((loadBalancer) => [
      ...buckets(loadBalancer),
      ...crossZone(loadBalancer),
      ...webAcls(loadBalancer, context),
      ...loadBalancer.Listeners.flatMap((listener) => [
        ...certificates(loadBalancer, listener, context, given),
        ...idleTimeout(loadBalancer, listener),
      ]),
    ]),
  );
}

/** A source of attributes that has one of them; the objects are told apart by what they say. */
function attributesAt(loadBalancer: LoadBalancer, key: string, words: FindingWords): ObjectFinding[] {
  const value = `${key}=${valuesOf(loadBalancer.Attributes)(key) ?? ''}`;
  return [atSource(sourceOf(loadBalancer.Origin, 'Attributes', loadBalancer), { value, at: key, ...words })];
}

/** Logs need a bucket, of whichever Ingress of the group or its class. */
function buckets(loadBalancer: LoadBalancer): ObjectFinding[] {
  const all: readonly KeyValue[] = loadBalancer.Attributes;
  const of = valuesOf(all);
  if (all.some(({ Key }) => isUnknown(Key))) return [];
  return ['access_logs', 'connection_logs', 'health_check_logs'].flatMap((logs) =>
    of(`${logs}.s3.enabled`) !== 'true' || of(`${logs}.s3.bucket`)
      ? []
      : attributesAt(loadBalancer, `${logs}.s3.enabled`, {
          reason: 'logs need a bucket to go to',
          remedy: `write ${logs}.s3.bucket too, with the name of a bucket of the load balancer's region`,
        }),
  );
}

function crossZone(loadBalancer: LoadBalancer): ObjectFinding[] {
  const key = 'load_balancing.cross_zone.enabled';
  return loadBalancer.Type === 'application' && valuesOf(loadBalancer.Attributes)(key) === 'false'
    ? attributesAt(loadBalancer, key, {
        reason: 'an Application Load Balancer is always cross-zone',
        remedy: 'set it on target groups',
      })
    : [];
}

function webAcls(loadBalancer: LoadBalancer, context: View['context']): ObjectFinding[] {
  const { WebAclArn: arn = 'none', WebAclId: classic = 'none', Origin } = loadBalancer;
  const at = (field: string, value: string, reason: string, remedy: string) => [
    atSource(sourceOf(Origin, field, loadBalancer), { value, reason, remedy }),
  ];
  const example = `arn:aws:wafv2:${context.region ?? 'eu-west-1'}:111122223333:regional/webacl/name/id`;
  return [
    ...(classic !== 'none' && classic !== '' && arn !== 'none' && arn !== ''
      ? at(
          'WebAclId',
          classic,
          `${otherOf(Origin.WebAclArn, Origin.WebAclId)} has a web ACL of WAFv2 too, and a load balancer takes one`,
          'leave the one of WAF Classic out',
        )
      : []),
    ...(isUnknown(arn) ? [] : reasonElsewhere(arn, context)).flatMap((reason) =>
      at('WebAclArn', arn, reason, `write the ARN of a web ACL such as ${example}`),
    ),
  ];
}

function otherOf([one]: readonly Source[] = [], [other]: readonly Source[] = []): string {
  return one === undefined || one.Name === other?.Name
    ? 'the Ingress'
    : one.Kind === 'Ingress'
      ? `Ingress ${one.Name} of the same group`
      : `${one.Kind} ${one.Name}`;
}

function certificates(
  loadBalancer: LoadBalancer,
  { Protocol, Port, Certificates, Origin }: Listener,
  context: View['context'],
  given: View['given'],
): ObjectFinding[] {
  const found = (field: string, words: FindingWords & { readonly value: unknown }) => [
    atSource(sourceOf(Origin, field, loadBalancer), words),
  ];
  if (Protocol === 'HTTPS' && Certificates.length === 0) {
    return found('Protocol', {
      value: valueAt(given, sourceOf(Origin, 'Protocol', loadBalancer)),
      reason: `the HTTPS listener on port ${Port} has no certificate, and no rule or tls host to discover one by`,
      remedy: `give it a certificate ARN (${named('certificate-arn')}) or a host`,
    });
  }
  return Certificates.flatMap(({ CertificateArn: value }, at) =>
    isUnknown(value)
      ? []
      : reasonElsewhere(value, context).flatMap((reason) =>
          found('Certificates', {
            ...{ value, at, reason },
            remedy: `write an ARN such as ${certificateExample(context)}`,
          }),
        ),
  );
}

/** The only attribute of a Network Load Balancer's listeners is of TCP. */
function idleTimeout(
  loadBalancer: LoadBalancer,
  { Protocol, Attributes, Origin }: Listener,
): ObjectFinding[] {
  const [attribute] = Attributes;
  if (loadBalancer.Type !== 'network' || Protocol === 'TCP' || attribute === undefined) return [];
  return [
    atSource(sourceOf(Origin, 'Attributes', loadBalancer), {
      value: `${attribute.Key}=${attribute.Value}`,
      reason: `a listener of ${Protocol} has an idle timeout that can't be changed`,
      remedy: 'remove it',
    }),
  ];
}
