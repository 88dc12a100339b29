import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../load-balancers/model';
import { ResolvedStack } from '../../../tools/preview/terraform-stack';

/** The value `v` of the only resource, in a stack beside another one. */
function value(v: unknown, json: object = {}, other: object = {}): unknown {
  const stacks = ResolvedStack.all([
    { name: 'other', text: JSON.stringify(other) },
    { name: 'own', text: JSON.stringify({ resource: { thing: { one: { v } } }, ...json }) },
  ]);
  const [resource] = stacks.flatMap((stack) => stack.resources('thing'));
  return resource?.values.v;
}

describe('references in Terraform JSON', () => {
  it.each([
    ['text', 'text'],
    ['', ''],
    [7, 7],
    [true, true],
    [null, null],
    ['a $${b} %%{c} $d %', 'a ${b} %{c} $d %'],
    ['${aws_vpc.main.id}', KNOWN_AFTER_APPLY],
    ['http://${aws_vpc.main.id}/a', `http://${KNOWN_AFTER_APPLY}/a`],
    ['${join(",", ["a}", "\\"}"])}!', `${KNOWN_AFTER_APPLY}!`],
    ['${unclosed', KNOWN_AFTER_APPLY],
    ['a %{ if true }b%{ endif }', KNOWN_AFTER_APPLY],
    ['${}', KNOWN_AFTER_APPLY],
    [
      ['${a.b.c}', { 'k-${a.b.c}': ['$${d}'] }],
      [KNOWN_AFTER_APPLY, { [`k-${KNOWN_AFTER_APPLY}`]: ['${d}'] }],
    ],
  ])('%j is %j', (template, expected) => {
    expect(value(template)).toEqual(expected);
  });

  const json = {
    locals: { port: 8080, list: ['a', 'b'] },
    data: { aws_subnet: { one: { id: 'subnet-1' } } },
    resource: {
      kubernetes_namespace_v1: { ns: { metadata: { name: 'shop', labels: { 'a.b': 'c' } } } },
      kubernetes_service_v1: {
        svc: { metadata: [{ namespace: '${kubernetes_namespace_v1.ns.metadata[0].name}' }] },
      },
      loop: { a: { x: '${loop.b.x}' }, b: { x: '${loop.a.x}' } },
    },
  };
  const within = (v: unknown) => value(v, { ...json, resource: { ...json.resource, thing: { one: { v } } } });

  it.each([
    ['${kubernetes_namespace_v1.ns.metadata[0].name}', 'shop'],
    ['${kubernetes_namespace_v1.ns.metadata.0.name}', KNOWN_AFTER_APPLY],
    ['${kubernetes_namespace_v1.ns.metadata[0].labels["a.b"]}', 'c'],
    ['${kubernetes_namespace_v1.ns.metadata[1].name}', KNOWN_AFTER_APPLY],
    ['${kubernetes_service_v1.svc.metadata[0].namespace}', 'shop'],
    ['${kubernetes_service_v1.svc.metadata[0].namespace}/a', 'shop/a'],
    ['${kubernetes_service_v1.svc.metadata[0].namespace.more}', KNOWN_AFTER_APPLY],
    ['${data.aws_subnet.one.id}', 'subnet-1'],
    ['${data.aws_subnet.two.id}', KNOWN_AFTER_APPLY],
    ['${local.port}', 8080],
    [':${local.port}', ':8080'],
    ['${local.list}', ['a', 'b']],
    ['${local.list[1]}', 'b'],
    ['${local.list}!', `${KNOWN_AFTER_APPLY}!`],
    ['${loop.a.x}', KNOWN_AFTER_APPLY],
    ['${var.x}', KNOWN_AFTER_APPLY],
  ])('%s within the stack is %j', (template, expected) => {
    expect(within(template)).toEqual(expected);
  });

  const other = {
    terraform: { backend: { s3: { bucket: 'states', key: 'dev/other', encrypt: true } } },
    resource: { aws_vpc: { main: { cidr_block: '10.0.0.0/16' } } },
    output: {
      name: { value: 'alb' },
      cidr: { value: '${aws_vpc.main.cidr_block}' },
      id: { value: '${aws_vpc.main.id}' },
      urls: { value: { 'user-service': 'ecr/user', list: ['a'] } },
    },
  };
  const state = (config: object, backend = 's3') => ({
    data: { terraform_remote_state: { 'other-state': { backend, config } } },
  });
  const OUTPUTS = 'data.terraform_remote_state.other-state.outputs';

  it.each([
    ['name', 'alb'],
    ['cidr', '10.0.0.0/16'],
    ['id', KNOWN_AFTER_APPLY],
    ['urls["user-service"]', 'ecr/user'],
    ['urls.list[0]', 'a'],
    ['none', KNOWN_AFTER_APPLY],
  ])('%s of another stack is %j', (output, expected) => {
    expect(
      value(`\${${OUTPUTS}.${output}}`, state({ key: 'dev/other', region: 'eu-west-1' }), other),
    ).toEqual(expected);
  });

  it.each([
    [state({ key: 'prod/other' })],
    [state({ bucket: 'states' })],
    [state({ path: 'dev/other' }, 'local')],
    [{ data: { terraform_remote_state: { 'other-state': {} } } }],
    [{}],
  ])("another state's outputs are unknown: %j", (json) => {
    expect(value(`\${${OUTPUTS}.name}`, json, other)).toBe(KNOWN_AFTER_APPLY);
  });

  it('reads outputs only of a state', () => {
    expect(
      value('${data.terraform_remote_state.other-state.backend}', state({ key: 'dev/other' }), other),
    ).toBe(KNOWN_AFTER_APPLY);
  });
});
