import { INGRESS_PREFIX } from '../../language';
import { atAnnotation, atField, type ObjectFinding } from '../finding';
import { type View } from '../view';

const NGINX = 'nginx.ingress.kubernetes.io/';
/** What ingress-nginx calls otherwise, by the beginning of its names; the first that fits counts. */
const OF_NGINX: readonly (readonly [name: RegExp, instead: string])[] = [
  [/^(?:force-)?ssl-redirect$/, "ssl-redirect: '443'"],
  [/^(?:rewrite-target|app-root|use-regex)$/, 'transforms.<service>, or a redirect: actions.<name>'],
  [/^(?:permanent|temporal)-redirect|^from-to-www-redirect$/, 'actions.<name> with a redirect'],
  [/^backend-protocol$/, 'backend-protocol, and backend-protocol-version for gRPC'],
  [/^(?:whitelist|allowlist)-source-range$/, 'inbound-cidrs'],
  [/^proxy-(?:read|send|connect)-timeout$/, 'load-balancer-attributes: idle_timeout.timeout_seconds=…'],
  [/^(?:affinity|session-cookie)/, 'target-group-attributes: stickiness.enabled=true'],
  [/^canary/, 'actions.<name> with weights'],
  [/^auth-/, 'auth-type: oidc or cognito'],
  [/^(?:limit-|enable-modsecurity|modsecurity)/, 'wafv2-acl-arn'],
];

/**
 * What other programs read of an Ingress, or nobody: annotations of ingress-nginx and cert-manager, and the Secret with a
 * certificate, which an Application Load Balancer can't use.
 */
export function* checkLeftovers({ members }: View): Iterable<ObjectFinding> {
  for (const { ingress } of members) {
    const { annotations = {} } = ingress.metadata;
    const certificate = `import it into ACM and name it: ${INGRESS_PREFIX}certificate-arn; without that, one of ACM is taken that has the host`;
    for (const name of Object.keys(annotations)) {
      if (name.startsWith(NGINX)) {
        const [, instead] = OF_NGINX.find(([form]) => form.test(name.slice(NGINX.length))) ?? [];
        yield atAnnotation(ingress, name, {
          reason: 'ingress-nginx reads it, this controller does not',
          remedy:
            instead === undefined
              ? 'leave it out: an Application Load Balancer has no such thing'
              : `write ${INGRESS_PREFIX}${instead}`,
          warning: true,
        });
        continue;
      }
      if (/^(?:[a-z-]+\.)?cert-manager\.io\/|^kubernetes\.io\/tls-acme$/.test(name))
        yield atAnnotation(ingress, name, {
          reason:
            "cert-manager's certificate goes into a Secret, which an Application Load Balancer can't use",
          remedy: certificate,
          warning: true,
        });
    }
    for (const [index, { secretName }] of (ingress.spec.tls ?? []).entries()) {
      if (secretName)
        yield atField(ingress, `spec.tls[${index}].secretName`, {
          value: secretName,
          reason: 'the controller reads hosts alone, and no certificate in a Secret',
          remedy: certificate,
          warning: true,
        });
    }
  }
}
