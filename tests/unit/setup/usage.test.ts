/** The programs behind `npm run …`: help that is asked for, and what a wrong argument gets. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..', '..', '..');
const programs = {
  eval: 'scripts/eval.ts',
  parity: 'scripts/parity.ts',
  bench: 'bench/run.ts',
  start: 'scripts/start.mjs',
  test: 'scripts/test.mjs',
};

function run(program: keyof typeof programs, ...args: string[]) {
  return spawnSync(process.execPath, [join(repository, programs[program]), ...args], { encoding: 'utf8' });
}

test.each(Object.keys(programs) as (keyof typeof programs)[])(
  '%s tells its usage when it is asked for help',
  (name) => {
    for (const flag of ['--help', '-h']) {
      const { status, stdout, stderr } = run(name, flag);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: npm /);
    }
  },
);

const wrong: [keyof typeof programs, string[], RegExp][] = [
  ['eval', ['sample', '--limt', '3'], /^Unknown option '--limt'\./],
  ['eval', ['sample', '--limit', 'few'], /^--limit is a number of at least 0, not "few"\./],
  ['eval', ['sample', '--provider', 'cuda'], /^--provider is one of cpu, webgpu, not "cuda"\./],
  ['eval', [], /^Which bundle\?/],
  ['parity', ['--provider', 'cuda'], /^--provider is one of cpu, webgpu, all, not "cuda"\./],
  ['parity', ['--kv-cache', 'int9'], /^--kv-cache is one of fp32, int8, not "int9"\./],
  ['parity', ['--verbose'], /^Unknown option '--verbose'\./],
  ['bench', ['--runs', 'two'], /^--runs is a number of at least 1, not "two"\./],
  ['bench', ['somewhere'], /^Unexpected argument 'somewhere'\./],
  ['start', ['--brwser'], /^Unknown option '--brwser'\./],
  ['test', ['unti'], /^There is no step "unti"\./],
];

test.each(wrong)('%s %j is told what is wrong with it, and the usage', (name, args, problem) => {
  const { status, stderr } = run(name, ...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(problem);
  expect(stderr).toMatch(/\n\nUsage: npm /);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a bench of a model that is not there is told in words', () => {
  const { status, stderr } = run('bench', '--model', '/nowhere/at/all', '--runs', '1');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^bench: /);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a command of playhead with a wrong number is told so with its help, and opens nothing', () => {
  const cli = join(repository, 'src', 'main', 'cli', 'index.ts');
  for (const args of [
    ['search', 'dog', '--limit', 'many'],
    ['ask', 'a.mp4', 'What?', '--start', 'soon'],
    ['serve', '--port', 'http'],
  ]) {
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
    expect(status, args.join(' ')).toBe(1);
    expect(stderr).toMatch(
      /^error: option '--(limit|start|port) <\w+>' argument '\w+' is invalid\. It is not a number\./,
    );
    expect(stderr).toContain('Usage: playhead');
  }
});
