/** A page of another origin, in a real Chromium, tries for a while to read from the server or to call it. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { Attack } from '../attack.ts';
import { RunningPlayhead } from '../running/startPlayhead.ts';

const programs = join(import.meta.dirname, '..', 'programs');
const systemChromium = process.env.PLAYHEAD_CHROMIUM ?? '/usr/bin/chromium';
const executablePath = [systemChromium, chromium.executablePath()].find((path) => existsSync(path));

export const foreignPage: Attack = {
  name: 'a page of another origin in Chromium, for 30 s a case',
  never: 'it reads something, opens a call, or the server ends or complains',
  cases: 10,
  missing: executablePath ? null : 'no Chromium is installed',
  run: () => visit(30),
  control: () => visit(3, join(programs, 'openServer.ts')),
  controlCases: 1,
};

/** @param program in place of Playhead */
export async function visit(seconds: number, program?: string): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-page-'));
  const page = await readFile(join(programs, 'foreignPage.html'));
  const site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page));
  await once(site.listen(0, '127.0.0.1'), 'listening');
  const playhead = new RunningPlayhead({ library: join(folder, 'library'), ...(program ? { program } : {}) });
  const browser = await chromium.launch({ executablePath, args: browserFlags });
  try {
    const { origin } = new URL(await playhead.address);
    const tab = await browser.newPage();
    await tab.goto(`http://localhost:${(site.address() as AddressInfo).port}/?target=${encodeURIComponent(origin)}`);
    await tab.waitForTimeout(seconds * 1000);
    const { got, tries } = await tab.evaluate<{ got: string[]; tries: number }>('({ got, tries })');
    if (process.env.PLAYHEAD_ATTACK_LOUD) console.log(`${tries} tries`);
    if (got.length > 0) return `${got.length} times, first ${got[0]}`;
    if (tries < seconds) return `the page tried only ${tries} times, which shows nothing`;
    const status = await fetch(origin).then((response) => response.status, String);
    // Before the first build there is no page to give, and a server that says so is well.
    const isWell = (status === 200 || status === 404) && playhead.isRunning && playhead.complaints === '';
    return isWell ? null : `${status} ${playhead.complaints.slice(0, 200)}`;
  } finally {
    await browser.close();
    site.close();
    site.closeAllConnections();
    await playhead.end();
    await rm(folder, { recursive: true, force: true });
  }
}

const browserFlags = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
