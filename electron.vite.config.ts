import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const from = (path: string) => resolve(import.meta.dirname, path);

/** While the UI is worked on, its policy is the server's alone (`servePage.ts`): Vite needs inline styles. */
function leaveOutPolicy(): Plugin {
  return {
    name: 'leave-out-policy',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  };
}

/** One build for all shells: the Electron entry, the terminal and browser shells, and the helper processes. */
export default defineConfig({
  main: {
    build: {
      target: 'node22',
      rolldownOptions: {
        input: {
          index: from('src/main/index.ts'),
          cli: from('src/main/shells/terminal/index.ts'),
          server: from('src/main/shells/server/index.ts'),
          modelHost: from('src/main/answering/modelHost.ts'),
          recogniserHost: from('src/main/recognising/recogniserHost.ts'),
          importHost: from('src/main/importing/importHost.ts'),
          mediaWorker: from('src/main/media/thread/mediaWorker.ts'),
          libraryWorker: from('src/main/library/libraryWorker.ts'),
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
    server: { host: '127.0.0.1' },
    // `<search>` is HTML, which Vue does not know yet.
    plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'search' } } }), leaveOutPolicy()],
  },
});
