import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { CONTROLLER_RELEASES } from '../../../load-balancers/releases';
import { type DoctorCheck, type DoctorFinding, listed, NotJudged } from '../check';
import { type ClusterObject } from '../../kit/cluster-api';
import { helmRelease, wantedController } from '../controller';

interface Definition extends ClusterObject {
  readonly spec: { readonly versions: readonly { readonly name: string; readonly schema?: unknown }[] };
}

export const controllerCrds: DoctorCheck = {
  id: 'controller-crds',
  title: "The definitions of the controller's kinds are of its release",
  needs: ['Kubernetes'],
  explain:
    'Helm never upgrades CRDs of a chart. Definitions that are older than the controller drop the fields that it writes, or lack a kind that it waits for, and it does not start.',
  run: async (look) => {
    const { namespace, name, release } = await wantedController(look);
    const remedy = `npm run deploy -- ${look.environment.name}-addons`;
    const known = CONTROLLER_RELEASES.find((each) => each.release === release);
    if (!known)
      throw new NotJudged(`release ${release} is not verified here: which definitions it has is not known`);
    const { crds, crdsSha256 } = known;
    const there = await look.list<Definition>('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
    const missing = crds.filter((each) => !there.some(({ metadata }) => metadata.name === each));
    const findings: DoctorFinding[] = [];
    if (missing.length > 0)
      findings.push({
        what: `The cluster lacks definitions that release ${release} has: ${listed(missing)}`,
        seen: 'it lists no such CustomResourceDefinition',
        remedy,
        issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3040',
      });
    const installed = await helmRelease(look, namespace, `${name}-crds`);
    const texts = (installed?.config?.crds ?? []) as readonly string[];
    if (createHash('sha256').update(texts.join('')).digest('hex') !== crdsSha256) {
      findings.push({
        what: `The definitions were not installed from release ${release}`,
        seen: installed
          ? `values of Helm release ${namespace}/${name}-crds are of another release`
          : `there is no Helm release ${namespace}/${name}-crds`,
        remedy,
      });
      return findings;
    }
    const wanted = parseAllDocuments(texts.join('\n---\n')).map(
      (document) => document.toJS() as Definition | null,
    );
    for (const definition of wanted) {
      const found = there.find(({ metadata }) => metadata.name === definition?.metadata.name);
      if (!definition || !found || isDeepStrictEqual(schemas(definition), schemas(found))) continue;
      findings.push({
        what: `Definition ${found.metadata.name} is not as release ${release} has it`,
        seen: 'its schema differs from the one that was installed: somebody applied another',
        remedy,
      });
    }
    return findings;
  },
};

function schemas({ spec }: Definition) {
  return spec.versions.map(({ name, schema }) => ({ name, schema }));
}
