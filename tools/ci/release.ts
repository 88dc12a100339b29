import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../kit/project';
import { type Github } from '../kit/github';

/**
 * The part of a changelog that is about one version.
 * @throws if there is none, or nothing in it
 */
export function releaseNotes(changelog: string, version: string): string {
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((each) => each.startsWith(`[${version}]`));
  const notes = section?.slice(section.indexOf('\n')).trim() ?? '';
  if (notes === '')
    throw new Error(`CHANGELOG.md has nothing on ${version}: write a section ## [${version}] - YYYY-MM-DD`);
  return notes;
}

/**
 * Makes a release of a tag that is there already.
 * @throws if the tag is not the version of the package
 */
export async function release(github: Github, tag: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };
  if (tag !== `v${version}`)
    throw new Error(
      `tag ${tag} is not version ${version} of package.json: tag v${version}, or raise the version`,
    );
  const body = releaseNotes(readFileSync(join(PROJECT, 'CHANGELOG.md'), 'utf8'), version);
  await github.request('POST', '/releases', { tag_name: tag, name: tag, body, draft: false });
}
