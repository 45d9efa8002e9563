/**
 * Prints the notes of a release: what CHANGELOG.md says of the version, how to pin it, and how to verify it.
 *
 *     node scripts/release-notes.ts v1.2.3 contoso/entra-user-token COMMIT
 */
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

/**
 * How users pin a release, and how they check where it comes from.
 *
 * @param repository such as `contoso/entra-user-token`
 * @param commit that the tag names
 */
export function pinAndVerify(tag: string, repository: string, commit: string): string {
  return `### Use this release

\`\`\`yaml
uses: ${repository}@${commit} # ${tag}
\`\`\`

The release is immutable. \`action.yml\`, the files of \`dist/\`, and \`cli.js\` have a provenance attestation:

\`\`\`sh
gh release verify ${tag} --repo ${repository}
gh release download ${tag} --repo ${repository} --pattern cli.js
gh attestation verify cli.js --repo ${repository}
\`\`\`
`;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const changelog = await readFile(join(root, 'CHANGELOG.md'), 'utf8');
  const [tag = '', repository = '', commit = ''] = process.argv.slice(2);
  process.stdout.write(`${releaseNotes(tag, version, changelog)}\n${pinAndVerify(tag, repository, commit)}`);
}
