import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import Ajv, { type AnySchema, type ValidateFunction } from 'ajv';
import { type Preview } from '../../../tools/preview/preview';
import { FULL, ingress, manifests, previewOf, service } from './support';

type Plain<T> = T extends object ? { -readonly [Key in keyof T]: Plain<T[Key]> } : T;

const FILE = join(__dirname, '..', '..', '..', 'docs', 'preview.schema.json');

const SCHEMA = JSON.parse(readFileSync(FILE, 'utf8')) as AnySchema;

describe('the schema of a preview', () => {
  it('takes no field that it does not name', () => {
    const open: string[] = [];
    const visit = (value: unknown, path: string) => {
      if (typeof value !== 'object' || value === null) return;
      const { properties, additionalProperties } = value as Readonly<Record<string, unknown>>;
      if (properties && additionalProperties !== false) open.push(path);
      for (const [key, each] of Object.entries(value)) visit(each, `${path}/${key}`);
    };
    visit(SCHEMA, '');
    expect(open).toEqual([]);
  });

  describe('as a validator', () => {
    let validate: ValidateFunction;
    beforeAll(() => {
      validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(SCHEMA);
    });
    const problems = (value: unknown) => {
      void validate(JSON.parse(JSON.stringify(value)));
      return validate.errors ?? [];
    };

    it('takes previews', () => {
      expect(problems(previewOf(FULL))).toEqual([]);
      expect(problems(previewOf(''))).toEqual([]);
      const redirect = ingress({
        annotations: { 'actions.web': '{"type":"redirect","redirectConfig":{"statusCode":"HTTP_301"}}' },
      }).replace('"number":80', '"name":"use-annotation"');
      expect(problems(previewOf(manifests(redirect, service())))).toEqual([]);
      const frontend = ingress({ annotations: { 'enable-frontend-nlb': 'true' } });
      expect(problems(previewOf(manifests(frontend, service())))).toEqual([]);
    });

    it.each<[string, (model: Plain<Preview>) => void]>([
      ['a field that there is not', (model) => Object.assign(model, { More: 1 })],
      ['a field less', (model) => Reflect.deleteProperty(model, 'Notes')],
      ['another word', (model) => Object.assign(model.LoadBalancers[0] ?? {}, { Type: 'classic' })],
      ['another type', (model) => Object.assign(model.LoadBalancers[0]?.Listeners[0] ?? {}, { Port: '80' })],
      [
        'an unknown number',
        (model) => Object.assign(model.LoadBalancers[0]?.TargetGroups[0] ?? {}, { Port: '?' }),
      ],
      [
        'a field of another action',
        (model) =>
          Object.assign(model.LoadBalancers[0]?.Listeners[0]?.DefaultActions[0] ?? {}, { ForwardConfig: {} }),
      ],
      [
        'a field that there is not in an Origin',
        (model) => Object.assign(model.LoadBalancers[0]?.Origin.Scheme?.[0] ?? {}, { Line: 1 }),
      ],
    ])('does not take %s', (_, spoil) => {
      const model = JSON.parse(JSON.stringify(previewOf(FULL))) as Plain<Preview>;
      spoil(model);
      expect(problems(model)).not.toEqual([]);
    });
  });
});
