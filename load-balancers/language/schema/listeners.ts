import { z } from 'zod';
import { port } from './primitives';
import { flag, whole } from './values';

const headerName = z
  .string()
  .regex(/^[\w-]{1,40}$/, 'write the name of a header: at most 40 letters, digits, - and _');
const headerValue = z
  .string()
  .max(1024, 'write at most 1024 characters')
  .regex(/^\S([ -~]*\S)?$/, 'write the value of a header, without spaces at either end');

/**
 * Attributes of a listener: names of headers that targets get, and headers that clients get.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
const listenerAttributes = z.strictObject({
  /** Other names for headers about TLS; for HTTPS listeners. @default - X-Amzn-Mtls-Clientcert and its like */
  requestHeaderNames: z
    .strictObject({
      mtlsClientCert: headerName.optional(),
      mtlsClientCertIssuer: headerName.optional(),
      mtlsClientCertLeaf: headerName.optional(),
      mtlsClientCertSerialNumber: headerName.optional(),
      mtlsClientCertSubject: headerName.optional(),
      mtlsClientCertValidity: headerName.optional(),
      tlsCipherSuite: headerName.optional(),
      tlsVersion: headerName.optional(),
    })
    .optional(),
  /** Headers of each response, in the place of those of targets. @default - those of targets */
  responseHeaders: z
    .strictObject({
      accessControlAllowCredentials: z.literal('true', "write 'true'").optional(),
      accessControlAllowHeaders: headerValue.optional(),
      accessControlAllowMethods: headerValue.optional(),
      accessControlAllowOrigin: headerValue.optional(),
      accessControlExposeHeaders: headerValue.optional(),
      /** Seconds, -1 to 86400. */
      accessControlMaxAge: whole(-1, 86400).optional(),
      contentSecurityPolicy: headerValue.optional(),
      strictTransportSecurity: headerValue.optional(),
      xContentTypeOptions: z.literal('nosniff', "write 'nosniff'").optional(),
      xFrameOptions: headerValue.optional(),
    })
    .optional(),
  /** Responses have the header Server. @default true */
  serverHeader: flag.optional(),
});

/**
 * What clients show of themselves.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
const mutualAuthentication = z.discriminatedUnion(
  'mode',
  [
    z.strictObject({ mode: z.literal('off') }),
    z.strictObject({
      /** The target gets the client's certificate, and judges it. */
      mode: z.literal('passthrough'),
    }),
    z.strictObject({
      /** Clients without a certificate of the trust store are refused. */
      mode: z.literal('verify'),
      /** ARN or name of a trust store in the Region of the load balancer. */
      trustStore: z
        .string()
        .regex(
          /^(arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:truststore\/\S+|(?=.{1,32}$)([a-zA-Z0-9]+-)*[a-zA-Z0-9]+)$/,
          'write the ARN of a trust store, or its name: at most 32 letters, digits and hyphens',
        ),
      /** A certificate that has expired is taken too. @default false */
      ignoreClientCertificateExpiry: flag.optional(),
      /** Clients are told whose certificates are taken. @default false */
      advertiseTrustStoreCaNames: flag.optional(),
    }),
  ],
  "write mode: 'off', 'passthrough' or 'verify'",
);

/** A port on which the load balancer listens. */
const listener = z
  .strictObject({
    port,
    protocol: z.enum(['HTTP', 'HTTPS'], "write 'HTTP' or 'HTTPS'"),
    /** Certificates of clients; for HTTPS. @default - none is asked for */
    mutualAuthentication: mutualAuthentication.optional(),
    /** @default {} */
    attributes: listenerAttributes.optional(),
  })
  .superRefine(({ protocol, mutualAuthentication, attributes }, context) => {
    if (protocol !== 'HTTP') return;
    const message = "write protocol: 'HTTPS', or remove it";
    const params = { reason: 'on plain HTTP there is no TLS' };
    if (mutualAuthentication && mutualAuthentication.mode !== 'off')
      context.addIssue({ code: 'custom', path: ['mutualAuthentication'], message, params });
    if (attributes?.requestHeaderNames)
      context.addIssue({ code: 'custom', path: ['attributes', 'requestHeaderNames'], message, params });
  });

export const listeners = z
  .array(listener)
  .min(1, 'write at least one, or leave it out')
  .superRefine((all, context) => {
    all.forEach(({ port }, index) => {
      if (all.findIndex((other) => other.port === port) === index) return;
      context.addIssue({
        code: 'custom',
        path: [index, 'port'],
        message: 'write another port',
        params: { reason: 'a listener before it has this port already' },
      });
    });
  });
