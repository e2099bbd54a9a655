/** The programs behind `npm run …`: help that is asked for, and what a wrong argument gets. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..', '..', '..');
const programs = {
  eval: 'tools/eval.ts',
  parity: 'tools/parity.ts',
  bench: 'bench/run.ts',
  attack: 'tests/attack/runAttacks.ts',
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
  ['eval', [], /^Which bundle, or which benchmark\?/],
  ['parity', ['--provider', 'cuda'], /^--provider is one of cpu, webgpu, all, not "cuda"\./],
  ['parity', ['--kv-cache', 'int9'], /^--kv-cache is one of fp32, int8, not "int9"\./],
  ['parity', ['--verbose'], /^Unknown option '--verbose'\./],
  ['attack', ['--part', 'two'], /^--part is one of so many parts, as in 2\/4, not "two"\./],
  ['attack', ['--only', 'nothing of the kind'], /^No attack is named "nothing of the kind"\./],
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

test('a command of playhead with a wrong option is told so with its help, and opens nothing', {
  timeout: 180_000,
}, () => {
  const cli = join(repository, 'src', 'main', 'shells', 'terminal', 'index.ts');
  for (const [problem, ...args] of [
    [
      "'--limit <count>' argument 'many' is invalid. It is not a whole number from 1 to 200.",
      'search',
      'dog',
      '--limit',
      'many',
    ],
    [
      "'--limit <count>' argument '-3' is invalid. It is not a whole number from 1 to 200.",
      'search',
      'dog',
      '--limit',
      '-3',
    ],
    ["'--limit <count>' argument '2.5' is invalid.", 'search', 'dog', '--limit', '2.5'],
    ["'--start <seconds>' argument 'soon' is invalid. It is not a number.", 'ask', 'a.mp4', 'What?', '--start', 'soon'],
    ["'--end <seconds>' argument '-1' is invalid. It is before the beginning.", 'ask', 'a.mp4', 'What?', '--end', '-1'],
    [
      "'--port <number>' argument 'http' is invalid. It is not a whole number from 0 to 65535.",
      'serve',
      '--port',
      'http',
    ],
    [
      "'--part <part=format...>' argument 'vision' is invalid. It is not like vision=fp16.",
      'import',
      'a',
      'b',
      '--part',
      'vision',
    ],
    ["unknown option '--library'", 'demo', '--library', 'mine'],
    ["unknown option '--model'", 'import', 'a', 'b', '--model', 'c'],
  ]) {
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
    expect(status, args.join(' ')).toBe(1);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(problem);
    expect(stderr).toContain('Usage: playhead');
  }
});

test('a library that is a file, a copy that is not there and empty words are told as what they are', {
  timeout: 180_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-usage-'));
  const cli = join(repository, 'src', 'main', 'shells', 'terminal', 'index.ts');
  const file = join(folder, 'file');
  await writeFile(file, 'mine');
  const play = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' }).stderr;
  try {
    expect(play('search', 'dog', '--library', file)).toContain('A library is a folder, and this is a file.');
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect(play('search', ' ', '--library', folder)).toContain('Say what to look for.');
    expect(play('search', 'dog', '--library', folder)).toContain('This library is empty');
    expect(play('restore', '--from', join(folder, 'none'), '--library', folder)).toContain('There is no such copy');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the browser shell tells its usage, and what is wrong with its arguments', { timeout: 180_000 }, () => {
  const server = join(repository, 'src', 'main', 'shells', 'server', 'index.ts');
  const start = (...args: string[]) => spawnSync(process.execPath, [server, ...args], { encoding: 'utf8' });
  expect(start('--help')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^Usage: /) });
  for (const [problem, ...args] of [
    ["Unknown option '--prot'", '--prot', '1'],
    ['"http" is no port', '--port', 'http'],
    ['--provider is auto, cpu or webgpu, not "cuda".', '--provider', 'cuda'],
  ]) {
    const { status, stderr } = start(...args);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(problem as string) });
    expect(stderr).not.toContain('internal');
  }
});
