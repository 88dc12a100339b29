import { beforeAll, describe, expect, it } from '@jest/globals';
import { App, Fn, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { isUnknown, KNOWN_AFTER_APPLY, unknownInForm } from '../../../load-balancers/problem';
import { jsonWithTokens, Tokens, withoutNumbers, withoutTokens } from '../../../modules/tokens';

let stack: TerraformStack;
let text: string;
let number: number;
let list: string[];
let map: Record<string, string>;
let flag: boolean;

beforeAll(() => {
  stack = new TerraformStack(new App(), 'test');
  const variable = (name: string, type: string) => new TerraformVariable(stack, name, { type });
  text = variable('text', 'string').stringValue;
  number = variable('number', 'number').numberValue;
  list = variable('list', 'list(string)').listValue;
  map = Token.asStringMap(variable('map', 'map(string)').value);
  flag = variable('flag', 'bool').booleanValue as unknown as boolean;
});

/** What Terraform gets to read. */
function synthesized(value: unknown): unknown {
  const own = new TerraformStack(new App(), 'test');
  new TerraformOutput(own, 'it', { value });
  const { output } = JSON.parse(Testing.synth(own)) as {
    readonly output: { readonly it: { value: unknown } };
  };
  return output.it.value;
}

const pass = (value: unknown) => {
  const tokens = new Tokens();
  return synthesized(tokens.restore(tokens.hide(value)));
};

describe('Tokens', () => {
  it('gives back as it was what nobody changed', () => {
    const of = () => ({
      a: text,
      b: `x-${text}-${number}`,
      c: [number, 1],
      d: list,
      e: map,
      f: flag,
      g: [text, 'b'],
    });
    expect(pass(of())).toEqual(synthesized(of()));
    expect(pass({ b: undefined, c: [true, {}], d: `-1.5e+300` })).toEqual({
      c: [true, {}],
      d: '-1.5e+300',
    });
  });

  it('gives each token a mark of its own, which is unknown', () => {
    const [a, b, [c], d] = new Tokens().hide([text, number, list, { x: flag }] as const) as unknown as [
      string,
      string,
      [string],
      { x: string },
    ];
    const marks = [a, b, c, d.x];
    expect(new Set(marks).size).toBe(4);
    expect(marks.every(isUnknown)).toBe(true);
    expect(withoutNumbers(marks)).toEqual(Array(4).fill(KNOWN_AFTER_APPLY));
  });

  it('writes lists and maps into texts', () => {
    const tokens = new Tokens();
    const [subnets, tags] = tokens.hide([list, map] as const) as unknown as [
      string[],
      Record<string, string>,
    ];
    const all = tokens.restore({
      subnets: `a,${subnets.join(',')}`,
      tags: Object.entries(tags)
        .map((pair) => pair.join('='))
        .join(','),
    });
    expect(synthesized(all)).toEqual({
      subnets: 'a,${join(",", var.list)}',
      tags: '${join(",", formatlist("%s=%s", keys(var.map), values(var.map)))}',
    });
  });

  it('writes JSON in which only texts have quotes', () => {
    expect(
      synthesized(jsonWithTokens({ text, number, list, map, flag, more: [text, number], deep: [list] })),
    ).toBe(
      '{"text":"${var.text}","number":${var.number},"list":${jsonencode(var.list)},"map":${jsonencode(var.map)},' +
        '"flag":${var.flag},"more":["${var.text}",${var.number}],"deep":[${jsonencode(var.list)}]}',
    );
    expect(synthesized(jsonWithTokens({ quoted: `"${number}"` }))).toBe('{"quoted":"\\"${var.number}\\""}');
  });

  it('writes the form that the writer says', () => {
    const tokens = new Tokens();
    const marks = tokens.hide({ flag, number, map: Fn.merge([{}]) as unknown });
    const as = (mark: unknown, form: 'map' | 'on-off' | 'text') => unknownInForm(String(mark), form);
    const rendered = tokens.restore({
      text: `http2=${as(marks.flag, 'on-off')}`,
      json: JSON.stringify({ flag: as(marks.flag, 'on-off'), port: as(marks.number, 'text') }),
      map: as(marks.map, 'map'),
    });
    expect(synthesized(rendered)).toEqual({
      text: 'http2=${var.flag ? "on" : "off"}',
      json: '{"flag":"${var.flag ? "on" : "off"}","port":"${var.number}"}',
      map: '${join(",", formatlist("%s=%s", keys(merge({})), values(merge({}))))}',
    });
  });
});

describe('withoutTokens', () => {
  it('marks what is known at apply, wherever it is', () => {
    expect(
      withoutTokens({ a: `x-${text}`, b: [number, 1], c: list, d: { e: true, f: null }, g: map }),
    ).toEqual({
      a: `x-${KNOWN_AFTER_APPLY}`,
      b: [KNOWN_AFTER_APPLY, 1],
      c: [KNOWN_AFTER_APPLY],
      d: { e: true, f: null },
      g: { [KNOWN_AFTER_APPLY]: KNOWN_AFTER_APPLY },
    });
  });
});
