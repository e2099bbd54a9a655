/** Draws the icons of the desktop app from `resources/icon.svg`: `node tools/buildIcons.ts`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';

const resources = join(import.meta.dirname, '..', 'resources');
/** Pixels of each side: the packages make all others from the first; the tray has one of its own. */
const sizes = { 'icon.png': 1024, 'icon-tray.png': 32 };

const svg = await readFile(join(resources, 'icon.svg'), 'utf8');
const executablePath = process.env.PLAYHEAD_CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, size] of Object.entries(sizes)) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`,
  );
  await writeFile(join(resources, name), await page.screenshot({ omitBackground: true }));
}
await browser.close();
