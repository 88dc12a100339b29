import { beforeAll, describe, expect, it } from '@jest/globals';
import { environment } from '../support/environments';
import { synthesizedStacks } from '../support/stacks';
import { type Synthesized } from '../support/synthesized';

const TYPES = ['irsa', 'pod-identity'] as const;

describe('the switch podIdentity', () => {
  let stacks: Record<(typeof TYPES)[number], Readonly<Record<string, Synthesized | undefined>>>;
  beforeAll(() => {
    const of = (podIdentity: (typeof TYPES)[number]) =>
      synthesizedStacks(
        environment({
          podIdentity,
          workloads: {
            services: [
              {
                name: 'reader',
                image: 'r:1',
                permissions: [{ actions: ['s3:GetObject'], resources: ['*'] }],
              },
              { name: 'plain', image: 'p:1' },
            ],
          },
        }),
      );
    stacks = { irsa: of('irsa'), 'pod-identity': of('pod-identity') };
  });

  it.each(TYPES)(
    '%s is in the template of the pods that it gives a role, so that they are rolled',
    (type) => {
      const templates = Object.values(
        stacks[type].workloads?.resources('kubernetes_deployment_v1') ?? {},
      ).map((deployment) => JSON.stringify(deployment));
      const annotation = `"annotations":{"eks-ingress/pod-identity":"${type}"}`;
      expect(templates.filter((text) => text.includes(annotation))).toHaveLength(1);
      const [release] = Object.entries(stacks[type].addons?.resources('helm_release') ?? {})
        .filter(([id]) => id.includes('load-balancer-controller_release'))
        .map(([, each]) => JSON.stringify(each));
      expect(release).toContain(`\\"podAnnotations\\":{\\"eks-ingress/pod-identity\\":\\"${type}\\"}`);
    },
  );

  it('changes the trust of no role, so that running pods keep theirs', () => {
    for (const stack of ['addons', 'workloads'] as const) {
      const [irsa, association] = TYPES.map((type) =>
        Object.values(stacks[type][stack]?.resources('aws_iam_role') ?? {}).map((role) =>
          JSON.stringify(role),
        ),
      );
      const controllerAndServices = (roles: readonly string[] = []) =>
        roles
          .filter((role) => !role.includes('ebs-csi'))
          .map((role) => /"assume_role_policy":"(.*?[^\\])"/.exec(role)?.[1]);
      expect(controllerAndServices(irsa)).toEqual(controllerAndServices(association));
      expect(controllerAndServices(irsa).join()).toMatch(
        /AssumeRoleWithWebIdentity[\s\S]*pods\.eks\.amazonaws\.com/,
      );
    }
  });
});
