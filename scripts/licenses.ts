/** The licences of the packages that a bundle holds: most of them ask that their text goes where the code goes. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
  readonly author?: string | { readonly name?: string };
}

/**
 * The text of all licences, in the order of the packages' names; the same for the same packages.
 *
 * @param modules paths of the modules in the bundle
 * @throws where a package comes without the text of its licence
 */
export async function licensesOf(modules: Iterable<string>): Promise<string> {
  const folders = new Set([...modules].map(packageFolder).filter((folder) => folder !== undefined));
  const texts = new Map<string, string>();
  for (const folder of folders) {
    const description = await readPackage(folder);
    const { name, version, license } = description;
    texts.set(`${name} ${version} (${String(license)})`, await licenseText(folder, description));
  }
  const inOrder = [...texts].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.map(([title, text]) => `${title}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the package that a module is part of; undefined for a module of this repository, or of no file. */
function packageFolder(module: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(module)?.[0];
}

async function readPackage(folder: string): Promise<Package> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Package;
}

async function licenseText(folder: string, description: Package): Promise<string> {
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  if (files.length === 0) return standardText(description);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
}

/** For packages that name the MIT licence, and forget its text. */
function standardText({ name, license, author }: Package): string {
  const holder = typeof author === 'object' ? author.name : author;
  if (license !== 'MIT' || !holder) {
    throw new Error(`${name} comes without the text of its licence, and cannot go into dist/licenses.txt.`);
  }
  return `The package has no text of its licence; this is the standard one, with the author as its package.json has it.\n\nCopyright (c) ${holder}\n\n${mit}`;
}

/** https://spdx.org/licenses/MIT.html */
const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
