import path from 'node:path';
import { defineConfig } from 'vite';
import { sagas } from './sagas.ts';

/**
 * The build of the console. Its addresses are relative, so that it works below any path, such as an API's stage. Nothing is inlined: the policy
 * of content allows no script, style or image that is not a file of our own.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  cacheDir: path.join(import.meta.dirname, '../node_modules/.cache/console'),
  plugins: [sagas()],
  build: {
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
    // React's packages say which of their modules run in browsers; here all of them do.
    rolldownOptions: {
      onLog: (level, log, report) => void (log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log)),
    },
  },
});
