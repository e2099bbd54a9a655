import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const program = join(import.meta.dirname, '../../../scripts/lib/developInBrowser.mjs');

test('the app under development opens in a browser, with Vite’s page behind the server’s own policy', async () => {
  const library = mkdtempSync(join(tmpdir(), 'playhead-dev-'));
  const child = spawn(process.execPath, [program], { env: { ...process.env, PLAYHEAD_LIBRARY: library } });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(library, { recursive: true, force: true });
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += chunk;
    });
  }
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
      if (found && printed.includes('code=')) resolve(found);
    });
    child.on('exit', () => reject(new Error(printed)));
  });
  const page = await fetch(origin);
  expect(page.status, printed).toBe(200);
  expect(await page.text()).toContain('/@vite/client');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
});
