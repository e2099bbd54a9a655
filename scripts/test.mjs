/**
 * `npm test`: sets up what is missing and proves everything: lint, types, unit and parity tests, the build,
 * the real UI in Chromium. `npm test -- unit` (or lint, types, build, e2e) runs one step.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { nodePath, projectFolder } from './lib/nodeBinary.mjs';
import { readArguments, refuseArguments } from './lib/readArguments.mjs';
import { say } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';
import { ensureSystemTools } from './lib/systemTools.mjs';

const bin = (packageName, file) => join(projectFolder, 'node_modules', packageName, file);
const unitReport = join(projectFolder, 'node_modules', '.cache', 'unit-tests.json');
const node = (script, args) => ({ command: nodePath(), args: [script, ...args] });
const steps = {
  lint: () => node(bin('@biomejs/biome', 'bin/biome'), ['check', '--error-on-warnings', '.']),
  types: () => node(bin('vue-tsc', 'bin/vue-tsc.js'), ['-b']),
  unit: () =>
    node(bin('vitest', 'vitest.mjs'), ['run', '--reporter=default', '--reporter=json', `--outputFile=${unitReport}`]),
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

rmSync(unitReport, { force: true });
const results = names.map((name) => ({ name, ...runStep(name) }));

for (const { name, passed, seconds } of results)
  say(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(0)} s)`);
for (const line of failedUnitTests()) console.log(line);
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

/** What failed in the longest step, once more at the end, where it is seen: its own words are far above by then. */
function failedUnitTests() {
  if (!existsSync(unitReport)) return [];
  const { testResults } = JSON.parse(readFileSync(unitReport, 'utf8'));
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`\nFAILED ${name}\n  ${message}`] : [];
    return failed.map(
      ({ fullName, failureMessages }) => `\nFAILED ${name}\n  ${fullName}\n  ${firstLines(failureMessages[0])}`,
    );
  });
}

function firstLines(text) {
  return text.split('\n').slice(0, 8).join('\n  ');
}
