import { type Addons, type AddonRole, type NewCluster } from './environment';
import { ADDONS, knownAddon, type AddonSettings, type AddonsSettings } from './schema/addons';
import { type NewClusterSettings } from './schema/cluster';
import { addonVersions } from './tables';

interface Circumstances {
  readonly podIdentity: 'irsa' | 'pod-identity';
  readonly hardening: boolean;
  readonly partition: string;
}

/** Add-ons by what runs the pods: Auto Mode's nodes bring their own, Fargate has no place for an agent on the node. */
export function resolveAddons(
  { addons, kubernetesVersion }: NewClusterSettings,
  compute: NewCluster['compute'],
  circumstances: Circumstances,
): Addons {
  const nodes = compute.nodeGroups.length > 0;
  const onlyAutoMode = Boolean(compute.autoMode) && !nodes && compute.fargateProfiles.length === 0;
  const { vpcCni, others, ...rest } = addons;
  const wanted: Omit<AddonsSettings, 'others'> = {
    vpcCni: withCni(vpcCni, circumstances),
    ...rest,
  };
  const left: Partial<Record<string, boolean>> = {
    vpcCni: onlyAutoMode,
    kubeProxy: onlyAutoMode,
    coredns: onlyAutoMode,
    podIdentityAgent: !nodes,
  };
  const known = addonVersions()[kubernetesVersion] ?? {};
  const resolved = (name: string, { version, configuration, role }: AddonSettings, ownRole?: AddonRole) => ({
    version: version ?? known[name],
    ...(configuration && { configuration }),
    ...(role !== false && ownRole && { role: ownRole }),
  });
  return Object.fromEntries([
    ...(Object.keys(ADDONS) as (keyof typeof ADDONS)[]).flatMap((field) => {
      const settings = wanted[field];
      if (settings === false || left[field]) return [];
      const { name } = ADDONS[field];
      return [[name, resolved(name, settings, roleOf(field, settings, circumstances))] as const];
    }),
    ...Object.entries(others).map(
      ([name, settings]) => [name, resolved(name, settings, ownRole(settings))] as const,
    ),
  ]);
}

/** The switches of the CNI as its configuration says them: all values are texts there. */
function withCni(
  { prefixDelegation, networkPolicy, ...settings }: AddonsSettings['vpcCni'],
  { hardening }: Circumstances,
): AddonsSettings['vpcCni'] {
  const env = {
    ...(prefixDelegation && { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' }),
    ...(settings.configuration?.env as Record<string, string> | undefined),
  };
  const configuration = {
    ...((networkPolicy ?? hardening) && { enableNetworkPolicy: 'true' }),
    ...settings.configuration,
    ...(Object.keys(env).length > 0 && { env }),
  };
  return {
    ...settings,
    prefixDelegation,
    networkPolicy,
    ...(Object.keys(configuration).length > 0 && { configuration }),
  };
}

/** Nodes have the CNI's permissions, unless its pods have a role: Pod Identity alone can bind one before there are nodes. */
function roleOf(
  field: keyof typeof ADDONS,
  settings: AddonSettings,
  { podIdentity, hardening, partition }: Circumstances,
): AddonRole | undefined {
  const { serviceAccount, policies, statements = [] } = knownAddon(field);
  const isWanted =
    field === 'vpcCni'
      ? Boolean(settings.role ?? hardening) && podIdentity === 'pod-identity'
      : Boolean(settings.role) || policies !== undefined || statements.length > 0;
  const [namespace, name] = serviceAccount?.split('/') ?? [];
  if (!isWanted) return undefined;
  return ownRole(settings, {
    namespace,
    serviceAccount: name,
    managedPolicyArns: Object.fromEntries(
      Object.entries(policies ?? {}).map(([key, policy]) => [
        key,
        `arn:${partition}:iam::aws:policy/${policy}`,
      ]),
    ),
    statements: statements.map(({ actions, resources }) => ({
      actions: [...actions],
      resources: resources.map((arn) => arn.replace(/^arn:aws:/, `arn:${partition}:`)),
    })),
  });
}

/** What a person says of a role wins over what is known of the add-on. */
function ownRole({ role }: AddonSettings, known: Partial<AddonRole> = {}): AddonRole | undefined {
  const { serviceAccount, namespace, policyArns, permissions = [] } = role || {};
  const name = serviceAccount ?? known.serviceAccount;
  // A rule asks for it where it isn't known.
  if (name === undefined || (role === undefined && known.serviceAccount === undefined)) return undefined;
  return {
    namespace: namespace ?? known.namespace ?? 'kube-system',
    serviceAccount: name,
    managedPolicyArns: policyArns
      ? Object.fromEntries(policyArns.map((arn) => [arn.replace(/^.*\//, ''), arn]))
      : (known.managedPolicyArns ?? {}),
    statements: [...(policyArns ? [] : (known.statements ?? [])), ...permissions],
  };
}
