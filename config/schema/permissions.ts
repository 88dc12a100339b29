import { z } from 'zod';
import { textLike } from './primitives';

/** One IAM statement of a role. `Allow` is implied. */
export const permission = z.strictObject({
  actions: z.array(textLike(/^[a-z0-9-]+:[A-Za-z0-9*]+$/, 'write an IAM action such as s3:GetObject')).min(1),
  resources: z.array(z.string().min(1)).min(1),
});
