/** Prints what CHANGELOG.md says of the version that a tag names, as the notes of its release. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The part of a changelog below the heading of a version.
 *
 * @param tag such as `v1.2.3`
 * @param version of package.json
 * @throws where the tag is not that version, or the changelog does not have it
 * @see https://keepachangelog.com/en/1.1.0/
 */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`) {
    throw new Error(
      `The tag is ${tag}, and package.json says ${version}: tag the commit that raises the version.`,
    );
  }
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}]`));
  const notes = section?.slice(section.indexOf('\n')).trim();
  if (!notes) throw new Error(`CHANGELOG.md has nothing under "## [${version}]".`);
  return `${notes}\n`;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const changelog = await readFile(join(root, 'CHANGELOG.md'), 'utf8');
  process.stdout.write(releaseNotes(process.argv[2] ?? '', version, changelog));
}
