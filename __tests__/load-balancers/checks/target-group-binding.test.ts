import { describe, expect, it } from '@jest/globals';
import { targetGroupBindingSettings, terraformAlbSettings } from '../../../load-balancers/schema';
import { problemsOf } from '../../../load-balancers/problem';
import { KNOWN_AFTER_APPLY, type Service } from '../../../load-balancers/model';
import {
  targetGroupBindingProblems,
  terraformAlbProblems,
  type CheckContext,
} from '../../../load-balancers/checks';
import { type TargetGroupBindingSettings, type TerraformAlbSettings } from '../../../load-balancers/language';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const service = (spec: Service['spec']): Pick<CheckContext, 'services'> => ({
  services: [{ kind: 'Service', metadata: { name: 'web' }, spec }],
});
const ports = [{ name: 'http', port: 80 }];
const HERE: CheckContext = {
  region: 'eu-west-1',
  account: '111122223333',
  partition: 'aws',
  ...service({ type: 'NodePort', ports }),
};

const one = (path: string, value: unknown, remedy: RegExp) => [
  { path, value, reason: expect.stringMatching(/./), remedy: expect.stringMatching(remedy) },
];
const rule = (fields: object): TargetGroupBindingSettings => ({
  networking: { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{}], ...fields }] },
});
const RULE = 'networking.ingress.0';
const expression = (operator: 'In' | 'Exists', values?: string[]): TargetGroupBindingSettings => ({
  targetType: 'instance',
  nodeSelector: { matchExpressions: [{ key: 'a', operator, values }] },
});

type Mistake = [
  settings: TargetGroupBindingSettings & { port?: number | string },
  path: string,
  value: unknown,
  remedy: RegExp,
  around?: CheckContext,
];

function problems(
  { port = 80, ...settings }: TargetGroupBindingSettings & { port?: number | string },
  around: CheckContext = HERE,
) {
  const all = { targetGroupARN: ARN, serviceRef: { name: 'web', port }, ...settings };
  return [
    ...problemsOf(targetGroupBindingSettings.loose(), all, 'binding'),
    ...targetGroupBindingProblems(all, around),
  ];
}

