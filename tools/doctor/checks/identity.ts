import { isDeepStrictEqual } from 'node:util';
import { podTrust } from '../../../modules/identity';
import { policyDocument } from '../../../modules/iam';
import { type DoctorCheck, type DoctorFinding, NotJudged } from '../check';
import { type ClusterObject } from '../../kit/cluster-api';
import { controllerPods, wantedController } from '../controller';
import { documentOf, type Look } from '../look';
import { daemonSets } from './node-addons';

const AUDIENCE = 'sts.amazonaws.com';
const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';

/** Issuer of the cluster without its scheme, and the ARN of the IAM OIDC provider that it has to have. */
async function issuerOf(look: Look) {
  const { identity } = await look.cluster();
  const issuer = (identity?.oidc?.issuer ?? '').replace(/^https:\/\//, '');
  const { partition, account } = look.environment;
  return { issuer, arn: `arn:${partition}:iam::${account}:oidc-provider/${issuer}` };
}

const deployAddons = ({ environment }: Look) => `npm run deploy -- ${environment.name}-addons`;

export const oidcProvider: DoctorCheck = {
  id: 'oidc-provider',
  title: 'IAM trusts the issuer of the cluster',
  needs: ['eks:DescribeCluster', 'iam:GetOpenIDConnectProvider'],
  explain:
    'The IAM OIDC provider was deleted, belongs to a cluster before this one, or has another audience.',
  run: async (look) => {
    if (look.environment.podIdentity !== 'irsa') return [];
    const { issuer, arn } = await issuerOf(look);
    const provider = await look.oidcProvider(arn);
    if (!provider) {
      return [
        {
          what: `IAM has no OIDC provider for the issuer of the cluster, so no pod gets a role`,
          seen: `iam:GetOpenIDConnectProvider does not find ${arn}`,
          remedy: `${deployAddons(look)}; on an existing cluster cluster.oidcProvider: 'create'`,
          issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1171',
        },
      ];
    }
    if (provider.ClientIDList?.includes(AUDIENCE)) return [];
    return [
      {
        what: `The OIDC provider of ${issuer} does not take tokens for ${AUDIENCE}`,
        seen: `its audiences are ${provider.ClientIDList?.join(', ') ?? 'none'}`,
        remedy: deployAddons(look),
      },
    ];
  },
};

export const controllerTrust: DoctorCheck = {
  id: 'controller-trust',
  title: "The controller's role trusts its ServiceAccount",
  needs: ['iam:GetRole'],
  explain:
    'The trust policy names another issuer (the cluster was made anew), another namespace or ServiceAccount (`sub`), or lacks the audience (`aud`).',
  run: async (look) => {
    const { roleName, namespace, name } = await wantedController(look);
    const role = await look.role(roleName);
    if (!role) {
      return [
        {
          what: `There is no role ${roleName}`,
          seen: 'iam:GetRole does not find it',
          remedy: deployAddons(look),
        },
      ];
    }
    const { issuer, arn } = await issuerOf(look);
    const wanted = podTrust(
      {
        type: look.environment.podIdentity,
        oidcProviderArn: arn,
        oidcIssuer: issuer,
        clusterName: look.environment.cluster.name,
      },
      { namespace, serviceAccount: name },
    );
    // The statement of the way that is in use; the other one is there so that the switch can be turned.
    const [first, second = first] = wanted;
    const needed = look.environment.podIdentity === 'irsa' ? first : second;
    const statements = (document: unknown) =>
      ((document as { Statement?: unknown[] } | null)?.Statement ?? []) as Readonly<
        Record<string, unknown>
      >[];
    const [statement] = statements(JSON.parse(policyDocument(needed ? [needed] : [])));
    const found = statements(documentOf(role.AssumeRolePolicyDocument));
    if (found.some((each) => isDeepStrictEqual(each, statement))) return [];
    return [
      {
        what: `Role ${roleName} does not trust ServiceAccount ${namespace}/${name} of this cluster`,
        seen: `no statement of its trust policy is ${JSON.stringify(statement)}; it has ${JSON.stringify(found)}`,
        remedy: deployAddons(look),
        issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1935',
      },
    ];
  },
};

export const serviceAccount: DoctorCheck = {
  id: 'service-account',
  title: "The controller's ServiceAccount names its role",
  needs: ['iam:GetRole', 'Kubernetes'],
  explain:
    'Somebody installed the chart by hand, which makes a ServiceAccount without the annotation, or edited it.',
  run: async (look) => {
    const { roleName, namespace, name } = await wantedController(look);
    const accounts = await look.list(`/api/v1/namespaces/${namespace}/serviceaccounts`);
    const account: ClusterObject | undefined = accounts.find(({ metadata }) => metadata.name === name);
    if (!account) {
      return [
        {
          what: `There is no ServiceAccount ${namespace}/${name}`,
          seen: 'the cluster does not list it',
          remedy: deployAddons(look),
        },
      ];
    }
    const annotated = account.metadata.annotations?.[ROLE_ANNOTATION];
    const wanted = look.environment.podIdentity === 'irsa' ? (await look.role(roleName))?.Arn : undefined;
    if (annotated === wanted) return [];
    return [
      {
        what: `ServiceAccount ${namespace}/${name} names ${annotated ?? 'no role'}, not ${wanted ?? 'none'}`,
        seen: `annotation ${ROLE_ANNOTATION}`,
        remedy: deployAddons(look),
        issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4199',
      },
    ];
  },
};

export const podIdentity: DoctorCheck = {
  id: 'pod-identity',
  title: 'EKS Pod Identity gives the controller its role',
  needs: ['eks:ListPodIdentityAssociations', 'eks:DescribePodIdentityAssociation', 'Kubernetes'],
  explain: 'The association is gone or of another role, or the agent does not run on every node.',
  run: async (look) => {
    if (look.environment.podIdentity !== 'pod-identity') return [];
    const { roleName, namespace, name } = await wantedController(look);
    const association = await look.association(namespace, name);
    const role = association?.roleArn?.split('/').at(-1);
    const findings: DoctorFinding[] =
      role === roleName
        ? []
        : [
            {
              what: `ServiceAccount ${namespace}/${name} is associated with ${role === undefined ? 'no role' : `role ${role}`}, not with ${roleName}`,
              seen: 'eks:ListPodIdentityAssociations',
              remedy: deployAddons(look),
            },
          ];
    return findings.length > 0 ? findings : daemonSets(look, ['eks-pod-identity-agent']);
  },
};

export const runningIdentity: DoctorCheck = {
  id: 'running-identity',
  title: 'Running pods of the controller carry the identity that is wanted',
  needs: ['iam:GetRole', 'Kubernetes'],
  explain:
    'A pod gets its identity when it starts: one that runs since before podIdentity was turned, or the ServiceAccount was annotated, keeps what no longer holds.',
  run: async (look) => {
    const { podIdentity: way } = look.environment;
    const { namespace, name, roleName } = await wantedController(look);
    const arn = (await look.role(roleName))?.Arn;
    const pods = await controllerPods(look);
    const restart = `kubectl -n ${namespace} rollout restart deployment ${name}`;
    const findings = pods.flatMap(({ metadata, spec }): DoctorFinding[] => {
      const variables = new Map(
        spec.containers.flatMap(({ env = [] }) => env).map(({ name: key, value = '' }) => [key, value]),
      );
      const marked = metadata.annotations?.['eks-ingress/pod-identity'];
      const role = variables.get('AWS_ROLE_ARN');
      if (marked !== undefined && marked !== way)
        return [
          {
            what: `Pod ${metadata.name} still gets its role by ${marked}, not by ${way}`,
            seen: 'annotation eks-ingress/pod-identity of the pod',
            remedy: restart,
          },
        ];
      if (way === 'irsa' && role !== undefined && role !== arn)
        return [
          {
            what: `Pod ${metadata.name} carries ${role}, not ${arn ?? 'a role'}`,
            seen: 'its variable AWS_ROLE_ARN',
            remedy: restart,
          },
        ];
      return [];
    });
    if (findings.length > 0) return findings;
    const webhooks = await look.list('/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations');
    if (!webhooks.some(({ metadata }) => metadata.name === 'pod-identity-webhook'))
      throw new NotJudged(
        'the cluster has no pod-identity-webhook, whose variables in the pods would be looked at',
      );
    const variable = way === 'irsa' ? 'AWS_ROLE_ARN' : 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
    return pods
      .filter(
        ({ spec }) => !spec.containers.some(({ env = [] }) => env.some(({ name: key }) => key === variable)),
      )
      .map(({ metadata }) => ({
        what: `Pod ${metadata.name} carries no identity: it started before there was one`,
        seen: `it has no variable ${variable}`,
        remedy: restart,
      }));
  },
};
