/**
 * `npm test`: sets up what is missing and proves everything: lint, types, unit and parity tests, the build,
 * the real UI in Chromium. `npm test -- unit` (or lint, types, build, e2e) runs one step.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { nodePath, projectFolder } from './lib/nodeBinary.mjs';
import { readArguments, refuseArguments } from './lib/readArguments.mjs';
import { say } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';
import { ensureSystemTools } from './lib/systemTools.mjs';

const bin = (packageName, file) => join(projectFolder, 'node_modules', packageName, file);
const node = (script, args) => ({ command: nodePath(), args: [script, ...args] });
const steps = {
  lint: () => node(bin('@biomejs/biome', 'bin/biome'), ['check', '--error-on-warnings', '.']),
  types: () => node(bin('vue-tsc', 'bin/vue-tsc.js'), ['-b']),
  unit: () => node(bin('vitest', 'vitest.mjs'), ['run']),
  build: () => ensureBuilt(),
  e2e: () => node(bin('@playwright/test', 'cli.js'), ['test']),
};

const usage = `Usage: npm test [-- <step>…]
  Steps: ${Object.keys(steps).join(', ')}; without any, all of them in this order.`;
const { positionals } = readArguments(usage, { allowPositionals: true });
for (const name of positionals) if (!(name in steps)) refuseArguments(`There is no step "${name}"`, usage);
setUp();

const names = positionals.length > 0 ? positionals : Object.keys(steps);
if (names.includes('unit') || names.includes('e2e')) ensureSystemTools();

const results = names.map((name) => ({ name, ...runStep(name) }));

for (const { name, passed, seconds } of results)
  say(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(0)} s)`);
const failed = results.filter(({ passed }) => !passed).length;
console.log(`\n${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function runStep(name) {
  say(`${name} …`);
  const start = performance.now();
  const step = steps[name]();
  const passed =
    !step ||
    spawnSync(step.command, step.args, { cwd: projectFolder, stdio: 'inherit', env: environment() }).status === 0;
  return { passed, seconds: (performance.now() - start) / 1000 };
}

/** Helper processes and tests find the current Node first. */
function environment() {
  const bins = join(projectFolder, 'node_modules', '.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: existsSync(bins) ? `${bins}${separator}${process.env.PATH}` : process.env.PATH };
}
