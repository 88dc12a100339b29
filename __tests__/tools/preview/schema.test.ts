import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type AnySchema } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import { type z } from 'zod';
import { type Preview } from '../../../tools/preview/preview';
import { jsonSchema, type previewSchema } from '../../../tools/preview/schema';
import { FULL, ingress, manifests, previewOf, service } from './support';

type Plain<T> = T extends object ? { -readonly [Key in keyof T]: Plain<T[Key]> } : T;
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- only so are types compared, not values that fit */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */

const FILE = join(__dirname, '..', '..', '..', 'docs', 'preview.schema.json');

describe('the schema of a preview', () => {
  it('has the fields of its type, no more and no less', () => {
    // Held by the compiler.
    const same: Same<Plain<z.infer<typeof previewSchema>>, Plain<Preview>> = true;
    expect(same).toBe(true);
  });

  it('is what the document has', () => {
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(jsonSchema());
  });

  it('describes each field, and takes no other', () => {
    const bare: string[] = [];
    const open: string[] = [];
    const visit = (value: unknown, path: string) => {
      if (typeof value !== 'object' || value === null) return;
      const { properties, additionalProperties } = value as {
        properties?: Record<string, { description?: string; $ref?: string }>;
        additionalProperties?: unknown;
      };
      if (properties && additionalProperties !== false) open.push(path);
      for (const [name, { description, $ref }] of Object.entries(properties ?? {})) {
        if (!description && !$ref) bare.push(`${path}/${name}`);
      }
      for (const [key, each] of Object.entries(value)) visit(each, `${path}/${key}`);
    };
    const schema = jsonSchema() as { $defs: Record<string, { description?: string }> };
    visit(schema, '');
    expect(bare).toEqual([]);
    expect(open).toEqual([]);
    expect(Object.values(schema.$defs).filter(({ description }) => !description)).toEqual([]);
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
  });

  describe('as a validator', () => {
    let validate: ReturnType<Ajv2020['compile']>;
    beforeAll(() => {
      validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(jsonSchema() as AnySchema);
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
