import { oneOf } from '../nearest';
import { ADDONS, knownAddon, type AddonSettings, type AddonsSettings } from '../schema/addons';
import { addonMinors, addonVersions } from '../tables';
import { ownCluster, type Finding, type EnvironmentRule } from './rule';

/** Add-ons are ones that the Kubernetes version has, told only what they understand, with a role where they need one. */
export const addonsRule: EnvironmentRule = function* (environment) {
  const cluster = ownCluster(environment);
  if (!cluster) return;
  const { addonSettings: settings, kubernetesVersion } = cluster;
  for (const field of Object.keys(ADDONS) as (keyof typeof ADDONS)[]) {
    const addon = settings[field];
    if (addon === false) continue;
    const path = `cluster.addons.${field}`;
    yield* version(ADDONS[field].name, addon, path, kubernetesVersion);
    yield* configuration(field, addon, path);
    yield* role(field, addon, path);
  }
  yield* cniRole(settings, environment.podIdentity);
  yield* cniSwitches(settings.vpcCni);
  for (const [name, addon] of Object.entries(settings.others)) {
    yield* other(name, addon);
  }
};

/** Minor versions that were seen, or that AWS recommends at least. */
function* version(
  name: string,
  { version: value }: AddonSettings,
  path: string,
  kubernetes: string,
): Iterable<Finding> {
  // Newer than the cluster is an error of its own.
  if (value === undefined || name === 'kube-proxy') return;
  const [oldest, newest] = addonMinors()[kubernetes]?.[name] ?? [];
  const minor = /^v(\d+)\.(\d+)\./.exec(value);
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
  const own = minor ? number(`${minor[1]}.${minor[2]}`) : 0;
  if (!oldest || (own >= number(oldest) && (!newest || own <= number(newest)))) return;
  const known = addonVersions()[kubernetes]?.[name];
  yield {
    path: `${path}.version`,
    value,
    reason: `for Kubernetes ${kubernetes} EKS is known to have ${name} ${newest ? `${oldest} to ${newest}` : `${oldest} or later`}`,
    remedy: `write ${known ? `'${known}'` : 'a version'} of aws eks describe-addon-versions --addon-name ${name} --kubernetes-version ${kubernetes}, or leave it out`,
    warning: true,
  };
}

/** Keys that an add-on doesn't know fail at apply, and so do texts that aren't texts. */
function* configuration(
  field: keyof typeof ADDONS,
  { configuration: values = {} }: AddonSettings,
  path: string,
): Iterable<Finding> {
  const { configuration: known, name } = knownAddon(field);
  const where = `${path}.configuration`;
  for (const [key, value] of Object.entries(values)) {
    if (known !== undefined && !known.includes(key))
      yield {
        path: `${where}.${key}`,
        value,
        reason: `the schema of ${name} that is known here has no such key, and EKS refuses others`,
        remedy: `${oneOf(key, known)}; aws eks describe-addon-configuration shows the schema of a version`,
        warning: true,
      };
  }
  if (field === 'vpcCni') yield* texts(values, where);
}

function* texts(values: Readonly<Record<string, unknown>>, path: string): Iterable<Finding> {
  const { env, enableNetworkPolicy, enableWindowsIpam } = values;
  const all: Readonly<Record<string, unknown>> = {
    enableNetworkPolicy,
    enableWindowsIpam,
    ...Object.fromEntries(
      Object.entries((env ?? {}) as Readonly<Record<string, unknown>>).map(([key, value]) => [
        `env.${key}`,
        value,
      ]),
    ),
  };
  for (const [key, value] of Object.entries(all)) {
    if (value !== undefined && typeof value !== 'string')
      yield {
        path: `${path}.${key}`,
        value,
        reason: 'the add-on takes texts here, and EKS refuses anything else',
        remedy: `write '${JSON.stringify(value)}', in quotes`,
      };
  }
}

/** A role that allows nothing is one that was forgotten. */
function* role(field: keyof typeof ADDONS, { role: own }: AddonSettings, path: string): Iterable<Finding> {
  const { serviceAccount, policies, statements } = knownAddon(field);
  if (!own || policies || statements) return;
  yield* roleOfOther(own, `${path}.role`, serviceAccount !== undefined);
}

function* roleOfOther(
  { serviceAccount, policyArns = [], permissions }: Exclude<AddonSettings['role'], false | undefined>,
  path: string,
  isKnown: boolean,
): Iterable<Finding> {
  if (serviceAccount === undefined && !isKnown)
    yield {
      path: `${path}.serviceAccount`,
      value: undefined,
      reason: 'nothing says whose role it is',
      remedy:
        'write the ServiceAccount of the add-on, as aws eks describe-addon-configuration shows it, and its namespace',
    };
  if (policyArns.length + permissions.length === 0)
    yield {
      path,
      value: {},
      reason: 'no policy of this add-on is known here, so the role would allow nothing',
      remedy: 'write policyArns or permissions, as the documents of the add-on say',
    };
}

/** A switch that its field and the configuration say in two ways. */
function* cniSwitches({
  prefixDelegation,
  networkPolicy,
  configuration: values = {},
}: AddonsSettings['vpcCni']): Iterable<Finding> {
  const env = (values.env ?? {}) as Readonly<Record<string, unknown>>;
  const pairs = [
    ['prefixDelegation', prefixDelegation, 'env.ENABLE_PREFIX_DELEGATION', env.ENABLE_PREFIX_DELEGATION],
    ['networkPolicy', networkPolicy, 'enableNetworkPolicy', values.enableNetworkPolicy],
  ] as const;
  for (const [field, isOn, key, said] of pairs) {
    if (isOn !== true || said !== 'false') continue;
    yield {
      path: `cluster.addons.vpcCni.configuration.${key}`,
      value: said,
      reason: `cluster.addons.vpcCni.${field} is true, and this says the opposite`,
      remedy: 'remove one of the two',
    };
  }
}

/** It must be there before nodes are, when the IAM OIDC provider is not. */
function* cniRole({ vpcCni }: AddonsSettings, podIdentity: 'irsa' | 'pod-identity'): Iterable<Finding> {
  if (!vpcCni.role || podIdentity === 'pod-identity') return;
  yield {
    path: 'cluster.addons.vpcCni.role',
    value: vpcCni.role,
    reason:
      "with podIdentity 'irsa' it could be bound only after the nodes, which need the add-on before: it uses the nodes' role",
    remedy: "write podIdentity: 'pod-identity', or remove it",
  };
}

function* other(name: string, { role: own }: AddonSettings): Iterable<Finding> {
  const path = `cluster.addons.others.${name}`;
  const field = (Object.keys(ADDONS) as (keyof typeof ADDONS)[]).find((each) => ADDONS[each].name === name);
  if (field !== undefined) {
    yield {
      path,
      value: name,
      reason: 'it has a field of its own, which knows its role',
      remedy: `write cluster.addons.${field} instead`,
    };
    return;
  }
  if (own) yield* roleOfOther(own, `${path}.role`, false);
}
