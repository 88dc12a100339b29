import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface SynthesizedResource {
  readonly '//'?: { readonly metadata?: { readonly path?: string } };
}

/**
 * What writes the paths of constructs in place of addresses: `vpc/private-0` is what a person has written, and
 * `aws_subnet.vpc_private-0_B6F1A2C3` what Terraform calls it.
 *
 * @param folder of a synthesized stack
 */
export function constructPaths(folder: string): (text: string) => string {
  const { resource = {}, data = {} } = JSON.parse(
    readFileSync(join(folder, 'cdk.tf.json'), 'utf8'),
  ) as Readonly<Record<'resource' | 'data', Record<string, Record<string, SynthesizedResource>> | undefined>>;
  const paths = new Map<string, string>();
  for (const [prefix, types] of [['', resource] as const, ['data.', data] as const]) {
    for (const [type, named] of Object.entries(types)) {
      for (const [id, { '//': about }] of Object.entries(named)) {
        const path = about?.metadata?.path?.split('/').slice(1).join('/');
        if (path) paths.set(`${prefix}${type}.${id}`, path);
      }
    }
  }
  return (text) =>
    text.replace(/\b(?:data\.)?[a-z][a-z0-9_]*\.[\w-]+/g, (address) => paths.get(address) ?? address);
}
