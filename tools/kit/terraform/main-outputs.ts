/** Outputs that a person uses, of all stacks. */
const MAIN = [
  'vpc_id',
  'private_subnet_ids',
  'cluster_name',
  'cluster_endpoint',
  'update_kubeconfig_command',
  'sample_url',
  'url',
  'service_urls',
  'network_load_balancer_hostnames',
  'target_group_binding_urls',
];
const WIDEST = 90;

/** Lines `name = value` of the outputs that a person uses; what is empty is left out. */
export function mainOutputs(outputs: Readonly<Record<string, unknown>>): string[] {
  return MAIN.flatMap((name) => {
    const text = textOf(outputs[name]);
    return text === '' || text === '{}' ? [] : [`${name} = ${text}`];
  });
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const whole = typeof value === 'string' ? value : JSON.stringify(value);
  return whole.length > WIDEST ? `${whole.slice(0, WIDEST - 1)}…` : whole;
}
