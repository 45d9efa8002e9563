import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findChromium } from '../find-chromium.ts';

const run = promisify(execFile);
const program = findChromium();

// As wide as a phone, in CSS pixels; a picture has twice as many.
const width = 390;
const scale = 2;

/** Makes a picture of an HTML document, as wide as a phone and as high as the document. */
export async function takePicture(html: string, path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'entra-picture-'));
  try {
    const file = join(folder, 'page.html');
    await writeFile(file, html);
    const height = await heightOf(html, folder);
    await chromium(folder, `--window-size=${width},${height}`, `--screenshot=${path}`, `file://${file}`);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function heightOf(html: string, folder: string): Promise<number> {
  const file = join(folder, 'measured.html');
  // A window is never as narrow as a phone while nothing is painted, so the body gets the width itself.
  const measure = `<script>document.body.style.width = '${width}px'; document.title = document.body.offsetHeight</script>`;
  await writeFile(file, html + measure);
  const dom = await chromium(folder, '--dump-dom', `file://${file}`);
  const height = /<title>(\d+)<\/title>/.exec(dom)?.[1];
  if (!height) throw new Error(`Chromium did not tell how high the page is:\n${dom.slice(0, 500)}`);
  return Number(height);
}

async function chromium(folder: string, ...options: readonly string[]): Promise<string> {
  const { stdout } = await run(
    program,
    [
      '--headless',
      // Its sandbox needs rights that a container does not give; the pages are our own.
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      `--force-device-scale-factor=${scale}`,
      `--user-data-dir=${join(folder, 'profile')}`,
      ...options,
    ],
    { timeout: 60_000 },
  );
  return stdout;
}
