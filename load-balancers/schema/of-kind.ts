import { z } from 'zod';
import { nothing, type AnyKind, type Fields, type Judgement, type ValueOf } from '../language';

type SchemaOf<K> = z.ZodType<ValueOf<K>, ValueOf<K>>;
type Shape<F extends Fields> = {
  [P in keyof F]: F[P] extends { readonly required: true } ? SchemaOf<F[P]> : z.ZodOptional<SchemaOf<F[P]>>;
};
type ObjectSchema<F extends Fields> = z.ZodObject<Shape<F>, z.core.$strict>;

/** Kinds are shared, and so are their schemas. */
const SCHEMAS = new WeakMap<object, z.ZodType>();

/** The schema of a kind: its type, and its judgements as issues. */
export function schemaOf<F extends Fields>(kind: {
  readonly form: { readonly type: 'object'; readonly fields: F };
}): ObjectSchema<F>;
export function schemaOf<K extends AnyKind>(kind: K): SchemaOf<K>;
export function schemaOf(kind: unknown): z.ZodType {
  return made(kind as AnyKind);
}

function made(kind: AnyKind): z.ZodType {
  const known = SCHEMAS.get(kind);
  if (known) return known;
  const base = baseOf(kind);
  const schema =
    kind.own === nothing
      ? base
      : base.superRefine((value, context) => {
          addIssues(kind.own(value as never), context);
        });
  SCHEMAS.set(kind, schema);
  return schema;
}

function baseOf({ form, limit }: AnyKind): z.ZodType {
  switch (form.type) {
    case 'text':
      return z.string();
    case 'words':
      return z.enum(form.words);
    case 'whole':
      return z.int({
        error: ({ input }) =>
          typeof input === 'string' && /^\d+$/.test(input)
            ? `write ${input}, without quotes`
            : `write a ${limit}`,
      });
    case 'flag':
      return form.only === undefined ? z.boolean('write true or false') : z.literal(form.only);
    case 'list': {
      const all = z.array(schemaOf(form.each));
      return form.few === undefined ? all : all.min(1, form.few);
    }
    case 'map':
      return z.record(z.string(), schemaOf(form.value));
    case 'object':
      return z.strictObject(
        Object.fromEntries(
          Object.entries(form.fields).map(([name, field]) => {
            const schema = schemaOf(field);
            return [name, field.required ? schema : schema.optional()];
          }),
        ),
      );
    case 'oneOf': {
      const options = form.kinds.map((kind) => schemaOf(kind));
      return form.by === undefined
        ? z.union(options, form.remedy)
        : z.discriminatedUnion(form.by, options as unknown as [z.ZodObject], form.remedy);
    }
  }
}

/** What may be right is no issue: the checks warn of it. */
function addIssues(all: readonly Judgement[], context: z.RefinementCtx): void {
  for (const { path, value, reason, remedy, warning } of all) {
    if (warning) continue;
    const isKey = path.length > 0 && path.at(-1) === value;
    context.addIssue({
      code: 'custom',
      path: [...path],
      message: remedy,
      params: { reason, ...(isKey && { value }) },
    });
  }
}
