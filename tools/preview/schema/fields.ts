import { z } from 'zod';
import { KNOWN_AFTER_APPLY } from '../../../load-balancers/model';

/** Kinds of fields, each with what it is for a reader of the schema. */

export const ORUNKNOWN = `; ${KNOWN_AFTER_APPLY} if only AWS or the cluster can tell`;
export const unknown = z.literal(KNOWN_AFTER_APPLY);

export const string = (description: string) => z.string().describe(description);
export const stringOrUnknown = (description: string) => string(`${description}${ORUNKNOWN}`);
export const number = (description: string) => z.int().describe(description);
export const numberOrUnknown = (description: string) =>
  z.union([z.int(), unknown]).describe(`${description}${ORUNKNOWN}`);
export const boolean = (description: string) => z.boolean().describe(description);
export const booleanOrUnknown = (description: string) =>
  z.union([z.boolean(), unknown]).describe(`${description}${ORUNKNOWN}`);
export const texts = (description: string) => z.array(z.string()).describe(description);
export const array = <T extends z.ZodType>(item: T, description: string) =>
  z.array(item).describe(description);
export const choice = <const T extends readonly string[]>(all: T, description: string) =>
  z.enum(all).describe(description);
export const choiceOrUnknown = <const T extends readonly string[]>(all: T, description: string) =>
  z.enum([...all, KNOWN_AFTER_APPLY]).describe(`${description}${ORUNKNOWN}`);
/** A part that the schema has by its name. */
export const part = <T extends z.ZodRawShape>(id: string, description: string, shape: T) =>
  z.strictObject(shape).meta({ id, description });
