import { describe, expect, it } from '@jest/globals';
import { parseEnvironment } from '../../../config';
import { accessObjects } from '../../../tools/cluster-access/objects';
import { environment, TODAY } from '../../support/environments';

const DYNAMIC = {
  backend: { type: 'hcp', organization: 'example', project: 'Platform', execution: 'agent' },
  clusterCredentials: { type: 'hcp-dynamic' },
} as const;
const TARGET_GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';

describe('npm run cluster-access', () => {
  it('is about the runs of the workspaces that are in the cluster', () => {
    const users = accessObjects(environment(DYNAMIC)).flatMap(({ subjects = [] }) =>
      subjects.map(({ name }) => name),
    );
    const user = (stack: string, phase: string) =>
      `hcp-terraform:organization:example:project:Platform:workspace:eks-ingress-test-${stack}:run_phase:${phase}`;
    expect(new Set(users)).toEqual(
      new Set([
        user('addons', 'plan'),
        user('addons', 'apply'),
        user('workloads', 'plan'),
        user('workloads', 'apply'),
      ]),
    );
  });

  it('opens the Secrets of the namespaces that have Helm releases', () => {
    const namespaces = (fields = {}) => [
      ...new Set(
        accessObjects(environment({ ...DYNAMIC, ...fields })).flatMap(
          ({ metadata }) => metadata.namespace ?? [],
        ),
      ),
    ];
    expect(namespaces()).toEqual(['kube-system']);
    const service = {
      name: 'a',
      image: 'x:1',
      targetGroupBindings: [{ name: 'x', targetGroupARN: TARGET_GROUP }],
    };
    expect(namespaces({ workloads: { services: [service] } })).toEqual(['kube-system', 'eks-ingress']);
  });

  it.each([
    ['no backend of HCP Terraform', environment()],
    ['other credentials', environment({ backend: { ...DYNAMIC.backend } })],
    [
      'no AWS',
      parseEnvironment(
        {
          kind: 'local',
          name: 'mine',
          cluster: { context: 'minikube' },
          workloads: { services: [{ name: 'web', image: 'nginx:1.29' }] },
        },
        TODAY,
      ).environment,
    ],
  ])('has nothing to say of an environment with %s', (_, other) => {
    expect(() => accessObjects(other)).toThrow(/have no identity of HCP Terraform.*write clusterCredentials/);
  });
});
