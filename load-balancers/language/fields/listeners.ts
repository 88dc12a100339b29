import { ATTRIBUTE_KINDS } from '../attributes';
import { says } from '../field';
import { list } from '../collections';
import { object, required, variants, type Together } from '../object';
import { words } from '../scalars';
import { like, text } from '../text';
import { KINDS } from '../values';
import { listenerAttributes } from './attributes';

/**
 * What clients show of themselves.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
const mutualAuthentication = variants(
  'mode',
  object({ mode: required(words('off')) }),
  object({
    /** The target gets the client's certificate, and judges it. */
    mode: required(words('passthrough')),
  }),
  object({
    /** Clients without a certificate of the trust store are refused. */
    mode: required(words('verify')),
    /** ARN or name of a trust store in the Region of the load balancer. */
    trustStore: required(
      text(
        'ARN or name of a trust store',
        like(
          /^(arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:truststore\/\S+|(?=.{1,32}$)([a-zA-Z0-9]+-)*[a-zA-Z0-9]+)$/,
          'no trust store has such a name',
          'write the ARN of a trust store, or its name: at most 32 letters, digits and hyphens',
        ),
      ),
    ),
    /** A certificate that has expired is taken too. @default false */
    ignoreClientCertificateExpiry: KINDS.flag,
    /** Clients are told whose certificates are taken. @default false */
    advertiseTrustStoreCaNames: KINDS.flag,
  }),
);

const fields = {
  port: required(KINDS.port),
  protocol: required(KINDS.backendProtocol),
  /** Certificates of clients; for HTTPS. @default - none is asked for */
  mutualAuthentication: says('mutual-authentication', mutualAuthentication, {
    as: 'elsewhere',
    merge: 'exclusive',
    per: 'listen-port',
  }),
  /** @default {} */
  attributes: says('listener-attributes.*', listenerAttributes, {
    as: ATTRIBUTE_KINDS.listenerAttributes,
    param: 'listeners',
    merge: 'merge',
    per: 'key',
  }),
};

const ofHttps: Together<{
  readonly protocol: string;
  readonly mutualAuthentication?: { readonly mode: string };
  readonly attributes?: { readonly requestHeaderNames?: object };
}> = ({ protocol, mutualAuthentication: clients, attributes }) =>
  [
    ...(clients && clients.mode !== 'off' ? [['mutualAuthentication']] : []),
    ...(attributes?.requestHeaderNames ? [['attributes', 'requestHeaderNames']] : []),
  ].flatMap((path) =>
    protocol === 'HTTP'
      ? [{ path, reason: 'on plain HTTP there is no TLS', remedy: "write protocol: 'HTTPS', or remove it" }]
      : [],
  );

/** A port on which the load balancer listens. */
export const listener = object(fields, ofHttps);

/** Of the Ingress; each has a port of its own. */
export const listeners = list(listener);
