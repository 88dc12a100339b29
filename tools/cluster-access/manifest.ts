import { stringify } from 'yaml';

/** Objects as kubectl reads them: a YAML document each. */
export function manifest(objects: readonly object[]): string {
  return objects
    .map((object) => `---\n${stringify(object, { aliasDuplicateObjects: false, lineWidth: 0 })}`)
    .join('');
}
