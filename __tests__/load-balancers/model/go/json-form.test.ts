import { describe, expect, it } from '@jest/globals';
import {
  byKey,
  bool,
  fromJson,
  int32,
  intOrString,
  slice,
  optional,
  readJson,
  struct,
  goString,
  textByKey,
  goStrings,
} from '../../../../load-balancers/model/go/json-form';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model/unknown';
import { ingressOf, refusalOf } from '../ingress/given';

const TUPLE = struct('TargetGroupTuple', {
  serviceName: optional(goString()),
  servicePort: optional(intOrString),
  weight: optional(int32),
});
const ACTION = struct('Action', {
  type: goString('ingress.ActionType'),
  forwardConfig: optional(
    struct('ForwardActionConfig', { targetGroups: slice('ingress.TargetGroupTuple', TUPLE) }),
  ),
  params: textByKey,
  enabled: optional(bool),
  values: goStrings,
});

const read = (raw: string) => readJson(ingressOf({}, { test: raw }), 'test', ACTION);
const ZERO = { type: '', forwardConfig: undefined, params: {}, enabled: undefined, values: [] };
const tuplesOf = (tuples: string) => `{"forwardConfig":{"targetGroups":${tuples}}}`;

describe('JSON', () => {
  it('fills what it names, and leaves zero values for all else', () => {
    expect(
      read(
        ' { "type" : "a\\u0062\\n" , "params":{"k":"v","n":null}, "enabled":true,"values":["é",null], "other":[1e5,-0.5,false] } ',
      ),
    ).toEqual({ ...ZERO, type: 'ab\n', params: { k: 'v', n: '' }, enabled: true, values: ['é', ''] });
    expect(read('null')).toEqual(ZERO);
    expect(read('{}')).toEqual(ZERO);
    expect(read('{"values":[],"params":{},"enabled":null,"type":null}')).toEqual(ZERO);
    expect(readJson(ingressOf({}), 'test', ACTION)).toBeUndefined();
  });

  it('matches names whatever their case; the last one counts', () => {
    expect(read('{"Type":"a","TYPE":"b","enabled":true,"Enabled":false}')).toMatchObject({
      type: 'b',
      enabled: false,
    });
  });

  it('fills numbers and ports', () => {
    expect(read(tuplesOf('[null,{"weight":-0,"servicePort":80},{"servicePort":"80"}]'))).toMatchObject({
      forwardConfig: { targetGroups: [{}, { weight: 0, servicePort: 80 }, { servicePort: '80' }] },
    });
  });

  it('may stand by itself', () => {
    expect(fromJson('[{"HTTP":80},{}]', slice('map[string]int32', byKey('int32', int32)))).toEqual([
      { HTTP: 80 },
      {},
    ]);
    const single = struct('Action', { type: optional(goString()) }, 'service');
    expect(() => fromJson('[]', single)).toThrow(
      'json: cannot unmarshal array into Go value of type service.Action',
    );
  });

  it('is unknown where it is not known yet', () => {
    expect(read(KNOWN_AFTER_APPLY)).toBe(KNOWN_AFTER_APPLY);
    expect(read(tuplesOf(`[{"weight":${KNOWN_AFTER_APPLY}}]`))).toBe(KNOWN_AFTER_APPLY);
    expect(read(`{"type":"${KNOWN_AFTER_APPLY}"}`)).toMatchObject({ type: KNOWN_AFTER_APPLY });
  });

  // What Go 1.26 says of the same.
  it.each([
    [
      '{"type":1}',
      'json: cannot unmarshal number into Go struct field Action.type of type ingress.ActionType',
    ],
    [
      '{"type":true}',
      'json: cannot unmarshal bool into Go struct field Action.type of type ingress.ActionType',
    ],
    [
      '{"type":{}}',
      'json: cannot unmarshal object into Go struct field Action.type of type ingress.ActionType',
    ],
    ['{"enabled":"true"}', 'json: cannot unmarshal string into Go struct field Action.enabled of type bool'],
    ['{"values":["a",1]}', 'json: cannot unmarshal number into Go struct field Action.values of type string'],
    ['{"values":"a"}', 'json: cannot unmarshal string into Go struct field Action.values of type []string'],
    ['{"params":{"a":1}}', 'json: cannot unmarshal number into Go struct field Action.params of type string'],
    [
      '{"params":[1]}',
      'json: cannot unmarshal array into Go struct field Action.params of type map[string]string',
    ],
    [
      '{"forwardConfig":[]}',
      'json: cannot unmarshal array into Go struct field Action.forwardConfig of type ingress.ForwardActionConfig',
    ],
    [
      tuplesOf('{}'),
      'json: cannot unmarshal object into Go struct field ForwardActionConfig.forwardConfig.targetGroups ' +
        'of type []ingress.TargetGroupTuple',
    ],
    [
      tuplesOf('["a"]'),
      'json: cannot unmarshal string into Go struct field ForwardActionConfig.forwardConfig.targetGroups ' +
        'of type ingress.TargetGroupTuple',
    ],
    [
      tuplesOf('[{"weight":1.0}]'),
      'json: cannot unmarshal number 1.0 into Go struct field TargetGroupTuple.forwardConfig.targetGroups.weight ' +
        'of type int32',
    ],
    [
      tuplesOf('[{"weight":99999999999}]'),
      'json: cannot unmarshal number 99999999999 into Go struct field ' +
        'TargetGroupTuple.forwardConfig.targetGroups.weight of type int32',
    ],
    [
      tuplesOf('[{"servicePort":true}]'),
      'json: cannot unmarshal bool into Go struct field TargetGroupTuple.forwardConfig.targetGroups.servicePort ' +
        'of type int32',
    ],
    ['[]', 'json: cannot unmarshal array into Go value of type ingress.Action'],
    ['3', 'json: cannot unmarshal number into Go value of type ingress.Action'],
    ['', 'unexpected end of JSON input'],
    ['{', 'unexpected end of JSON input'],
    ['{"type":"a', 'unexpected end of JSON input'],
    ['[1', 'unexpected end of JSON input'],
    ['{"type":"a"} x', "invalid character 'x' after top-level value"],
    ['{"a":1}}', "invalid character '}' after top-level value"],
    ['{"type":"a",}', "invalid character '}' looking for beginning of object key string"],
    ["{'type':1}", "invalid character '\\'' looking for beginning of object key string"],
    ['{"type" "a"}', `invalid character '"' after object key`],
    ['{"type":"a" "b":1}', `invalid character '"' after object key:value pair`],
    ['[1 2]', "invalid character '2' after array element"],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ['trux', "invalid character 'x' in literal true (expecting 'e')"],
    ['nul', "invalid character ' ' in literal null (expecting 'l')"],
    ['false0', "invalid character '0' after top-level value"],
    ['{"type":"\n"}', "invalid character '\\n' in string literal"],
    ['{"type":"\\q"}', "invalid character 'q' in string escape code"],
    ['{"type":"\\u12g4"}', "invalid character 'g' in \\u hexadecimal character escape"],
    ['01', "invalid character '1' after top-level value"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1E+x', "invalid character 'x' in exponent of numeric literal"],
  ])('%s is refused', (raw, reason) => {
    const refusal = refusalOf(() => read(raw));
    expect(refusal.message).toBe(
      `failed to parse json annotation, alb.ingress.kubernetes.io/test: ${raw}: ${reason}`,
    );
    expect(refusal.source).toEqual({
      Kind: 'Ingress',
      Name: 'shop/app',
      Annotation: 'alb.ingress.kubernetes.io/test',
    });
  });
});
