/** A phone with a browser on it: real Chromium, a small touch screen. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/find-chromium.ts';

declare global {
  // The types of playwright-core name those of a page, which TypeScript knows only for programs that run in one.
  interface Node {
    readonly nodeName: string;
  }
  interface Element extends Node {
    readonly outerHTML: string;
    readonly scrollWidth: number;
  }
  interface HTMLElement extends Element {
    hidden: boolean;
  }
  interface SVGElement extends Element {
    readonly id: string;
  }
  interface HTMLElementTagNameMap {
    readonly html: HTMLElement;
  }
}

const screen = { width: 360, height: 640 };
// A finger needs so many CSS pixels: WCAG 2.2, success criterion 2.5.5.
const smallestTarget = 44;

export interface Phone extends AsyncDisposable {
  readonly page: Page;
  /** Waits for a page of the sandbox, checks that it suits a phone, and keeps a picture of it in SCREENSHOTS, if set. */
  arriveAt(name: string, picture?: string): Promise<void>;
}

export async function openPhone({ dark = false }: { readonly dark?: boolean } = {}): Promise<Phone> {
  const browser = await chromium.launch({ executablePath: findChromium() });
  const context = await browser.newContext({
    viewport: screen,
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    colorScheme: dark ? 'dark' : 'light',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return {
    page,
    async arriveAt(name, picture = name) {
      await page.locator(`body[data-page="${name}"]`).waitFor();
      await keepPicture(page, picture);
      await suitsAPhone(page);
      assert.deepEqual(complaints, [], 'the browser complains');
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

async function suitsAPhone(page: Page): Promise<void> {
  const content = await page.locator('html').evaluate((html) => html.scrollWidth);
  assert.ok(content <= screen.width, `the page is ${content} pixels wide, and must be scrolled sideways`);
  for (const target of await page.locator('button, a, input:not([type=hidden])').all()) {
    const box = await target.boundingBox();
    const what = await target.evaluate((element) => element.outerHTML.slice(0, 80));
    assert.ok(box && box.height >= smallestTarget, `too low for a finger (${box?.height}): ${what}`);
    assert.ok(box.x >= 0 && box.x + box.width <= screen.width, `beyond the edge: ${what}`);
  }
}
