import { type GroupContext } from '../context';
import { type Listener } from '../model';
import { originOf, type Sourced } from '../origin';
import { groupTags } from '../tags';
import { mergeListenerAttributes } from './attributes';
import { type Certificates } from './certificates';
import { type MergedPort } from './merged-port';
import { buildDefaultActions, buildRules } from './rules';

/** @throws {Refused} for what the Ingresses on this port don't agree on, and for rules that can't be */
export function buildListener(context: GroupContext, merged: MergedPort): Listener {
  const { port, members, sslPolicy: SslPolicy, mutualAuthentication: MutualAuthentication } = merged;
  const at = { port, protocol: merged.protocol.value };
  const DefaultActions = buildDefaultActions(context, at, members);
  const Tags = groupTags(members, context.settings);
  const Attributes = mergeListenerAttributes(members, at.protocol, port);
  const Certificates = certificatesOf(merged.certificates);
  return {
    Port: port,
    Protocol: at.protocol,
    Certificates: Certificates.value,
    ...(SslPolicy && { SslPolicy: SslPolicy.value }),
    ...(MutualAuthentication && { MutualAuthentication: MutualAuthentication.value }),
    Attributes: Attributes.value,
    Tags: Tags.value,
    DefaultActions: DefaultActions.value,
    Rules: buildRules(context, at, members),
    Origin: originOf({
      Port: merged.protocol,
      Protocol: merged.protocol,
      Certificates,
      SslPolicy,
      MutualAuthentication,
      Attributes,
      Tags,
      DefaultActions,
    }),
  };
}

function certificatesOf({ value, sources }: Certificates): Sourced<Listener['Certificates']> {
  return {
    value: value.map(({ arn }, index) => ({ CertificateArn: arn, IsDefault: index === 0 })),
    sources,
  };
}