describe('a TargetGroupBinding', () => {
  it.each<Mistake>([
    [{ targetGroupARN: undefined }, 'targetGroupARN', undefined, /or targetGroupName/],
    [{ targetGroupName: 'x' }, 'targetGroupName', 'x', /one of the two/],
    [{ targetGroupARN: undefined, targetGroupName: '-x' }, 'targetGroupName', '-x', /users/],
    [{ targetGroupARN: 'x' }, 'targetGroupARN', 'x', /:targetgroup\//],
    ...(
      [
        ['arn:aws', 'arn:aws-cn', /arn:aws:/],
        ['eu-west-1', 'eu-west-2', /:eu-west-1:/],
        ['111122223333', '444455556666', /iamRoleArnToAssume/],
      ] as const
    ).map(([from, to, remedy]): Mistake => [
      { targetGroupARN: ARN.replace(from, to) },
      'targetGroupARN',
      ARN.replace(from, to),
      remedy,
    ]),
    [{ targetType: 'instance' }, 'targetType', 'instance', /'ip'/, service({ ports })],
    [{ targetType: 'instance' }, 'targetType', 'instance', /'ip'/, { fargate: true }],
    [
      { targetType: 'instance', iamRoleArnToAssume: 'arn:aws:iam::444455556666:role/x' },
      'targetType',
      'instance',
      /'ip'/,
    ],
    [{ targetType: 'instance', targetGroupProtocol: 'TCP_QUIC' }, 'targetType', 'instance', /'ip'/],
    [
      { targetType: 'ip', nodeSelector: { matchLabels: { a: 'b' } } },
      'nodeSelector',
      { matchLabels: { a: 'b' } },
      /'instance'/,
    ],
    [expression('In'), 'nodeSelector.matchExpressions.0.values', [], /at least one/],
    [expression('Exists', ['b']), 'nodeSelector.matchExpressions.0.values', ['b'], /remove/],
    [{ port: 81 }, 'serviceRef.port', 81, /^write http$/],
    [{ port: 'web' }, 'serviceRef.port', 'web', /^write http$/],
    [rule({ from: [] }), `${RULE}.from`, [], /ipBlock or a securityGroup/],
    [rule({ from: [{}] }), `${RULE}.from.0`, {}, /one of/],
    [
      rule({ from: [{ ipBlock: { cidr: '10.0.0.0' } }] }),
      `${RULE}.from.0.ipBlock.cidr`,
      '10.0.0.0',
      /'10.0.0.0.32'/,
    ],
    [
      rule({ from: [{ securityGroup: { groupID: 'web' } }] }),
      `${RULE}.from.0.securityGroup.groupID`,
      'web',
      /sg-/,
    ],
    [rule({ ports: [] }), `${RULE}.ports`, [], /protocol: TCP/],
    [rule({ ports: [{ port: 0 }] }), `${RULE}.ports.0.port`, 0, /1 to 65535/],
    [
      { targetType: 'instance', ...rule({ ports: [{ port: 'http' }] }) },
      `${RULE}.ports.0.port`,
      'http',
      /number/,
    ],
    [{ iamRoleArnToAssume: 'x' }, 'iamRoleArnToAssume', 'x', /arn:aws:iam/],
    [{ assumeRoleExternalId: 'x' }, 'assumeRoleExternalId', 'x', /iamRoleArnToAssume/],
    [{ vpcID: 'vpc-x' }, 'vpcID', 'vpc-x', /vpc-0123456789abcdef0/],
  ])('%j is refused', (settings, path, value, remedy, around = HERE) => {
    expect(problems(settings, around)).toEqual(one(path, value, remedy));
  });

  it.each<TargetGroupBindingSettings & { port?: number | string }>([
    {},
    { port: 'http' },
    { targetGroupARN: undefined, targetGroupName: 'x' },
    {
      targetGroupARN: ARN.replace('111122223333', '444455556666'),
      iamRoleArnToAssume: 'arn:aws:iam::444455556666:role/x',
    },
    { targetType: 'instance', nodeSelector: { matchLabels: { a: 'b' } } },
    expression('In', ['b']),
    expression('Exists'),
    rule({
      from: [{ securityGroup: { groupID: 'sg-01234567' } }],
      ports: [{ port: 'http', protocol: 'UDP' }, {}],
    }),
    rule({ from: [{ ipBlock: { cidr: '2001:db8::/32' } }], ports: [{ port: 80 }] }),
    { vpcID: 'vpc-01234567' },
    { targetGroupARN: KNOWN_AFTER_APPLY, vpcID: KNOWN_AFTER_APPLY, iamRoleArnToAssume: KNOWN_AFTER_APPLY },
    { port: KNOWN_AFTER_APPLY, ...rule({ from: [{ ipBlock: { cidr: KNOWN_AFTER_APPLY } }] }) },
  ])('%j is right', (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  it('is not judged by what is not known of its surroundings', () => {
    const elsewhere = {
      targetGroupARN: ARN.replace('eu-west-1', 'eu-west-2'),
      targetType: 'instance' as const,
    };
    expect(problems({ ...elsewhere, port: 81 }, {})).toEqual([]);
  });
});

type AlbMistake = [settings: TerraformAlbSettings, path: string, value: unknown, remedy: RegExp];

function albProblems(settings: TerraformAlbSettings, around?: CheckContext) {
  return [
    ...problemsOf(terraformAlbSettings, settings, 'load balancer'),
    ...terraformAlbProblems(settings, around),
  ];
}

describe('a load balancer of Terraform', () => {
  it.each<AlbMistake>([
    [{ port: 0 }, 'port', 0, /1 to 65535/],
    [{ idleTimeoutSeconds: 4001 }, 'idleTimeoutSeconds', 4001, /1 to 4000/],
    [{ deregistrationDelaySeconds: 0.5 }, 'deregistrationDelaySeconds', 0.5, /0 to 3600/],
    [{ healthCheck: { intervalSeconds: 301 } }, 'healthCheck.intervalSeconds', 301, /5 to 300/],
    [{ healthCheck: { timeoutSeconds: 1 } }, 'healthCheck.timeoutSeconds', 1, /2 to 120/],
    [{ healthCheck: { healthyThresholdCount: 11 } }, 'healthCheck.healthyThresholdCount', 11, /2 to 10/],
    [{ healthCheck: { unhealthyThresholdCount: 1 } }, 'healthCheck.unhealthyThresholdCount', 1, /2 to 10/],
    [{ healthCheck: { intervalSeconds: 5 } }, 'healthCheck.intervalSeconds', 5, /longer than the timeout/],
    [{ healthCheck: { timeoutSeconds: 15 } }, 'healthCheck.timeoutSeconds', 15, /longer than the timeout/],
    [{ healthCheck: { path: 'x' } }, 'healthCheck.path', 'x', /begins with \//],
    [{ healthCheck: { successCodes: '500' } }, 'healthCheck.successCodes', '500', /'200-399'/],
    [{ healthCheck: { successCodes: 'ok' } }, 'healthCheck.successCodes', 'ok', /'200-399'/],
    [{ certificateArns: ['x'] }, 'certificateArns.0', 'x', /arn:aws:acm:eu-west-1/],
    ...(
      [
        ['arn:aws', 'arn:aws-cn'],
        ['eu-west-1', 'eu-west-2'],
        ['111122223333', '444455556666'],
      ] as const
    ).map(([from, to]): AlbMistake => [
      { certificateArns: [CERTIFICATE.replace(from, to)] },
      'certificateArns.0',
      CERTIFICATE.replace(from, to),
      /arn:aws:acm:eu-west-1:111122223333/,
    ]),
    [{ sslPolicy: 'ELBSecurityPolicy-2016-08' }, 'sslPolicy', 'ELBSecurityPolicy-2016-08', /certificateArns/],
    [{ certificateArns: [CERTIFICATE], sslPolicy: 'x' }, 'sslPolicy', 'x', /ELBSecurityPolicy/],
    [{ certificateArns: [CERTIFICATE], port: 80 }, 'port', 80, /443/],
    [{ inboundCIDRs: ['x'] }, 'inboundCIDRs.0', 'x', /203\.0\.113/],
  ])('%j is refused', (settings, path, value, remedy) => {
    expect(albProblems(settings, HERE)).toEqual(one(path, value, remedy));
  });

  it.each<TerraformAlbSettings>([
    {},
    { certificateArns: [CERTIFICATE, KNOWN_AFTER_APPLY], sslPolicy: KNOWN_AFTER_APPLY },
    {
      certificateArns: ['arn:aws:iam::111122223333:server-certificate/x'],
      sslPolicy: 'ELBSecurityPolicy-2016-08',
    },
    { inboundCIDRs: ['10.0.0.0/8', KNOWN_AFTER_APPLY], idleTimeoutSeconds: 60, port: 8080 },
    { healthCheck: { path: KNOWN_AFTER_APPLY, successCodes: KNOWN_AFTER_APPLY } },
    { healthCheck: { path: '/x', successCodes: '200,204-299', intervalSeconds: 10, timeoutSeconds: 9 } },
  ])('%j is right', (settings) => {
    expect(albProblems(settings, HERE)).toEqual([]);
  });

  it('shows an ARN though it knows no Region', () => {
    expect(albProblems({ certificateArns: ['x'] })[0]?.remedy).toContain('arn:aws:acm:');
    expect(albProblems({ certificateArns: [CERTIFICATE] })).toEqual([]);
  });
});
