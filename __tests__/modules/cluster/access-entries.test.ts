import { describe, expect, it } from '@jest/globals';
import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import { AccessEntries, type AccessEntriesProps } from '../../../modules/cluster';
import { AccessEntry, principalId } from '../../../modules/cluster/access-entries';
import { Synthesized } from '../../support/synthesized';

const ADMIN = 'arn:aws:iam::111122223333:role/team/admin';
const DEVELOPER = 'arn:aws:iam::111122223333:user/dev';

const synth = (props: Partial<AccessEntriesProps>) =>
  Synthesized.of((stack) => {
    new AccessEntries(stack, 'access', {
      clusterName: 'shop',
      partition: 'aws',
      administrators: [],
      ...props,
    });
  });

describe('AccessEntries', () => {
  it('makes administrators of the whole cluster, the association after its entry', () => {
    const synthesized = synth({ administrators: [ADMIN], partition: 'aws-cn' });
    const entry = synthesized.one('aws_eks_access_entry');
    expect(entry).toEqual({ address: entry.address, cluster_name: 'shop', principal_arn: ADMIN });
    expect(synthesized.json).toHaveResourceWithProperties(EksAccessPolicyAssociation, {
      cluster_name: 'shop',
      principal_arn: ADMIN,
      policy_arn: 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      access_scope: { type: 'cluster' },
      depends_on: [entry.address],
    });
  });

  it('takes groups, and policies in namespaces or the cluster', () => {
    const synthesized = synth({
      entries: [
        {
          principalArn: DEVELOPER,
          kubernetesGroups: ['developers'],
          policies: [
            { policy: 'AmazonEKSEditPolicy', namespaces: ['shop', 'test'] },
            { policy: 'AmazonEKSViewPolicy' },
          ],
        },
      ],
    });
    expect(synthesized.json).toHaveResourceWithProperties(EksAccessEntry, {
      kubernetes_groups: ['developers'],
    });
    expect(synthesized.one('aws_eks_access_policy_association', 'AmazonEKSEditPolicy').access_scope).toEqual({
      type: 'namespace',
      namespaces: ['shop', 'test'],
    });
    expect(synthesized.one('aws_eks_access_policy_association', 'AmazonEKSViewPolicy').access_scope).toEqual({
      type: 'cluster',
    });
  });

  it('lets nobody in unasked', () => {
    expect(synth({}).types()).toEqual([]);
  });

  it('needs no policy for a principal with groups', () => {
    expect(synth({ entries: [{ principalArn: DEVELOPER, kubernetesGroups: ['a'] }] }).types()).toEqual([
      'aws_eks_access_entry',
    ]);
  });

  it('refuses a principal named twice, whatever the list', () => {
    expect(() => synth({ administrators: [ADMIN], entries: [{ principalArn: ADMIN }] })).toThrow(
      `principal ${ADMIN} is named twice`,
    );
  });

  it('refuses a policy named twice for a principal', () => {
    const policy = 'AmazonEKSViewPolicy';
    expect(() =>
      synth({
        entries: [
          {
            principalArn: DEVELOPER,
            policies: [
              { policy, namespaces: ['a'] },
              { policy, namespaces: ['b'] },
            ],
          },
        ],
      }),
    ).toThrow(`access policy ${policy} is named twice for ${DEVELOPER}`);
  });
});

describe('AccessEntry', () => {
  it('gives a principal a policy, after the entry is there', () => {
    const synthesized = Synthesized.of(
      (stack) =>
        new AccessEntry(stack, 'entry', {
          clusterName: 'shop',
          partition: 'aws',
          principalArn: DEVELOPER,
          policies: [{ policy: 'AmazonEKSViewPolicy', namespaces: ['shop'] }],
        }),
    );
    expect(synthesized.json).toHaveResourceWithProperties(EksAccessEntry, { principal_arn: DEVELOPER });
    expect(synthesized.json).toHaveResourceWithProperties(EksAccessPolicyAssociation, {
      policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
      access_scope: { type: 'namespace', namespaces: ['shop'] },
      depends_on: [synthesized.one('aws_eks_access_entry').address],
    });
  });
});

describe('principalId', () => {
  it('keeps account, kind and name apart', () => {
    const ids = [
      ADMIN,
      'arn:aws:iam::111122223333:role/admin2',
      'arn:aws:iam::444455556666:role/admin',
      'arn:aws:iam::111122223333:user/admin',
    ].map(principalId);
    expect(ids[0]).toBe('111122223333-role-admin');
    expect(new Set(ids).size).toBe(ids.length);
  });
});
