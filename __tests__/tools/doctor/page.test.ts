import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { KNOWN_FAILURES, knownFailure } from '../../../tools/doctor/catalogue';
import { AFTER_APPLY, BEFORE_APPLY } from '../../../tools/doctor/checks';
import { doctorPage, readActions } from '../../../tools/doctor/page';
import { PROJECT } from '../../../tools/kit/project';

const SERVICES: Readonly<Record<string, string>> = {
  acm: 'acm',
  ec2: 'ec2',
  eks: 'eks',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  iam: 'iam',
  'service-quotas': 'servicequotas',
  sts: 'sts',
};

/** Actions of the commands and paginators that the code imports of the SDK. */
function actionsOfCode(): string[] {
  const folders = ['tools/doctor', 'tools/doctor/checks', 'tools/kit/load-balancers'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(PROJECT, folder))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(PROJECT, folder, name), 'utf8')),
  );
  const imports = files.flatMap((text) => [
    ...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g),
  ]);
  const actions = imports.flatMap(([, names = '', client = '']) =>
    [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].map(
      ([, command, paginated]) => `${SERVICES[client] ?? client}:${command ?? paginated ?? ''}`,
    ),
  );
  return [...new Set(actions)].sort();
}

describe('the page of the doctor', () => {
  it('is as the checks and the catalogue make it', () => {
    expect(readFileSync(join(PROJECT, 'docs', 'doctor.md'), 'utf8')).toBe(doctorPage());
  });

  it('lists exactly the actions that the code calls, at most 25 beside the one that is free', () => {
    expect(readActions()).toEqual(actionsOfCode());
    expect(readActions().filter((action) => action !== 'sts:GetCallerIdentity').length).toBeLessThanOrEqual(
      25,
    );
    expect(readActions().filter((action) => !/:(Get|List|Describe|Simulate)/.test(action))).toEqual([]);
  });

  it('gives each check an id of its own', () => {
    const ids = [...BEFORE_APPLY, ...AFTER_APPLY].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the catalogue', () => {
  it('knows at least 40 failures, each with its public issue', () => {
    expect(KNOWN_FAILURES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(KNOWN_FAILURES.map(({ id }) => id)).size).toBe(KNOWN_FAILURES.length);
    for (const { issue } of KNOWN_FAILURES)
      expect(issue).toMatch(
        /^https:\/\/github\.com\/kubernetes-sigs\/aws-load-balancer-controller\/issues\/\d+$/,
      );
  });

  // As the issues quote the controller.
  it.each([
    ['no-subnets', "couldn't auto-discover subnets: unable to discover at least one subnet"],
    [
      'one-zone',
      'cannot find at least two subnets from different Availability Zones, discovered subnetIDs: []',
    ],
    [
      'tagged-groups',
      'expect exactly one securityGroup tagged with kubernetes.io/cluster/eks-1 for eni eni-1, got: [a b]',
    ],
    [
      'trust-refuses',
      'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity\n\tstatus code: 403',
    ],
    [
      'no-oidc-provider',
      'InvalidIdentityToken: No OpenIDConnect provider found in your account for https://oidc',
    ],
    [
      'no-dns',
      'dial tcp: lookup sts.eu-west-1.amazonaws.com on 10.100.0.10:53: read udp 1:2->3:53: i/o timeout',
    ],
    [
      'sts-timeout',
      'Post "https://sts.ap-southeast-1.amazonaws.com/": dial tcp 103.246.148.245:443: i/o timeout',
    ],
    ['add-tags', 'User: arn is not authorized to perform: elasticloadbalancing:AddTags on resource: x'],
    ['no-webhook-endpoints', 'no endpoints available for service "aws-load-balancer-webhook-service"'],
    [
      'webhook-timeout',
      'failed calling webhook "vingress.elbv2.k8s.aws": Post "https://x": context deadline exceeded',
    ],
    ['no-port', 'ingress: unable to find port 8080 on service api'],
    ['two-tags', 'Failed build model due to conflicting tag Environment: environment-A | environment-B'],
    ['wildcard', "prefix path shouldn't contain wildcards: /*"],
    [
      'no-node-port',
      "TargetGroup port is empty. When using Instance targets, your service be must of type 'NodePort'",
    ],
    ['no-kind', 'no matches for kind "TargetGroupBinding" in version "elbv2.k8s.aws/v1beta1"'],
    [
      'hop-limit',
      'error in fetching vpc id through ec2 metadata: operation error ec2imds: GetMetadata, canceled',
    ],
  ])('knows %s', (id, message) => {
    expect(knownFailure(message)?.id).toBe(id);
  });

  it('knows nothing of what nobody has met', () => {
    expect(knownFailure('the moon is full')).toBeUndefined();
  });
});
