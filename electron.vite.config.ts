import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

const from = (path: string) => resolve(import.meta.dirname, path);

/** One build for all shells: the Electron entry, the terminal and browser shells, and the helper processes. */
export default defineConfig({
  main: {
    build: {
      target: 'node22',
      rolldownOptions: {
        input: {
          index: from('src/main/index.ts'),
          cli: from('src/main/cli/index.ts'),
          server: from('src/main/server/index.ts'),
          modelHost: from('src/main/core/modelHost.ts'),
          recogniserHost: from('src/main/core/recogniserHost.ts'),
          libraryWorker: from('src/main/core/library/libraryWorker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: from('src/preload/index.ts') },
        // A sandboxed preload is CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('src/renderer'),
    build: { rolldownOptions: { input: { index: from('src/renderer/index.html') } } },
    plugins: [vue()],
  },
});
