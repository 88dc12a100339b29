import { deploymentV1SpecTemplateSpecToTerraform } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { oneOf, type Problem } from '../../load-balancers/problem';

/** Fields of a pod that a service has fields of its own for, or that its other objects rely on. */
const OWN: Readonly<Record<string, string>> = {
  serviceAccountName: 'remove it: the ServiceAccount is made with its role',
  automountServiceAccountToken: 'write serviceAccountToken instead',
  securityContext: 'write securityContext of the service instead',
  nodeSelector: 'write nodeSelector of the service instead',
  toleration: 'write tolerations of the service instead',
  imagePullSecrets: 'write imagePullSecrets of the service instead',
  terminationGracePeriodSeconds: 'remove it: it fits the time that load balancers take to let go of a pod',
  restartPolicy: 'remove it: pods of a Deployment are always started again',
};

/** What is wrong with the rest of a pod: fields that are made otherwise, or that the provider would drop without a word. */
export function podSpecProblems(podSpec: Readonly<Record<string, unknown>>): Problem[] {
  const owned = Object.entries(podSpec).flatMap(([key, value]): Problem[] => {
    const remedy = OWN[key];
    return remedy === undefined ? [] : [{ path: key, value, reason: 'the service makes it itself', remedy }];
  });
  const rest = Object.fromEntries(Object.entries(podSpec).filter(([key]) => OWN[key] === undefined));
  return [...owned, ...unknownFields(rest, written(rest), [])];
}

/** As the bindings write it, with a name for every field that there is. */
function written(podSpec: Readonly<Record<string, unknown>>): unknown {
  try {
    return deploymentV1SpecTemplateSpecToTerraform(podSpec);
  } catch {
    // A text where a list should be, and the like: the fields below it are not told apart.
    return undefined;
  }
}

function unknownFields(given: unknown, made: unknown, path: readonly string[]): Problem[] {
  if (Array.isArray(given)) {
    return given.flatMap((each, index) =>
      unknownFields(each, Array.isArray(made) ? made[index] : made, [...path, `${index}`]),
    );
  }
  if (typeof given !== 'object' || given === null) return [];
  if (typeof made !== 'object' || made === null) {
    return [
      {
        path: path.join('.'),
        value: given,
        reason: "not the form that the provider's pod has here",
        remedy: 'write it as in the documents of kubernetes_deployment_v1, in camel case',
      },
    ];
  }
  const fields = made as Readonly<Record<string, unknown>>;
  return Object.entries(given).flatMap(([key, value]): Problem[] => {
    const snake = snakeCase(key);
    if (!key.includes('_') && snake in fields) return unknownFields(value, fields[snake], [...path, key]);
    // Labels and the like have keys of any name, which are written as they are.
    if (fields[key] !== undefined) return [];
    return [
      {
        path: [...path, key].join('.'),
        value,
        reason: "the provider's pod has no such field here, and would leave it out without a word",
        remedy: oneOf(key, Object.keys(fields).map(camelCase)),
      },
    ];
  });
}

const snakeCase = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camelCase = (name: string) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
