import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { controllerValues, deepMerge } from '../../../modules/load-balancer-controller';
import { reference } from '../../support/reference';

const props = { clusterName: 'shop', region: 'eu-west-1', vpcId: 'vpc-1', serviceAccount: 'lbc' };

describe('values of the chart', () => {
  it('by default', () => {
    expect(controllerValues(props)).toMatchObject({
      clusterName: 'shop',
      region: 'eu-west-1',
      vpcId: 'vpc-1',
      serviceAccount: { create: false, name: 'lbc' },
      ingressClass: 'alb',
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      keepTLSSecret: true,
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } },
      topologySpreadConstraints: [
        { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
        { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
      controllerConfig: { featureGates: {} },
    });
  });

  it('are ones that the chart has, as Helm says nothing of any other', () => {
    const ours = controllerValues({ ...props, imageRepository: 'mirror/lbc' });
    const chart = parse(reference('controller/chart-values.yaml')) as Record<string, object | null>;
    expect(Object.keys(ours).filter((name) => !(name in chart))).toEqual([]);
    for (const name of ['serviceAccount', 'ingressClassParams', 'controllerConfig', 'image']) {
      expect(Object.keys(chart[name] ?? {})).toEqual(expect.arrayContaining(Object.keys(ours[name] ?? {})));
    }
  });

  it('leave image and Service webhook to the chart', () => {
    expect(Object.keys(controllerValues(props))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(image|enableServiceMutatorWebhook)$/)]),
    );
  });

  it('take replicas, resources, class and image', () => {
    const values = controllerValues({
      ...props,
      replicas: 3,
      resources: { cpu: '1', memory: '1Gi' },
      ingressClassName: 'public',
      imageRepository: 'mirror/lbc',
    });
    expect(values).toMatchObject({
      replicaCount: 3,
      resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
      ingressClass: 'public',
      image: { repository: 'mirror/lbc' },
    });
  });

  it('set the gates of features as booleans; gates by name win', () => {
    const features = { wafv2AclName: true, certificateManagement: true, globalAccelerator: true };
    const gates = (featureGates?: Record<string, boolean>) =>
      controllerValues({ ...props, features, featureGates }).controllerConfig;
    expect(gates()).toEqual({
      featureGates: { EnableCertificateManagement: true, GlobalAcceleratorController: true },
    });
    expect(gates({ ALBGatewayAPI: false, GlobalAcceleratorController: false })).toEqual({
      featureGates: {
        EnableCertificateManagement: true,
        GlobalAcceleratorController: false,
        ALBGatewayAPI: false,
      },
    });
  });

  it('are overruled by extra values, however deep', () => {
    const extraValues = { keepTLSSecret: false, resources: { limits: { cpu: '1' } }, logLevel: 'debug' };
    expect(controllerValues({ ...props, extraValues })).toMatchObject({
      keepTLSSecret: false,
      logLevel: 'debug',
      resources: { requests: { cpu: '100m' }, limits: { cpu: '1', memory: '256Mi' } },
    });
  });
});

describe('deepMerge', () => {
  it('merges objects, replaces all else and changes neither', () => {
    const base = { a: { b: 1, c: [1, 2] }, d: 'x', e: { f: 1 } };
    const over = { a: { c: [3] }, d: { g: null }, e: null };
    expect(deepMerge(base, over)).toEqual({ a: { b: 1, c: [3] }, d: { g: null }, e: null });
    expect(base).toEqual({ a: { b: 1, c: [1, 2] }, d: 'x', e: { f: 1 } });
  });
});
