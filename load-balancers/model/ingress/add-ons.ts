import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Member } from '../context';
import { type Facts } from '../facts';
import { type LoadBalancer, type Origin } from '../model';
import { originOf, type Sourced } from '../origin';
import { KNOWN_AFTER_APPLY } from '../unknown';
import { agreed, booleanStatements, goList, statements } from './statements';

type Fields = 'WebAclArn' | 'WebAclId' | 'ShieldProtection';

/** What protects a load balancer, for what Ingresses say; what they don't stays as it is. */
interface AddOns extends Pick<LoadBalancer, Fields> {
  readonly Origin: Origin;
}

/** @throws {Refused} where Ingresses want different protection */
export function buildAddOns(members: readonly Member[], { webAcls = [] }: Facts = {}): AddOns {
  const WebAclArn = webAclArn(members, webAcls);
  const WebAclId = agreed(webAclIds(members), (ids) => `conflicting WAFClassic WebACL IDs: ${goList(ids)}`);
  const ShieldProtection = agreed(
    booleanStatements(members, 'shield-advanced-protection'),
    () => 'conflicting enable shield advanced protection',
  );
  return {
    ...(WebAclArn && { WebAclArn: WebAclArn.value }),
    ...(WebAclId && { WebAclId: WebAclId.value }),
    ...(ShieldProtection && { ShieldProtection: ShieldProtection.value }),
    Origin: originOf({ WebAclArn, WebAclId, ShieldProtection }),
  };
}

/** If any Ingress names a web ACL, ARNs don't count; the ARN of one by name is looked up. */
function webAclArn(
  members: readonly Member[],
  webAcls: NonNullable<Facts['webAcls']>,
): Sourced<string> | undefined {
  const names = statements(members, 'wafv2-acl-name', 'wafv2AclName').filter(({ value }) => value !== '');
  const name = agreed(names, (all) => `conflicting WAFv2 WebACL names: ${goList(all)}`);
  if (name !== undefined) {
    const found = webAcls.find((each) => each.name === name.value)?.arn;
    const value = name.value === 'none' ? 'none' : (found ?? KNOWN_AFTER_APPLY);
    return { value, sources: name.sources };
  }
  const arn = agreed(
    statements(members, 'wafv2-acl-arn', 'wafv2AclArn'),
    (all) => `conflicting WAFv2 WebACL ARNs: ${goList(all)}`,
  );
  return arn && { value: arn.value === '' ? 'none' : arn.value, sources: arn.sources };
}

/** `web-acl-id` is the older name of `waf-acl-id`. */
function webAclIds(members: readonly Member[]) {
  return members
    .flatMap((member) => {
      const newer = INGRESS_ANNOTATIONS.nameOf(member.ingress, 'waf-acl-id') !== undefined;
      return statements([member], newer ? 'waf-acl-id' : 'web-acl-id');
    })
    .filter(({ value }) => value !== '');
}
