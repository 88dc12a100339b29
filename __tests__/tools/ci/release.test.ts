import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Github } from '../../../tools/kit/github';
import { release, releaseNotes } from '../../../tools/ci/release';
import { FakeGithub } from './fake-github';

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-28

### Added
- A thing.

## [1.1.0] - 2026-10-01
- Older.
`;
const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
  version: string;
};

let github: FakeGithub | undefined;
afterEach(async () => {
  await github?.stop();
  github = undefined;
});

describe('release', () => {
  it('has the part of the changelog that is about it', () => {
    expect(releaseNotes(CHANGELOG, '1.2.0')).toBe('### Added\n- A thing.');
    expect(releaseNotes(CHANGELOG, '1.1.0')).toBe('- Older.');
  });

  it.each(['1.0.0', '2'])('is none without one: %s', (other) => {
    expect(() => releaseNotes(CHANGELOG, other)).toThrow(`write a section ## [${other}]`);
  });

  it('is of the version that the package has', async () => {
    github = await FakeGithub.start({});
    await expect(release(Github.of(github.env), 'v99.0.0')).rejects.toThrow(
      `tag v99.0.0 is not version ${version} of package.json`,
    );
  });
});
