import { describe, expect, it } from '@jest/globals';
import { type EnvironmentInput } from '../../../config';
import { one, problems, warnings } from '../../support/problems';

const controller = (fields: object) => ({ loadBalancing: { type: 'controller', ...fields } });
const autoMode = { cluster: { kind: 'new', compute: { autoMode: {} } } };
const fargate = (namespace: string, more = {}) => ({
  cluster: {
    kind: 'new',
    compute: { fargateProfiles: [{ name: 'pods', selectors: [{ namespace }] }], ...more },
  },
});

describe('what makes load balancers', () => {
  it('is the controller, or Auto Mode with its compute', () => {
    expect(problems({ ...autoMode, loadBalancing: { type: 'auto-mode' } })).toEqual([]);
    expect(problems(autoMode)).toEqual(
      one('loadBalancing.type', 'controller', /'auto-mode', or autoMode: false/),
    );
    expect(problems({ loadBalancing: { type: 'auto-mode' } })).toEqual(
      one('loadBalancing.type', 'auto-mode', /'controller', or cluster\.compute\.autoMode/),
    );
  });
});

describe('targets', () => {
  const instance = { workloads: { ingress: { targetGroup: { targetType: 'instance' } } } };
  const nodes = { nodeGroups: [{ name: 'default' }] };

  it('are not instances where pods run on Fargate', () => {
    const refused = one('workloads.ingress.targetGroup.targetType', 'instance', /'ip'/);
    expect(problems({ ...fargate('*'), ...instance })).toEqual(refused);
    expect(problems({ ...fargate('eks-*', nodes), ...instance })).toEqual(refused);
    expect(problems({ ...fargate('other', nodes), ...instance })).toEqual([]);
    expect(problems(instance)).toEqual([]);
  });

  it('are not instances for the class either', () => {
    const params = controller({ ingressClass: { params: { targetType: 'instance' } } });
    expect(problems({ ...fargate('other', nodes), ...params })).toEqual(
      one('loadBalancing.ingressClass.params.targetType', 'instance', /^write 'ip'$/),
    );
    expect(problems(params)).toEqual([]);
  });
});

describe('release', () => {
  it.each(['2.17.1', '3.5.0'])('may be %s', (release) => {
    expect(problems(controller({ release }))).toEqual([]);
  });

  it('is one of the table', () => {
    expect(problems(controller({ release: '3.5.1' }))).toEqual(
      one('loadBalancing.release', '3.5.1', /'3\.5\.0'/),
    );
    expect(problems(controller({ release: 'latest' }))).toEqual(
      one(
        'loadBalancing.release',
        'latest',
        /^write one of …, .*3\.5\.0; or release: \{ version, chart, policy, crds \}/,
      ),
    );
  });

  describe('of one’s own', () => {
    const POLICY = '__tests__/reference/controller/policies/iam_policy.json';
    const own = (fields: object) =>
      controller({ release: { version: '3.6.0', chart: '3.6.0', policy: POLICY, ...fields } });

    it('is taken with what belongs to it, and is said not to be verified', () => {
      expect(warnings(own({}) as Partial<EnvironmentInput>)).toMatchObject([
        {
          path: 'loadBalancing.release',
          value: '3.6.0',
          reason: expect.stringContaining('not verified here'),
        },
      ]);
    });

    it('may have gates that nobody knows here, but none against a feature', () => {
      expect(problems(own({}))).toEqual([]);
      expect(problems({ loadBalancing: { ...own({}).loadBalancing, featureGates: { New: true } } })).toEqual(
        [],
      );
    });

    it.each([
      ['version', '3.6', /three numbers/],
      ['chart', 'latest', /three numbers/],
      ['policy', 'nowhere.json', /iam_policy\.json/],
      ['policy', 'README.md', /iam_policy\.json/],
      ['policy', 'package.json', /iam_policy\.json/],
      ['policy', 'docs', /iam_policy\.json/],
      ['crds', 'README.md', /the definitions of the release's kinds/],
    ])('with %s %s is refused', (field, value, remedy) => {
      expect(problems(own({ [field]: value }))).toEqual(one(`loadBalancing.release.${field}`, value, remedy));
    });
  });

  it('runs on the cluster', () => {
    const cluster = (kubernetesVersion: string) => ({ kind: 'existing', name: 'old', kubernetesVersion });
    const network = {
      kind: 'existing',
      vpcId: 'vpc-0123456789abcdef0',
      privateSubnetIds: ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'],
      publicSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    };
    expect(problems({ network, cluster: cluster('1.22') })).toEqual([]);
    expect(problems({ network, cluster: cluster('1.21') })).toEqual(
      one('loadBalancing.release', '3.5.0', /upgrade the cluster to 1\.22/),
    );
  });

  it('knows the feature gates', () => {
    expect(problems(controller({ featureGates: { NLBGatewayAPI: false } }))).toEqual([]);
    expect(problems(controller({ featureGates: { NLBGatewayApis: true } }))).toEqual(
      one('loadBalancing.featureGates.NLBGatewayApis', true, /'NLBGatewayAPI'/),
    );
    expect(
      problems(controller({ release: '2.17.1', featureGates: { GatewayListenerSet: true } })),
    ).toHaveLength(1);
  });

  it('has the features', () => {
    const features = { certificateManagement: true, globalAccelerator: true, wafv2AclName: true };
    expect(problems(controller({ features }))).toEqual([]);
    expect(problems(controller({ release: '3.2.2', features }))).toEqual(
      one('loadBalancing.features.certificateManagement', true, /release: '3\.3\.0' or later/),
    );
    expect(problems(controller({ release: '2.16.0', features: { globalAccelerator: true } }))).toEqual(
      one('loadBalancing.features.globalAccelerator', true, /release: '2\.17\.1' or later/),
    );
  });
});
