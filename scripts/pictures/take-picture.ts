import { chromium } from 'playwright-core';
import { findChromium } from '../find-chromium.ts';

/** Takes a picture of an HTML document, as wide as a phone and as high as the document. */
export async function takePicture(html: string, path: string): Promise<void> {
  await using browser = await chromium.launch({ executablePath: findChromium() });
  // The width of a phone in CSS pixels; a picture has twice as many.
  const page = await browser.newPage({ viewport: { width: 390, height: 1 }, deviceScaleFactor: 2 });
  await page.setContent(html);
  await page.screenshot({ path, fullPage: true });
}
