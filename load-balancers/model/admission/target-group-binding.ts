import { type BindingManifest } from '../objects';
import { schemaProblems, SELECTOR, STRING, unknownPart, type Schema } from './schema';

const PORT: Schema = { type: 'integer or string' };
const list = (items: Schema): Schema => ({ type: 'array', items });

/** Of the custom resource at release 3.5.0. */
export const BINDING_SPEC: Schema = {
  type: 'object',
  required: ['serviceRef'],
  properties: {
    assumeRoleExternalId: STRING,
    iamRoleArnToAssume: STRING,
    ipAddressType: { type: 'string', enum: ['ipv4', 'ipv6'] },
    multiClusterTargetGroup: { type: 'boolean' },
    networking: {
      type: 'object',
      properties: {
        ingress: list({
          type: 'object',
          required: ['from', 'ports'],
          properties: {
            from: list({
              type: 'object',
              properties: {
                ipBlock: { type: 'object', required: ['cidr'], properties: { cidr: STRING } },
                securityGroup: { type: 'object', required: ['groupID'], properties: { groupID: STRING } },
              },
            }),
            ports: list({
              type: 'object',
              properties: { port: PORT, protocol: { type: 'string', enum: ['TCP', 'UDP'] } },
            }),
          },
        }),
      },
    },
    nodeSelector: SELECTOR,
    serviceRef: { type: 'object', required: ['name', 'port'], properties: { name: STRING, port: PORT } },
    targetGroupARN: STRING,
    targetGroupName: STRING,
    targetGroupProtocol: {
      type: 'string',
      enum: ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'],
    },
    targetType: { type: 'string', enum: ['instance', 'ip'] },
    vpcID: STRING,
  },
};

/** What of a binding nobody knows yet. */
export function unknownOfBinding({ spec }: BindingManifest): string | undefined {
  return unknownPart(spec, BINDING_SPEC, 'spec');
}

/** Why the API server would not take a binding: what its definition says. */
export function bindingProblems({ spec }: BindingManifest): readonly string[] {
  return schemaProblems(spec, BINDING_SPEC, 'spec');
}
