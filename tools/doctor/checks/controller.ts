import { type DoctorCheck, type DoctorFinding, listed } from '../check';
import { controllerDeployment, controllerPods, helmRelease, wantedController } from '../controller';

export const helmDeployed: DoctorCheck = {
  id: 'helm-release',
  title: "The controller's Helm release is deployed",
  needs: ['Kubernetes'],
  explain: 'A run was ended while Helm worked (pending-…), or the upgrade failed and rolled back.',
  run: async (look) => {
    const { namespace, name, release: wanted, chart } = await wantedController(look);
    const release = await helmRelease(look, namespace, name);
    const deploy = `npm run deploy -- ${look.environment.name}-addons`;
    if (!release) {
      return [
        {
          what: `There is no Helm release ${namespace}/${name}`,
          seen: 'no Secret of type helm.sh/release.v1 has its name',
          remedy: deploy,
        },
      ];
    }
    const { status, description = '' } = release.info;
    if (status !== 'deployed') {
      return [
        {
          what: `Helm release ${namespace}/${name} is ${status}`,
          seen: `its newest Secret says ${status}${description === '' ? '' : `: ${description}`}`,
          remedy: `helm -n ${namespace} rollback ${name}, then ${deploy}`,
        },
      ];
    }
    const { version } = release.chart.metadata;
    if (version === chart) return [];
    return [
      {
        what: `Chart ${version} is installed, not ${chart}`,
        seen: `newest revision of Helm release ${namespace}/${name}`,
        remedy: `loadBalancing.release: '${wanted}' is wanted: ${deploy}`,
      },
    ];
  },
};

export const controllerReady: DoctorCheck = {
  id: 'controller-ready',
  title: 'The controller runs in the wanted release, and all its pods are ready',
  needs: ['Kubernetes'],
  explain:
    'It was scaled down, has no credentials, finds no VPC, knows a feature gate not, or its image is not to be had. Load balancers that are there go on; every new Service of the cluster is refused meanwhile, as its webhook fails closed.',
  run: async (look) => {
    const { namespace, name, release, replicas } = await wantedController(look);
    const { spec, status } = await controllerDeployment(look);
    const findings: DoctorFinding[] = [];
    const images = spec.template.spec.containers.map(({ image }) => image);
    if (!images.some((image) => image.split('@')[0]?.endsWith(`:v${release}`))) {
      findings.push({
        what: `The controller runs ${listed(images)}, not release ${release}`,
        seen: `template of Deployment ${namespace}/${name}`,
        remedy: `npm run deploy -- ${look.environment.name}-addons`,
      });
    }
    const ready = status?.readyReplicas ?? 0;
    if ((spec.replicas ?? 1) < replicas || ready < replicas) {
      const waiting = (await controllerPods(look)).flatMap(({ metadata, status: of }) =>
        (of?.containerStatuses ?? []).flatMap(({ state }) =>
          state?.waiting
            ? [`${metadata.name}: ${state.waiting.reason ?? ''} ${state.waiting.message ?? ''}`]
            : [],
        ),
      );
      findings.push({
        what: `${ready} of ${replicas} pods of the controller are ready`,
        seen: `Deployment ${namespace}/${name} wants ${spec.replicas ?? 1}${waiting.length > 0 ? `; ${waiting.join('; ')}` : ''}`,
        remedy:
          (spec.replicas ?? 1) < replicas
            ? `kubectl -n ${namespace} scale deployment ${name} --replicas=${replicas} (loadBalancing.replicas)`
            : `kubectl -n ${namespace} logs -l app.kubernetes.io/name=${name} --tail=50`,
        issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2336',
      });
    }
    return findings;
  },
};
