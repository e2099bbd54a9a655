import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const tests = ['tests/unit/**/*.test.ts', 'tests/parity/**/*.test.ts'];
const slow = '**/*.slow.test.ts';
/**
 * V8 loses count of protected code pages when threads end, and then ends the process ("jit_page.has_value()",
 * nodejs/node issue 64500): on processors with protection keys, seldom, and most where threads come and go as in tests.
 */
const execArgv = process.platform === 'linux' ? ['--no-memory-protection-keys'] : [];

/**
 * Two tiers, told apart by the file's name: `x.test.ts` is fast (all of them in less than a minute on two cores),
 * `x.slow.test.ts` runs models, films or whole programs. `npm run fast` runs the first, `npm run unit` both.
 */
export default defineConfig({
  plugins: [vue()],
  test: {
    pool: 'forks',
    maxWorkers: 2,
    execArgv,
    // A machine with a graphics card would compare it first, and answer with what is faster there.
    env: { PLAYHEAD_DEVICE: 'cpu' },
    // For what hangs, not for what is slow: another machine may need several times as long.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    projects: [
      { extends: true, test: { name: 'fast', include: tests, exclude: [slow] } },
      {
        extends: true,
        test: { name: 'slow', include: tests.map((pattern) => pattern.replace('*.test.ts', '*.slow.test.ts')) },
      },
    ],
  },
});
