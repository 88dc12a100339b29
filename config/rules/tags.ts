import { repeated, type EnvironmentRule } from './rule';

/** AWS takes 50 tags; a resource may get four more: Project, Environment, ManagedBy and Name. */
const MOST = 50 - 4;

/** Keys that mean something to others, and what they would do on every resource. */
const REFUSED: readonly { readonly keys: RegExp; readonly reason: string; readonly remedy: string }[] = [
  {
    keys: /^(kubernetes\.io\/role\/|(elbv2|ingress|service)\.k8s\.aws\/)/,
    reason:
      'on every resource it would tell the load balancer controller what is not so: it finds subnets and its own by such tags',
    remedy: 'remove it; what needs it gets it',
  },
  {
    keys: /^kubernetes\.io\/cluster\//,
    reason:
      "it would mark every security group as the cluster's, and a node with two such groups gets no targets registered",
    remedy: 'remove it; subnets and security groups that need it get it',
  },
  {
    keys: /^(Project|Environment|ManagedBy|Name)$/i,
    reason: 'the project sets this tag itself',
    remedy: 'write another key, such as Owner',
  },
];

/** Tags of the environment don't get in the way of those that the project or the controller relies on. */
export const tagsRule: EnvironmentRule = function* ({ tags: values }) {
  for (const { entry, first } of repeated(Object.keys(values), (key) => key.toLowerCase())) {
    yield {
      path: `tags.${entry}`,
      value: values[entry],
      reason: `IAM tells keys apart without regard to case, and ${first.entry} is there already`,
      remedy: 'write one of them',
    };
  }
  for (const { keys, reason, remedy } of REFUSED) {
    for (const [key, value] of Object.entries(values).filter(([key]) => keys.test(key))) {
      yield { path: `tags.${key}`, value, reason, remedy };
    }
  }
  if (Object.keys(values).length > MOST)
    yield {
      path: 'tags',
      value: Object.keys(values).length,
      reason: 'AWS takes 50 tags on a resource, of which the project needs 4',
      remedy: `write at most ${MOST}`,
    };
};
