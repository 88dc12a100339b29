import { describe, expect, it } from '@jest/globals';
import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { policyDocument } from '../../../modules/iam';
import {
  podIdentityAnnotation,
  PodRole,
  podTrust,
  type PodIdentityBinding,
  type PodRoleProps,
} from '../../../modules/identity';
import { Synthesized } from '../../support/synthesized';
import { trusts } from '../../support/trust-evaluator';

const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const IRSA: PodIdentityBinding = { type: 'irsa', oidcProviderArn: PROVIDER, oidcIssuer: ISSUER };
const POD_IDENTITY: PodIdentityBinding = { type: 'pod-identity', clusterName: 'shop' };
const SUBJECT = { namespace: 'kube-system', serviceAccount: 'controller' };

describe('trust by IRSA', () => {
  const document = policyDocument(podTrust(IRSA, SUBJECT));
  const request = (sub: string, aud = 'sts.amazonaws.com', provider = PROVIDER, issuer = ISSUER) =>
    trusts(document, {
      action: 'sts:AssumeRoleWithWebIdentity',
      principal: { Federated: provider },
      context: { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: aud },
    });

  it('lets the ServiceAccount in', () => {
    expect(request('system:serviceaccount:kube-system:controller')).toBe(true);
  });

  it.each([
    ['another ServiceAccount', 'system:serviceaccount:kube-system:controller2'],
    ['another namespace', 'system:serviceaccount:default:controller'],
    ['a pattern', 'system:serviceaccount:*:*'],
  ])('keeps %s out', (_, sub) => {
    expect(request(sub)).toBe(false);
  });

  it('keeps another audience, issuer or provider out', () => {
    const sub = 'system:serviceaccount:kube-system:controller';
    expect(request(sub, 'kubernetes.default.svc')).toBe(false);
    expect(request(sub, undefined, `${PROVIDER}D`)).toBe(false);
    expect(request(sub, undefined, PROVIDER, `${ISSUER}D`)).toBe(false);
  });

  it('keeps Pod Identity out', () => {
    expect(
      trusts(document, { action: 'sts:AssumeRole', principal: { Service: 'pods.eks.amazonaws.com' } }),
    ).toBe(false);
  });
});

describe('trust by Pod Identity', () => {
  const document = policyDocument(podTrust({ ...POD_IDENTITY, account: '111122223333' }, SUBJECT));
  const right = {
    'aws:SourceAccount': '111122223333',
    'aws:RequestTag/eks-cluster-name': 'shop',
    'aws:RequestTag/kubernetes-namespace': 'kube-system',
    'aws:RequestTag/kubernetes-service-account': 'controller',
  };
  const request = (context: Record<string, string>, service = 'pods.eks.amazonaws.com') =>
    ['sts:AssumeRole', 'sts:TagSession'].map((action) =>
      trusts(document, { action, principal: { Service: service }, context }),
    );

  it('lets the ServiceAccount in, and its session be tagged', () => {
    expect(request(right)).toEqual([true, true]);
  });

  it.each(Object.keys(right))('keeps another %s out', (key) => {
    expect(request({ ...right, [key]: 'other' })).toEqual([false, false]);
  });

  it('keeps another service, and sessions without tags, out', () => {
    expect(request(right, 'ec2.amazonaws.com')).toEqual([false, false]);
    expect(request({})).toEqual([false, false]);
  });
});

describe('PodRole', () => {
  const make = (props: Partial<PodRoleProps>) => {
    const made: PodRole[] = [];
    const synthesized = Synthesized.of((stack) => {
      made.push(
        new PodRole(stack, 'role', {
          binding: IRSA,
          roleName: 'shop-controller',
          description: 'test',
          ...SUBJECT,
          ...props,
        }),
      );
    });
    return { synthesized, role: made[0] };
  };

  it('with IRSA annotates the ServiceAccount and makes no association', () => {
    const { synthesized, role } = make({});
    expect(Object.keys(role?.serviceAccountAnnotations ?? {})).toEqual(['eks.amazonaws.com/role-arn']);
    expect(synthesized.types()).toEqual(['aws_iam_role']);
    expect(role?.dependencies).toEqual([]);
  });

  it('with Pod Identity associates the role and annotates nothing', () => {
    const { synthesized, role } = make({ binding: POD_IDENTITY });
    const { address } = synthesized.one('aws_iam_role');
    expect(role?.serviceAccountAnnotations).toEqual({});
    expect(role?.dependencies).toHaveLength(1);
    expect(synthesized.json).toHaveResourceWithProperties(EksPodIdentityAssociation, {
      cluster_name: 'shop',
      namespace: 'kube-system',
      service_account: 'controller',
      role_arn: `\${${address}.arn}`,
    });
  });

  it('grants by statements and by managed policies', () => {
    const { synthesized, role } = make({
      statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] }],
      managedPolicyArns: { ebs: 'arn:aws:iam::aws:policy/E' },
    });
    expect(role?.dependencies).toHaveLength(2);
    expect(synthesized.json).toHaveResourceWithProperties(IamRolePolicy, {
      policy: policyDocument([{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] }]),
    });
    expect(synthesized.json).toHaveResourceWithProperties(IamRolePolicyAttachment, {
      policy_arn: 'arn:aws:iam::aws:policy/E',
    });
  });

  it('makes no empty policy', () => {
    expect(make({ statements: [] }).synthesized.count('aws_iam_role_policy')).toBe(0);
  });
});

describe('the switch between them', () => {
  const BOTH = [
    { ...IRSA, clusterName: 'shop' },
    { ...POD_IDENTITY, oidcProviderArn: PROVIDER, oidcIssuer: ISSUER },
  ] as const;

  it('leaves running pods their way in: either side trusts both', () => {
    const [irsa, association] = BOTH.map((binding) => policyDocument(podTrust(binding, SUBJECT)));
    expect(irsa).toBe(association);
    expect(
      trusts(irsa ?? '', {
        action: 'sts:AssumeRoleWithWebIdentity',
        principal: { Federated: PROVIDER },
        context: {
          [`${ISSUER}:sub`]: 'system:serviceaccount:kube-system:controller',
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
        },
      }),
    ).toBe(true);
  });

  it('rolls pods: their template says by which way they get the role', () => {
    expect(BOTH.map(podIdentityAnnotation)).toEqual([
      { 'eks-ingress/pod-identity': 'irsa' },
      { 'eks-ingress/pod-identity': 'pod-identity' },
    ]);
  });
});
