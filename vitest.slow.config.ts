import { defineConfig } from 'vitest/config';

/** Tests that take minutes and are run by name: `npm run test:setup`, `npm run test:graphs`. */
export default defineConfig({
  test: {
    include: ['tests/slow/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
