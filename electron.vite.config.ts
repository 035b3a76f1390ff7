import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

// The oldest runtime that the app has to run on: Electron 33 (Node 20.18, Chromium 130).
const NODE = 'node20.18';
const CHROMIUM = 'chrome130';

/**
 * Escapes all characters beyond Latin-1. V8 keeps the source of what it loads, at two bytes per character if
 * one of them needs two. See docs/performance.md.
 */
function oneByteSource(): Plugin {
  return {
    name: 'one-byte-source',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = chunk.code.replace(
          /[^\0-\xff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
      }
    },
  };
}

export default defineConfig({
  main: {
    plugins: [oneByteSource()],
    build: {
      // The JavaScript of these is bundled: reading many small files from the archive takes time.
      // Native binaries stay outside.
      externalizeDeps: { exclude: ['dbus-next', 'electron-log', 'libsql'] },
      target: NODE,
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: resolve('main/index.ts'),
          // Workers and processes are started by path, so each has an entry of its own.
          'hash-parts': resolve('main/compose/workers/hash-parts.ts'),
          'send-parts': resolve('main/compose/workers/send-parts.ts'),
          'keychain-call': resolve('main/compose/workers/keychain-call.ts'),
        },
        external: ['keytar', /^@libsql\//],
        // Beside the entry: main finds workers, preload and pages relative to its own file.
        output: {
          chunkFileNames: '[name]-[hash].js',
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    build: {
      target: NODE,
      outDir: 'out/preload',
      // A sandboxed preload script has to be CommonJS, in one file, without node_modules.
      // https://www.electronjs.org/docs/latest/tutorial/sandbox#preload-scripts
      externalizeDeps: false,
      rollupOptions: {
        input: resolve('preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: CHROMIUM,
      minify: true,
      outDir: 'out/renderer',
      rollupOptions: { input: resolve('renderer/index.html') },
    },
  },
});
